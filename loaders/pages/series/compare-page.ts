// The page of two series: lead by concurrency, break-even, latency by load, and in what their cards differ.

import {Change} from "../../charts/change.js";
import {Points} from "../../charts/points.js";
import type {Series} from "../../evidence/schema.js";
import type {Fact} from "../../facts/read-facts.js";
import {byLoad} from "../../results/offered-load.js";
import type {Figure} from "../figure.js";
import type {Cell, TableModel} from "../table.js";
import {atLoad, axisOf, isRate, loadLabel, loadOf, loadsOf} from "./loads.js";
import {card, comparePath, factsOf, type PairRow, type SeriesMaterial, type SignChange} from "./material.js";
import {METRIC_NAMES} from "./metric-names.js";
import {figureFence, type GeneratedPage, pageSource, tableFence} from "./parts.js";
import {countsText} from "./runs.js";
import {hasRecorded, statedCell} from "./settings.js";
import {noWarningsText, warningsOfBoth} from "./warnings.js";

/** Two series, by their ids: the second is what the first is set against. */
type Pair = Pick<PairRow, "series" | "baseline">;

export function comparePage(material: SeriesMaterial, pair: Pair): GeneratedPage {
  const [a, b] = [card(material, pair.series), card(material, pair.baseline)];
  const name = `${a.id}-vs-${b.id}`;
  const {figures, tables, parts} = leadParts(material, pair, name);
  const latency = latencyParts(material, pair, name);
  const runs = runsParts(material, [a, b], name);
  return {
    path: comparePath(a.id, b.id),
    figures,
    tables: {
      ...tables,
      ...latency.tables,
      ...runs.tables,
      [`difference-${name}`]: differenceTable(material, pair)
    },
    source: pageSource(`${a.label} and ${b.label}`, [
      `# {{label.${a.id}}} and {{label.${b.id}}}`,
      a.role === "simulated" &&
        '<p class="note"><strong>Simulated.</strong> A simulator gave both series, not a GPU; no finding uses them.</p>',
      `[{{label.${a.id}}}](../series/${a.id}) · [{{label.${b.id}}}](../series/${b.id})`,
      ...parts,
      ...latency.parts,
      ...runs.parts,
      `## What else differs\n\n${differencesText(material, pair)}`,
      tableFence(`difference-${name}`, causeText(material, pair))
    ])
  };
}

const INTERVALS =
  "Where both series have repeats, the interval is Welch’s t at 95 %, and the difference is significant where that excludes zero. Else the interval is made from what is known of each: the 95 % interval of its repeats, or its rounding, which says nothing about scatter. Fewer than three runs have no interval.";

function leadParts(material: SeriesMaterial, pair: Pair, name: string) {
  const leads = factsOf(material, "series_lead", pair);
  if (leads.length === 0) return {figures: {}, tables: {}, parts: []};
  const [a, b] = [card(material, pair.series), card(material, pair.baseline)];
  const breakEvens = factsOf(material, "series_break_even", pair);
  const {table, definitions} = leadTable(material, pair, leads);
  return {
    figures: {
      [`throughput-${name}`]: throughputFigure(material, pair, table),
      [`lead-${name}`]: leadFigure(leads, breakEvens, `${a.label} over ${b.label}`, table)
    },
    tables: {[`lead-${name}`]: table},
    parts: [
      "## Lead",
      figureFence(
        `throughput-${name}`,
        "Concurrency divided by the median TPOT. vLLM’s client defines the TPOT; its own output throughput is a different number."
      ),
      figureFence(`lead-${name}`, `Lead of {{label.${a.id}}} over {{label.${b.id}}} in system throughput.`),
      tableFence(`lead-${name}`, `${definitions}${INTERVALS}`),
      `## Break-even\n\n${breakEvenText(material, pair, leads)}`
    ]
  };
}

/** What is left to compare where the load is the same: at an equal request rate it is all there is. */
function latencyParts(material: SeriesMaterial, pair: Pair, name: string) {
  const latencies = factsOf(material, "series_latency", pair);
  if (latencies.length === 0) return {tables: {}, parts: []};
  const {table, definitions} = latencyTable(material, pair, latencies);
  const rates = latencies.some((fact) => isRate(loadOf(fact)))
    ? "At an equal request rate the output throughput of both is set by the rate; latency tells them apart. "
    : "";
  return {
    tables: {[`latency-${name}`]: table},
    parts: [
      "## Latency",
      tableFence(
        `latency-${name}`,
        `${rates}Difference: how much longer (+) or shorter (−) the latency of {{label.${pair.series}}} is than that of {{label.${pair.baseline}}}. ${definitions}${factsOf(material, "series_lead", pair).length > 0 ? "Interval and significance as for the lead." : INTERVALS}`
      )
    ]
  };
}

/** What can have gone wrong in the runs behind the comparison; where both are printed nothing tells. */
function runsParts(material: SeriesMaterial, both: readonly Series[], name: string) {
  const measured = new Set(material.runs.map(({series}) => series));
  if (!both.some(({id}) => measured.has(id))) return {tables: {}, parts: []};
  const loads = new Set(sharedLoads(material, both));
  const labels = new Map(both.map(({id, label}) => [id, label]));
  const warnings = material.warnings.filter(({series, load}) => labels.has(series) && loads.has(load));
  const runs = material.runs.filter(({series, load}) => labels.has(series) && loads.has(load));
  const counts = both.map(({id}) =>
    measured.has(id)
      ? `{{label.${id}}}: ${countsText(material, id)}`
      : `{{label.${id}}}: printed; the source does not say whether requests failed.`
  );
  return {
    tables: {[`warnings-${name}`]: warningsOfBoth(labels, warnings)},
    parts: [
      `## Runs\n\n${counts.join("\n\n")}`,
      warnings.length > 0
        ? tableFence(`warnings-${name}`, "What this report notes about the runs at the loads that both have.")
        : `${noWarningsText(runs)} at the loads that both have.`
    ]
  };
}

function sharedLoads({pairs}: SeriesMaterial, both: readonly Series[]): string[] {
  const [a, b] = both.map(({id}) => id);
  return pairs.flatMap(({series, baseline, load}) => (series === a && baseline === b ? load : []));
}

/** What the cards can say of a field, of one and of several. */
const DIFFERENCES = [
  ["differs", "differs", "differ"],
  ["differs_from_run_to_run", "differs from run to run", "differ from run to run"],
  ["not_stated_for_one", "is stated for one of the two only", "are stated for one of the two only"],
  ["not_stated_for_either", "is stated for neither", "are stated for neither"]
] as const;

/** How many fields differ, and how many leave it open; what there is none of is left out. */
function differencesText(material: SeriesMaterial, pair: Pair): string {
  const parts = DIFFERENCES.flatMap(([which, one, several]) =>
    factsOf(material, "series_difference", {...pair, which})
      .filter(({value}) => value > 0)
      .map(({id, value}) => ({id, noun: value === 1 ? "field" : "fields", verb: value === 1 ? one : several}))
  );
  return parts.length === 0
    ? "The two cards agree in every field."
    : `Of the two cards, ${parts.map(({id, noun, verb}, i) => `{{${id}}} ${i === 0 ? `${noun} ` : ""}${verb}`).join("; ")}.`;
}

function causeText(material: SeriesMaterial, pair: Pair): string {
  const count = (which: string) =>
    factsOf(material, "series_difference", {...pair, which}).reduce((sum, {value}) => sum + value, 0);
  const cause =
    count("differs") === 1 && count("differs_from_run_to_run") === 0
      ? "One field differs; whether it is the cause of the difference depends on those that are not stated."
      : "Any of these fields can be a cause of the difference.";
  const isRecorded = [pair.series, pair.baseline].some((id) => hasRecorded(material, id));
  return isRecorded
    ? `${cause} What a card leaves open is taken from the result files of its series.`
    : cause;
}

function breakEvenText(material: SeriesMaterial, pair: Pair, leads: readonly Fact[]): string {
  if (leads.length === 1) return "One shared concurrency: no break-even can be looked for.";
  const changes = material.signChanges.filter(
    ({series, baseline}) => series === pair.series && baseline === pair.baseline
  );
  if (changes.length === 0)
    return "The lead does not change its sign between any two neighbouring concurrencies.";
  return changes
    .map((change) =>
      change.sign_before === "settled" && change.sign_after === "settled"
        ? factsOf(material, "series_break_even", {...pair, before: change.before})
            .map(crossingText)
            .join("")
        : openText(change)
    )
    .join(" ");
}

function crossingText({id}: Fact): string {
  return `The lead changes its sign at a concurrency of {{${id}}}, interpolated with the interval {{${id} interval}}.`;
}

/** Where the lead can have either sign, nothing says on which side of that concurrency it is zero. */
function openText({series, baseline, before, after, sign_before, sign_after}: SignChange): string {
  const both = [
    {concurrency: before, sign: sign_before},
    {concurrency: after, sign: sign_after}
  ];
  const few = both.filter(({sign}) => sign === "too few runs").map(({concurrency}) => concurrency);
  const around = both
    .filter(({sign}) => sign === "includes zero")
    .map(
      ({concurrency}) => `at ${concurrency} ({{series_lead.${series}.${baseline}.c${concurrency} interval}})`
    );
  const reasons = [
    ...(few.length > 0 ? [`there are too few runs for an interval at ${few.join(" and ")}`] : []),
    ...(around.length > 0 ? [`its interval includes zero ${around.join(" and ")}`] : [])
  ];
  return `Between concurrency ${before} and ${after} the lead changes its sign, but ${reasons.join(", and ")}: the sign is not settled there, and the break-even is not bounded by the two.`;
}

function throughputFigure(material: SeriesMaterial, pair: Pair, table: TableModel): Figure {
  const facts = [pair.series, pair.baseline].flatMap((id) => systemThroughput(material, id));
  const labelOf = ({key}: Fact) => card(material, String(key.series)).label;
  const rows = facts.map((fact) => ({
    series: String(fact.key.series),
    label: labelOf(fact),
    load: loadOf(fact).concurrency ?? 0,
    value: fact.value,
    low: fact.low,
    high: fact.high
  }));
  const texts = facts.map((fact) => `${labelOf(fact)} ${atLoad(fact)}`);
  return {
    draw: (options) => Points(rows, {...options, label: "System throughput (tok/s)", by: "concurrency"}),
    alt: `Line chart of system throughput: ${texts.join(", ")}.`,
    table
  };
}

/** The facts behind the view system_point: printed, or measured under vLLM's definition. */
function systemThroughput(material: SeriesMaterial, series: string): Fact[] {
  const printed = factsOf(material, "throughput", {series});
  if (printed.length > 0) return printed;
  const under = (semantics: string) =>
    factsOf(material, "result_point", {series, semantics, metric: "system_throughput"});
  const own = under("vllm-0.15.1");
  const reported = under("as-reported").filter(
    ({key}) => !own.some((fact) => fact.key.offered_load === key.offered_load)
  );
  return [...own, ...reported].sort((x, y) => byLoad(loadOf(x), loadOf(y)));
}

function leadFigure(
  leads: readonly Fact[],
  breakEvens: readonly Fact[],
  over: string,
  table: TableModel
): Figure {
  const rows = leads.map(({key, value, low, high}) => ({
    concurrency: Number(key.concurrency),
    value,
    low,
    high
  }));
  const [crossing] = breakEvens;
  return {
    draw: (options) =>
      Change(rows, {
        ...options,
        label: "Lead",
        ...(breakEvens.length === 1 && crossing !== undefined && {crossing})
      }),
    alt: `Bar chart of the lead of ${over}: ${leads.map(({key, text}) => `${text} at concurrency ${key.concurrency}`).join(", ")}.`,
    table
  };
}

function leadTable(material: SeriesMaterial, pair: Pair, leads: readonly Fact[]) {
  const [a, b] = [card(material, pair.series), card(material, pair.baseline)];
  const point = (id: string, load: string): Cell => {
    const found = systemThroughput(material, id).find((fact) => loadOf(fact).key === load);
    return found === undefined ? null : {fact: found.id};
  };
  return comparison(material, pair, {
    label: `System throughput of ${a.label} and ${b.label}, and the lead of the first`,
    heads: ["Concurrency"],
    change: "Lead",
    rows: leads.map((fact) => {
      const load = loadOf(fact).key;
      return {
        heads: [{text: String(fact.key.concurrency)}],
        points: [point(pair.series, load), point(pair.baseline, load)],
        change: fact,
        metric: "system_throughput"
      };
    })
  });
}

/** Load by load, and at each load one row a metric. */
function latencyTable(material: SeriesMaterial, pair: Pair, latencies: readonly Fact[]) {
  const [a, b] = [card(material, pair.series), card(material, pair.baseline)];
  const loads = loadsOf(latencies);
  const axis = axisOf(loads);
  const {table, definitions} = comparison(material, pair, {
    label: `Median latencies of ${a.label} and ${b.label}, and by how much those of the first are longer`,
    heads: [axis, "Median"],
    change: "Difference",
    rows: loads.flatMap((load) =>
      Object.keys(METRIC_NAMES).flatMap((metric) =>
        latencies
          .filter(({key}) => key.offered_load === load.key && key.metric === metric)
          .map((fact) => ({
            heads: [
              {text: loadLabel(load, axis)},
              {text: (METRIC_NAMES[metric] ?? metric).replace("Median ", "")}
            ],
            points: latencyCells(material, pair, metric, load.key),
            change: fact,
            metric
          }))
      )
    )
  });
  return {table: {...table, merged: 1}, definitions};
}

/** Families of printed latencies. */
const PRINTED: Readonly<Record<string, string>> = {median_ttft_ms: "ttft", median_tpot_ms: "tpot"};

function latencyCells(material: SeriesMaterial, pair: Pair, metric: string, load: string): Cell[] {
  const row = pairRow(material, pair, metric, load);
  const cell = (series: string, semantics = ""): Cell => ({
    fact:
      semantics === "as-printed"
        ? `${PRINTED[metric]}.${series}.${load}`
        : `result_point.${series}.${semantics}.${metric}.${load}`
  });
  return [cell(pair.series, row?.semantics), cell(pair.baseline, row?.baseline_semantics)];
}

interface ComparisonRow {
  heads: Cell[];
  /** That of the series, then that of the baseline. */
  points: Cell[];
  change: Fact;
  metric: string;
}

/**
 * A table of points of two series: first what was found, which narrow screens show without scrolling. Definitions that all rows share are a sentence, others a column.
 */
function comparison(
  material: SeriesMaterial,
  pair: Pair,
  {label, heads, change, rows}: {label: string; heads: string[]; change: string; rows: ComparisonRow[]}
): {table: TableModel; definitions: string} {
  const judged = rows.map((row) => {
    const found = pairRow(material, pair, row.metric, loadOf(row.change).key);
    const definitions = [...new Set([found?.semantics, found?.baseline_semantics])].join(", ");
    return {...row, significance: found?.significance ?? "", definitions};
  });
  const [shared, ...others] = new Set(judged.map(({definitions}) => definitions));
  const hasColumn = others.length > 0;
  const labels = [pair.series, pair.baseline].map((id) => card(material, id).label);
  return {
    table: {
      label,
      columns: [
        ...heads,
        change,
        "Interval",
        "Significance",
        ...labels,
        ...(hasColumn ? ["Definitions"] : [])
      ],
      rows: judged.map(({heads: own, points, change: {id, interval}, significance, definitions}): Cell[] => [
        ...own,
        {fact: id},
        interval === "none" ? {text: "too few runs"} : {interval: id},
        {text: significance},
        ...points,
        ...(hasColumn ? [{text: definitions}] : [])
      ])
    },
    definitions: hasColumn || shared === undefined ? "" : `Definitions: ${shared}. `
  };
}

function pairRow(
  {pairs}: SeriesMaterial,
  {series, baseline}: Pair,
  metric: string,
  load: string
): PairRow | undefined {
  return pairs.find(
    (row) => row.series === series && row.baseline === baseline && row.metric === metric && row.load === load
  );
}

function differenceTable(material: SeriesMaterial, {series, baseline}: Pair): TableModel {
  const [a, b] = [card(material, series), card(material, baseline)];
  return {
    label: `Fields in which the cards of ${a.label} and ${b.label} differ or leave open whether they differ`,
    columns: ["Field", a.label, b.label, "Difference"],
    rows: material.differences
      .filter((row) => row.series === series && row.baseline === baseline)
      .map(({field, kind}) => [
        {text: field},
        statedCell(material, series, field),
        statedCell(material, baseline, field),
        {text: kind}
      ])
  };
}
