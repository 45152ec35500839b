import {makeChartOf} from "../cells/chart-of.js";
import {makeExplorableOf} from "../cells/explorable-cell.js";
import type {Makers} from "../cells/make-cells.js";
import {makeRowsOf} from "../cells/rows-of.js";
import type {ReportConfiguration} from "../configuration.js";
import {type Fault, stopOn} from "../errors/faults.js";
import {texts} from "../evidence/texts.js";
import {type BuildMoment, liveBuilds} from "../measure/live-builds.js";
import {readPageQueries} from "../pages/page-queries.js";
import {paths} from "../paths.js";
import {type Computed as Answers, compute} from "./compute.js";
import {faultsBesideEvidence, faultsBesideQueries} from "./faults-beside.js";
import {inspectData} from "./read-data.js";
import {pathsOfSeries} from "./series-paths.js";
import type {Base} from "./stored-report.js";

/** What was computed: what the pages print besides cells, and what cells are made from. */
export interface Computed {
  base: Base;
  makers: Omit<Makers, "cells">;
  /** Faults of claims, such as a verdict other than expected. */
  claimFaults: readonly Fault[];
}

/**
 * Computes facts and claims from the evidence.
 * @param moment the time of the build, which the pages of live series name
 * @throws FaultsError if the evidence or a query is at fault; it also lists what else is wrong
 */
export async function computeReport(
  configuration: ReportConfiguration,
  markdown: ReadonlyMap<string, string>,
  moment: BuildMoment
): Promise<Computed> {
  const {evidence, results, faults} = await inspectData(paths.data);
  if (faults.length > 0) stopOn([...faults, ...(await faultsBesideEvidence(markdown))]);
  const answers = await compute(evidence, results, {
    extra: readPageQueries(markdown),
    live: liveBuilds(evidence, results, moment)
  });
  if (answers.faults.length > 0)
    stopOn([...answers.faults, ...answers.claimFaults, ...faultsBesideQueries(answers, markdown)]);
  return materialOf(answers, configuration);
}

/** What pages print and cells are made from, taken from the answers of all queries. */
export async function materialOf(
  {evidence, queries, facts, claims, claimFaults, warehouse}: Answers,
  configuration: Pick<ReportConfiguration, "pages" | "palette">
): Promise<Computed> {
  const labels = new Map(evidence.series.map(({id, label}) => [id, label]));
  const rowsOf = makeRowsOf(warehouse.connection, facts, (id) => labels.get(id) ?? id);
  const base: Base = {
    facts: Object.fromEntries(
      Array.from(facts, ([id, {value, text, intervalText}]) => [id, {id, value, text, intervalText}])
    ),
    texts: texts(evidence),
    links: Object.fromEntries(evidence.sources.map(({id, title, url}) => [`source.${id}`, {title, url}])),
    claims: Object.fromEntries(
      claims.map(({id, page, source, verdict, quote, reading}) => [
        id,
        {id, page, verdict, quote, reading, own: source === "report"}
      ])
    ),
    paths: await pathsOfSeries(rowsOf)
  };
  return {
    base,
    claimFaults,
    makers: {
      material: {
        evidence,
        queries,
        facts,
        claims,
        texts: base.texts,
        links: base.links,
        pages: configuration.pages,
        rowsOf,
        chartOf: makeChartOf(paths.src),
        colored: new Set(Object.keys(configuration.palette ?? {}))
      },
      explorableOf: makeExplorableOf(paths.src)
    }
  };
}
