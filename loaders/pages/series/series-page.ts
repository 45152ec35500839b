// The page of one series: card, points, distributions, timeline, token gaps, warnings, where it is from.

import {Distribution} from "../../../src/figures/distribution.js";
import {Gaps} from "../../../src/figures/gaps.js";
import {Points} from "../../../src/figures/points.js";
import {Timeline} from "../../../src/figures/timeline.js";
import type {Series} from "../../evidence/schema.js";
import type {Fact} from "../../facts/read.js";
import type {Figure} from "../figure.js";
import {type Cell, settingCell, type TableModel} from "../table.js";
import {comparablePairs, comparePath, factsOf, type RunRow, type SeriesMaterial} from "./material.js";
import {figureFence, type GeneratedPage, pageSource, tableFence} from "./parts.js";

/** Families of the printed points, with the heading of each column. */
const PRINTED = [
  ["throughput", "System throughput"],
  ["per_request", "Per-request throughput"],
  ["tpot", "Median TPOT"],
  ["ttft", "Median TTFT"],
  ["ttft_p99", "P99 TTFT"]
] as const;

const METRIC_NAMES: Record<string, string> = {
  output_throughput: "Output throughput",
  system_throughput: "System throughput",
  median_ttft_ms: "Median TTFT",
  p99_ttft_ms: "P99 TTFT",
  median_tpot_ms: "Median TPOT",
  median_itl_ms: "Median ITL",
  median_chunk_gap_ms: "Median chunk gap",
  median_token_gap_ms: "Median token gap",
  median_e2el_ms: "Median E2EL",
  acceptance_rate: "Acceptance rate",
  acceptance_length: "Acceptance length",
  prefix_cache_hit_rate: "Prefix-cache hit rate"
};

/** How each label of a definition is written, in the order of the page. */
const DEFINITIONS = [
  ["vllm-0.15.1", "as vLLM’s client defines them"],
  ["as-reported", "as vLLM’s client printed them, whatever its version"],
  ["benchbook-1", "corrected: from the first chunk of output to the last, successes with output only"],
  ["server", "as the server counted them during the runs"]
] as const;

export function seriesPage(material: SeriesMaterial, series: Series): GeneratedPage {
  const runs = material.runs.filter((run) => run.series === series.id);
  const measured = runs.some(({complete}) => complete);
  const {figures, tables, parts} = measured
    ? resultParts(material, series, runs)
    : printedParts(material, series);
  return {
    path: `series/${series.id}`,
    figures,
    tables: {
      ...tables,
      [`card-${series.id}`]: cardTable(material, series),
      ...compareTable(material, series)
    },
    source: pageSource(series.label, [
      `# {{label.${series.id}}}`,
      series.role === "simulated" &&
        '<p class="note"><strong>Simulated.</strong> A simulator gave these numbers, not a GPU; no finding uses them.</p>',
      originText(series, runs),
      ...parts,
      `## Card\n\n${tableFence(`card-${series.id}`, "What the source states of this deployment.")}`,
      comparablePairs(material).some((pair) => pair.series === series.id || pair.baseline === series.id) &&
        `## Compared\n\n${tableFence(`compared-${series.id}`, "Series that share a concurrency with this one.")}`
    ])
  };
}

function originText({role, id, live}: Series, runs: readonly RunRow[]): string {
  if (role === "published") return "Points as the published benchmark prints them.";
  if (role === "later") return "Points that were published later, as printed.";
  if (runs.length === 0)
    return `A live series that has not been measured yet. Set \`VLLM_BASE_URL\` and run \`npm run refresh -- --series ${id}\`.`;
  const dates = runs.flatMap(({started}) => (started === null ? [] : [started])).sort();
  const [first = "not stated"] = dates;
  const when = first === dates.at(-1) ? `on ${first}` : `from ${first} to ${dates.at(-1) ?? first}`;
  const cached = runs.some((run) => run.live)
    ? "Measured live by this report’s own loader and read from its cache"
    : live === null
      ? "Imported result files, measured"
      : "A live series of which only imported files are cached, measured";
  return `${cached} ${when}.${live === null ? "" : ` \`npm run refresh -- --series ${id}\` measures it again.`}`;
}

function printedParts(material: SeriesMaterial, {id, label}: Series) {
  const shown = PRINTED.filter(([family]) => factsOf(material, family, {series: id}).length > 0);
  const concurrencies = concurrenciesOf(shown.flatMap(([family]) => factsOf(material, family, {series: id})));
  const points: TableModel = {
    label: `Points of ${label} as printed`,
    columns: ["Concurrency", ...shown.map(([, name]) => name)],
    rows: concurrencies.map((c) => [
      {text: String(c)},
      ...shown.map(([family]) => ({fact: `${family}.${id}.c${c}`}))
    ])
  };
  const throughput = factsOf(material, "throughput", {series: id});
  const figures =
    throughput.length > 0
      ? {[`points-${id}`]: pointsFigure(throughput, label, "System throughput (tok/s)", points)}
      : {};
  return {
    figures,
    tables: {[`points-${id}`]: points},
    parts: [
      concurrencies.length > 0 &&
        `## Points\n\n${throughput.length > 0 ? `${figureFence(`points-${id}`, "System throughput with its rounding interval.")}\n\n` : ""}${tableFence(`points-${id}`, "As printed; a median TPOT that is not printed is worked back from the system throughput.")}`,
      concurrencies.length > 0 &&
        "## What is missing\n\nThe source prints these points and no result files: there are no repeats to take an interval from, no distributions of TTFT and TPOT, no request timeline, no token gaps and no warnings of the client."
    ]
  };
}

function resultParts(material: SeriesMaterial, series: Series, runs: readonly RunRow[]) {
  const {id, label} = series;
  const figures: Record<string, Figure> = {};
  const tables: Record<string, TableModel> = {};
  const parts: (string | false)[] = [
    `{{result_count.${id}.runs}} runs with {{result_count.${id}.requests}} requests, of which {{result_count.${id}.failed}} failed.`,
    "## Points"
  ];
  for (const [semantics, meaning] of DEFINITIONS) {
    const facts = factsOf(material, "result_point", {series: id, semantics});
    if (facts.length === 0) continue;
    const name = `points-${semantics.replaceAll(".", "-")}-${id}`;
    const table = pointsTable(facts, `${label}: metrics ${meaning}`);
    tables[name] = table;
    const throughput = facts.filter(({key}) => key.metric === "system_throughput");
    if (throughput.length > 0 && semantics !== "benchbook-1") {
      figures[name] = pointsFigure(throughput, label, "System throughput (tok/s)", table);
      parts.push(
        figureFence(
          name,
          `System throughput (\`${semantics}\`): the concurrency over the median TPOT. Bars are intervals from repeats, where there are any.`
        )
      );
    }
    parts.push(tableFence(name, `Metrics ${meaning} (\`${semantics}\`), means over the repeats.`));
  }
  for (const [metric, name] of [
    ["ttft", "TTFT"],
    ["tpot", "TPOT"]
  ] as const) {
    const facts = factsOf(material, "result_quantile", {series: id, metric});
    if (facts.length === 0) continue;
    figures[`${metric}-${id}`] = distributionFigure(facts, name, label);
    parts.push(
      `${metric === "ttft" ? "## Distributions\n\n" : ""}${figureFence(`${metric}-${id}`, `${name} of single requests by concurrency, all repeats together (\`benchbook-1\`).`)}`
    );
  }
  const timeline = timelineFigure(material, runs, label);
  if (timeline !== undefined) {
    figures[`timeline-${id}`] = timeline;
    parts.push(
      `## Timeline of one run\n\n${figureFence(`timeline-${id}`, "Requests of the first run at the highest concurrency, in the order in which they started: pale until the first chunk, full until the last.")}`
    );
  }
  const gaps = gapsFigure(material, series);
  if (gaps !== undefined) {
    figures[`gaps-${id}`] = gaps;
    parts.push(
      `## Token gaps\n\n${figureFence(`gaps-${id}`, "How long after the chunk before each chunk of output came, as a share of all; counted in bins from the recorded chunks. A chunk may hold several tokens.")}`
    );
  }
  tables[`warnings-${id}`] = warningsTable(material, series);
  tables[`runs-${id}`] = runsTable(series, runs);
  parts.push(
    material.warnings.some((warning) => warning.series === id)
      ? `## Warnings\n\n${tableFence(`warnings-${id}`, "What the client noted about its runs.")}`
      : "## Warnings\n\nThe result files hold no warnings.",
    `## Runs\n\n${tableFence(`runs-${id}`, "Every result file of this series.")}`
  );
  return {figures, tables, parts};
}

function pointsFigure(facts: readonly Fact[], label: string, axis: string, table: TableModel): Figure {
  const rows = facts.map(({key, value, low, high}) => ({
    series: "only",
    label,
    concurrency: Number(key.concurrency),
    value,
    low,
    high
  }));
  return {
    draw: (options) => Points(rows, {...options, label: axis}),
    alt: `Line chart of ${axis} of ${label}: ${facts.map(atConcurrency).join(", ")}.`,
    table
  };
}

/** One row a concurrency; a metric with repeats has its interval beside it. */
function pointsTable(facts: readonly Fact[], label: string): TableModel {
  const metrics = Object.keys(METRIC_NAMES).filter((metric) => facts.some(({key}) => key.metric === metric));
  const find = (metric: string, c: number) =>
    facts.find(({key}) => key.metric === metric && key.concurrency === c);
  return {
    label,
    columns: [
      "Concurrency",
      "Repeats",
      ...metrics.flatMap((metric) => [METRIC_NAMES[metric] ?? metric, "Interval"])
    ],
    rows: concurrenciesOf(facts).map((c): Cell[] => [
      {text: String(c)},
      {fact: `result_repeats.${String(facts[0]?.key.series)}.c${c}`},
      ...metrics.flatMap((metric): Cell[] => {
        const fact = find(metric, c);
        if (fact === undefined) return [null, null];
        return [{fact: fact.id}, fact.interval === "none" ? {text: "one run"} : {interval: fact.id}];
      })
    ])
  };
}

const QUANTILES = ["p5", "p25", "p50", "p75", "p95"] as const;

function distributionFigure(facts: readonly Fact[], name: string, label: string): Figure {
  const concurrencies = concurrenciesOf(facts);
  const find = (c: number, quantile: string) =>
    facts.find(({key}) => key.concurrency === c && key.quantile === quantile);
  const rows = concurrencies.map((concurrency) => {
    const [p5 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0] = QUANTILES.map(
      (q) => find(concurrency, q)?.value ?? 0
    );
    return {concurrency, p5, p25, p50, p75, p95};
  });
  const medians = facts.filter(({key}) => key.quantile === "p50");
  return {
    draw: (options) => Distribution(rows, {...options, label: name}),
    alt: `Ranges of ${name} of ${label}, with medians ${medians.map(atConcurrency).join(", ")}.`,
    table: {
      label: `${name} of ${label}: quantiles over requests`,
      columns: ["Concurrency", ...QUANTILES.map((q) => `${q.slice(1)} %`)],
      rows: concurrencies.map((c) => [
        {text: String(c)},
        ...QUANTILES.map((q): Cell => {
          const fact = find(c, q);
          return fact === undefined ? null : {fact: fact.id};
        })
      ])
    }
  };
}

function timelineFigure(
  {timelines}: SeriesMaterial,
  runs: readonly RunRow[],
  label: string
): Figure | undefined {
  const ids = new Set(runs.map(({id}) => id));
  const rows = timelines.filter(({run}) => ids.has(run));
  if (rows.length === 0) return;
  const seconds = (value: number | null) => ({text: value === null ? "—" : value.toFixed(3)});
  return {
    draw: (options) => Timeline(rows, options),
    alt: `Timeline of ${rows.length} requests of ${label}, one line each, from start over first chunk to last chunk.`,
    table: {
      label: `Requests of one run of ${label}, in seconds`,
      columns: ["Request", "Start", "First chunk", "Last chunk"],
      rows: rows.map(({request, start, first, end}) => [
        {text: String(request)},
        seconds(start),
        seconds(first),
        seconds(end)
      ])
    }
  };
}

function gapsFigure(material: SeriesMaterial, {id, label}: Series): Figure | undefined {
  const rows = material.gaps.filter(({series}) => series === id);
  if (rows.length === 0) return;
  const concurrencies = [...new Set(rows.map(({concurrency}) => concurrency))];
  const semantics = factsOf(material, "result_point", {series: id, metric: "median_chunk_gap_ms"});
  const reported = factsOf(material, "result_point", {series: id, metric: "median_itl_ms"});
  const medians = semantics.length > 0 ? semantics : reported;
  return {
    draw: (options) => Gaps(rows, options),
    alt: `Histograms of the gaps between chunks of ${label} at concurrencies ${concurrencies.join(", ")}. Medians: ${medians.map(atConcurrency).join(", ")}.`,
    table: {
      label: `Median gap between chunks of ${label}`,
      columns: ["Concurrency", "Median gap"],
      rows: medians.map(({id: fact, key}) => [{text: String(key.concurrency)}, {fact}])
    }
  };
}

function warningsTable({warnings}: SeriesMaterial, {id, label}: Series): TableModel {
  return {
    label: `Warnings of the runs of ${label}`,
    columns: ["Warning", "At concurrency", "What it says, for example"],
    rows: warnings
      .filter(({series}) => series === id)
      .map(({concurrencies, code, message}) => [{text: code}, {text: concurrencies}, {text: message}])
  };
}

function runsTable({label}: Series, runs: readonly RunRow[]): TableModel {
  return {
    label: `Result files of ${label}`,
    columns: ["Concurrency", "Started", "Client", "Server version", "Model", "Kept as evidence", "File"],
    rows: runs.map((run) => [
      {text: String(run.concurrency ?? "no limit")},
      {text: run.started ?? "not stated"},
      {text: run.tool},
      {text: run.server_version ?? "not stated"},
      {text: run.model ?? "not stated"},
      {text: run.complete ? "yes" : "no: cut short"},
      {text: run.file.replace(/^results\/[^/]+\//, "")}
    ])
  };
}

function cardTable(material: SeriesMaterial, {id, label, settings}: Series): TableModel {
  return {
    label: `Card of ${label}`,
    columns: ["Field", label],
    rows: Object.entries(settings).map(([field, value]) => [
      {text: field},
      settingCell(material, id, field, value === null ? null : String(value))
    ])
  };
}

function compareTable(material: SeriesMaterial, {id, label}: Series): Record<string, TableModel> {
  const labels = new Map(material.series.map((card) => [card.id, card.label]));
  const rows = comparablePairs(material)
    .filter(({series, baseline}) => series === id || baseline === id)
    .map(({series, baseline}): Cell[] => {
      const other = series === id ? baseline : series;
      return [{text: labels.get(other) ?? other, page: `../${comparePath(series, baseline)}`}];
    });
  return {[`compared-${id}`]: {label: `Comparisons of ${label}`, columns: ["With"], rows}};
}

function concurrenciesOf(facts: readonly Fact[]): number[] {
  return [...new Set(facts.map(({key}) => Number(key.concurrency)))].sort((a, b) => a - b);
}

function atConcurrency({key, text}: Fact): string {
  return `${text} at concurrency ${key.concurrency}`;
}
