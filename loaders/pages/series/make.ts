import type {DuckDBConnection} from "@duckdb/node-api";
import type {Fault} from "../../errors/faults.js";
import type {Evidence} from "../../evidence/schema.js";
import type {Fact} from "../../facts/read-facts.js";
import {drawAll} from "../draw.js";
import type {Report} from "../report.js";
import {type Cell, type TableModel, tableHtml} from "../table.js";
import {comparePage} from "./compare-page.js";
import {
  type BuildContext,
  comparablePairs,
  comparePath,
  type SeriesMaterial,
  seriesMaterial,
  shownSeries
} from "./material.js";
import type {GeneratedPage} from "./parts.js";
import {seriesPage} from "./series-page.js";

/** The pages that come with the evidence, and what the report needs so that they can be built. */
export interface SeriesPages {
  /** The source of each by its path below src/, without its ending. */
  pages: Map<string, string>;
  figures: Report["figures"];
  tables: Report["tables"];
  /** One for each figure that cannot be drawn. */
  faults: Fault[];
}

export async function makeSeriesPages(
  evidence: Evidence,
  facts: ReadonlyMap<string, Fact>,
  connection: DuckDBConnection,
  context: BuildContext
): Promise<SeriesPages> {
  const material = await seriesMaterial(evidence, facts, connection, context);
  const pages: GeneratedPage[] = [
    ...shownSeries(material).map((card) => seriesPage(material, card)),
    ...comparablePairs(material).map((pair) => comparePage(material, pair))
  ];
  const html = (table: TableModel) => tableHtml(table, material);
  return {
    pages: new Map(pages.map(({path, source}) => [path, source])),
    ...drawAll(Object.assign({}, ...pages.map(({figures}) => figures)), material),
    tables: Object.fromEntries([
      ...pages.flatMap(({tables}) => Object.entries(tables).map(([name, table]) => [name, html(table)])),
      ["series-index", html(seriesIndex(material))],
      ["compare-index", html(compareIndex(material))]
    ])
  };
}

function seriesIndex(material: SeriesMaterial): TableModel {
  return {
    label: "The page of every series",
    columns: ["Series", "Kind"],
    rows: shownSeries(material).map(({id, label, role, live}): Cell[] => [
      {text: label, page: `./series/${id}`},
      {text: live === null ? role : `${role}, live`}
    ])
  };
}

function compareIndex(material: SeriesMaterial): TableModel {
  const labels = new Map(material.series.map(({id, label}) => [id, label]));
  return {
    label: "The page of every two series that share a load",
    columns: ["Series", "Against"],
    rows: comparablePairs(material).map(({series, baseline}): Cell[] => [
      {text: labels.get(series) ?? series, page: `./${comparePath(series, baseline)}`},
      {text: labels.get(baseline) ?? baseline}
    ])
  };
}
