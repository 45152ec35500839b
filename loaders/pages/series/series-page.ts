// The page of one series: card, points, distributions, timeline, token gaps, warnings, where it is from.

import {Distribution} from "../../charts/distribution.js";
import {Gaps, LEAST_SHARE} from "../../charts/gaps.js";
import {Points} from "../../charts/points.js";
import {Timeline} from "../../charts/timeline.js";
import {readDate, writeAge, writeDay, writeSpan} from "../../dates.js";
import type {Series} from "../../evidence/schema.js";
import type {Fact} from "../../facts/read-facts.js";
import {parseLoad} from "../../results/offered-load.js";
import {SHORTEST_GAP_MS} from "../../results/run-output.js";
import {formatNumber} from "../../src/benchbook/format.js";
import type {Figure} from "../figure.js";
import {escapeHtml} from "../html.js";
import {type Cell, type TableModel, tpotCell} from "../table.js";
import {atLoad, axisOf, isConcurrency, isRate, loadLabel, loadOf, loadsOf} from "./loads.js";
import {comparablePairs, comparePath, factsOf, type RunRow, type SeriesMaterial} from "./material.js";
import {METRIC_NAMES} from "./metric-names.js";
import {figureFence, type GeneratedPage, pageSource, tableFence} from "./parts.js";
import {clientsOf, countsText, originsTable, runsTable} from "./runs.js";
import {cardTable, hasRecorded} from "./settings.js";
import {noWarningsText, warningsTable} from "./warnings.js";

/** Families of the printed points, with the heading of each column. */
const PRINTED = [
  ["throughput", "System throughput"],
  ["per_request", "Per-request throughput"],
  ["tpot", "Median TPOT"],
  ["ttft", "Median TTFT"],
  ["ttft_p99", "P99 TTFT"]
] as const;

/** Below it a wait is printed as none. */
const LEAST_WAIT_MS = 0.05;

/** How each label of a definition is written, in the order of the page. */
const DEFINITIONS = [
  ["vllm-0.15.1", "as vLLM’s client defines them"],
  ["as-reported", "as vLLM’s client printed them, whatever its version"],
  ["benchbook-1", "corrected: from the first chunk of output to the last, successes with output only"],
  ["server", "as the server counted them during the runs"]
] as const;

export function seriesPage(material: SeriesMaterial, series: Series): GeneratedPage {
  const runs = material.runs.filter((run) => run.series === series.id);
  const {figures, tables, parts} =
    runs.length > 0 ? resultParts(material, series, runs) : printedParts(material, series);
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
      originText(material, series, runs),
      series.incomparable !== null && `${escapeHtml(series.incomparable)} No lead is taken over it.`,
      ...parts,
      `## Card\n\n${tableFence(`card-${series.id}`, hasRecorded(material, series.id) ? "What the card states of this deployment, and what it leaves open and the result files record." : "What the source states of this deployment.")}`,
      comparablePairs(material).some((pair) => pair.series === series.id || pair.baseline === series.id) &&
        `## Compared\n\n${tableFence(`compared-${series.id}`, "Series that share a load with this one.")}`
    ])
  };
}

function originText(material: SeriesMaterial, {role, id, live}: Series, runs: readonly RunRow[]): string {
  if (role === "published") return "Points as the published benchmark prints them.";
  if (role === "later") return "Points that were published later, as printed.";
  const refresh = `\`npm run refresh -- --series ${id}\``;
  if (runs.length === 0)
    return `A live series that has not been measured yet. Set \`VLLM_BASE_URL\` and run ${refresh}.`;
  const files = `files under \`data/results/${id}\`, ${role} ${writeSpan(runs.flatMap(({started}) => started ?? []))}`;
  if (live === null) return `Result ${files}.`;
  const measured = runs.filter((run) => run.live);
  if (measured.length === 0)
    return `A live series without a sweep of its own: result ${files}. ${refresh} measures it.`;
  const others = othersText(
    role,
    runs.filter((run) => !run.live)
  );
  return `${liveText(material, id, measured)}${others} ${refresh} measures it again.`;
}

/** What a live series shows besides its sweep. */
function othersText(role: Series["role"], runs: readonly RunRow[]): string {
  if (runs.length === 0) return "";
  const are = runs.length === 1 ? "is 1 other run" : `are ${runs.length} other runs`;
  const span = writeSpan(runs.flatMap(({started}) => started ?? []));
  return ` Beside that sweep there ${are}${span === "" ? "" : `, ${role} ${span}`}.`;
}

/** Which of the two the numbers are, a new measurement or its cache, and how old. */
function liveText({now, measured, stale}: SeriesMaterial, id: string, runs: readonly RunRow[]): string {
  const dates = runs.flatMap(({started}) => started ?? []);
  const last = Math.max(...dates.flatMap((started) => readDate(started)?.date.getTime() ?? []));
  const age = Number.isFinite(last) ? writeAge(new Date(last), now) : "of unknown age";
  const source = measured.includes(id)
    ? "Measured live by the build that made this page,"
    : `Measured live by this report’s own loader, and read from its cache, which was ${age} when this page was built on ${writeDay(now)}: measured`;
  const otherFlags = stale.includes(id)
    ? " The card has been changed since: these runs were measured under other flags than it names now."
    : "";
  return `${source} ${writeSpan(dates)}.${otherFlags}`;
}

function printedParts(material: SeriesMaterial, {id, label}: Series) {
  const shown = PRINTED.filter(([family]) => factsOf(material, family, {series: id}).length > 0);
  const loads = loadsOf(shown.flatMap(([family]) => factsOf(material, family, {series: id})));
  const points: TableModel = {
    label: `Points of ${label} as printed`,
    columns: ["Concurrency", ...shown.map(([, name]) => name)],
    rows: loads.map(({key, concurrency}) => [
      {text: String(concurrency)},
      ...shown.map(
        ([family]): Cell =>
          family === "tpot" ? tpotCell(material, id, key) : {fact: `${family}.${id}.${key}`}
      )
    ])
  };
  const throughput = factsOf(material, "throughput", {series: id});
  const figures =
    throughput.length > 0
      ? {
          [`points-${id}`]: pointsFigure(
            throughput,
            label,
            "System throughput (tok/s)",
            "concurrency",
            points
          )
        }
      : {};
  return {
    figures,
    tables: {[`points-${id}`]: points},
    parts: [
      loads.length > 0 &&
        `## Points\n\n${throughput.length > 0 ? `${figureFence(`points-${id}`, "System throughput, as printed.")}\n\n` : ""}${tableFence(`points-${id}`, "As printed. ≈ marks a TPOT that is not printed: it is worked back from the throughput.")}`,
      loads.length > 0 &&
        "## What is missing\n\nThe source prints these points and no result files: there are no repeats to take an interval from, no distributions of TTFT and TPOT, no request timeline, no token gaps and no warnings of the client."
    ]
  };
}

function resultParts(material: SeriesMaterial, series: Series, runs: readonly RunRow[]) {
  const {id, label} = series;
  const figures: Record<string, Figure> = {};
  const tables: Record<string, TableModel> = {};
  const points = factsOf(material, "result_point", {series: id});
  const parts: (string | false)[] = [countsText(material, id), points.length > 0 && "## Points"];
  for (const [semantics, meaning] of DEFINITIONS) {
    const facts = points.filter(({key}) => key.semantics === semantics);
    if (facts.length === 0) continue;
    const name = `points-${semantics.replaceAll(".", "-")}-${id}`;
    const repeats = factsOf(material, "result_repeats", {series: id, semantics});
    const table = pointsTable(facts, repeats, `${label}: metrics ${meaning}`);
    tables[name] = table;
    if (semantics === "vllm-0.15.1" || semantics === "as-reported") {
      for (const {metric, by, axis, caption} of DRAWN) {
        const drawn = facts.filter(
          (fact) =>
            fact.key.metric === metric &&
            (by === "concurrency" ? isConcurrency(loadOf(fact)) : isRate(loadOf(fact)))
        );
        if (drawn.length === 0) continue;
        const figure = `${name}-${metric.replaceAll("_", "-")}`;
        figures[figure] = pointsFigure(drawn, label, axis, by, table);
        parts.push(
          figureFence(
            figure,
            `${caption} (\`${semantics}\`).${drawn.some(({interval}) => interval !== "none") ? " Bars are 95 % intervals from repeats." : ""}`
          )
        );
      }
    }
    parts.push(
      tableFence(
        name,
        `Metrics ${meaning} (\`${semantics}\`), ${repeatsText(repeats)}.${levelText(facts)}${idleSlotsText(facts)}`
      )
    );
  }
  const evidence = runs.filter(({standing}) => standing === "evidence");
  for (const [metric, name] of [
    ["ttft", "TTFT"],
    ["tpot", "TPOT"]
  ] as const) {
    const facts = factsOf(material, "result_quantile", {series: id, metric});
    if (facts.length === 0) continue;
    figures[`${metric}-${id}`] = distributionFigure(facts, name, label);
    parts.push(
      `${metric === "ttft" ? "## Distributions\n\n" : ""}${figureFence(`${metric}-${id}`, `${name} of single requests, all repeats together${TIMES[clientsOf(evidence)]}. Tick: median. Bar: middle half. Line: from the 5 % quickest to the 5 % slowest.${sampleText(evidence)}`)}`
    );
  }
  const timeline = timelineFigure(material, runs, label);
  if (timeline !== undefined) {
    figures[`timeline-${id}`] = timeline.figure;
    parts.push(`## Timeline of one run\n\n${figureFence(`timeline-${id}`, timeline.caption)}`);
  }
  const gaps = gapsFigure(material, series);
  if (gaps !== undefined) {
    figures[`gaps-${id}`] = gaps;
    parts.push(`## Token gaps\n\n${figureFence(`gaps-${id}`, gapsCaption(material, id, evidence))}`);
  }
  const warnings = material.warnings.filter((warning) => warning.series === id);
  tables[`warnings-${id}`] = warningsTable(label, warnings);
  const origins = originsTable(series, runs);
  tables[`origins-${id}`] = origins;
  tables[`runs-${id}`] = runsTable(series, runs);
  parts.push(
    warnings.length > 0
      ? `## Warnings\n\n${tableFence(`warnings-${id}`, "What this report notes about its runs.")}`
      : `## Warnings\n\n${noWarningsText(runs)}.`,
    "## Runs",
    origins.rows.length > 0 && tableFence(`origins-${id}`, "What all runs have in common."),
    tableFence(`runs-${id}`, "Every result file of this series.")
  );
  return {figures, tables, parts};
}

/** What is drawn of measured points, and over which loads. */
const DRAWN = [
  {
    metric: "system_throughput",
    by: "concurrency",
    axis: "System throughput (tok/s)",
    caption: "System throughput: the concurrency over the median TPOT"
  },
  {
    metric: "output_throughput",
    by: "request rate",
    axis: "Output throughput (tok/s)",
    caption: "Output throughput by request rate"
  },
  {
    metric: "median_ttft_ms",
    by: "request rate",
    axis: "Median TTFT (ms)",
    caption: "Median TTFT by request rate"
  }
] as const;

function pointsFigure(
  facts: readonly Fact[],
  label: string,
  axis: string,
  by: "concurrency" | "request rate",
  table: TableModel
): Figure {
  const rows = facts.map((fact) => {
    const {concurrency, rate} = loadOf(fact);
    const {value, low, high} = fact;
    if (by === "concurrency") return {series: "only", label, load: concurrency ?? 0, value, low, high};
    // Rates under another limit are another line.
    const limit = concurrency === null ? "no limit" : `limit ${concurrency}`;
    return {series: limit, label: limit, load: rate ?? 0, value, low, high};
  });
  return {
    draw: (options) => Points(rows, {...options, label: axis, by}),
    alt: `Line chart of ${axis} of ${label}: ${facts.map(atLoad).join(", ")}.`,
    table
  };
}

/** Metric by metric one row a load. The repeats of each mean are a column where they differ. */
function pointsTable(facts: readonly Fact[], repeats: readonly Fact[], label: string): TableModel {
  const waits = facts.filter(({key}) => key.metric === "median_client_queue_time_ms");
  const nothingWaited = waits.length > 0 && waits.every(({value}) => value < LEAST_WAIT_MS);
  const metrics = Object.entries(METRIC_NAMES).filter(
    ([metric]) => !(nothingWaited && metric.includes("client_queue"))
  );
  const loads = loadsOf(facts);
  const axis = axisOf(loads);
  const hasRepeats = sharedRepeats(repeats) === undefined;
  return {
    label,
    columns: ["Metric", axis, "Mean", "Interval", ...(hasRepeats ? ["Repeats"] : [])],
    merged: 1,
    rows: metrics.flatMap(([metric, name]) =>
      loads.flatMap((load): Cell[][] => {
        const fact = facts.find(({key}) => key.metric === metric && key.offered_load === load.key);
        if (fact === undefined) return [];
        return [
          [
            {text: name},
            {text: loadLabel(load, axis)},
            {fact: fact.id},
            fact.interval === "none" ? {text: "too few runs"} : {interval: fact.id},
            ...(hasRepeats ? [{fact: repeatsId(fact)}] : [])
          ]
        ];
      })
    )
  };
}

function repeatsId({key}: Fact): string {
  return `result_repeats.${key.series}.${key.semantics}.${key.metric}.${key.offered_load}`;
}

/** The number of repeats, where all means have the same. */
function sharedRepeats([first, ...others]: readonly Fact[]): Fact | undefined {
  return others.every(({value}) => value === first?.value) ? first : undefined;
}

function repeatsText(repeats: readonly Fact[]): string {
  const shared = sharedRepeats(repeats);
  if (shared === undefined) return "means over the repeats";
  return shared.value === 1 ? `of {{${shared.id}}} run each` : `means over {{${shared.id}}} repeats`;
}

function levelText(facts: readonly Fact[]): string {
  return facts.some(({interval}) => interval === "t")
    ? " The intervals are Student’s t over the repeats, at 95 %."
    : "";
}

/** Where a concurrency has a TPOT and no system throughput, and why. */
function idleSlotsText(facts: readonly Fact[]): string {
  // A TPOT of 0, of answers of one token, gives no throughput either.
  const loads = (metric: string) =>
    loadsOf(facts.filter(({key, value}) => key.metric === metric && value > 0));
  const full = new Set(loads("system_throughput").map(({key}) => key));
  const idle = loads("median_tpot_ms").filter((load) => isConcurrency(load) && !full.has(load.key));
  return idle.length === 0
    ? ""
    : ` No system throughput at ${idle.map(({text}) => text).join(", ")}: there were fewer prompts than slots.`;
}

/** By which times the latencies of single requests are. */
const TIMES = {
  own: " (`benchbook-1`)",
  vllm: ", by vLLM’s times: the first chunk of a chat is the role chunk",
  both: " (`benchbook-1`; of vLLM’s own files by vLLM’s times: the first chunk of a chat is the role chunk)"
} as const;

/** Which chunks the token gaps are between. */
const CHUNKS = {
  own: "How long after the chunk before each chunk of output came, as a share of all; counted in bins from the recorded chunks.",
  vllm: "How long after the chunk before each chunk came, by vLLM’s times, as a share of all; counted in bins. The first chunk of a chat is the role chunk.",
  both: "How long after the chunk before each chunk of output came, as a share of all; counted in bins. In vLLM’s own files the first chunk of a chat is the role chunk."
} as const;

function gapsCaption({gaps}: SeriesMaterial, id: string, evidence: readonly RunRow[]): string {
  const isCutOff = gaps.some(
    ({series, low, share}) => series === id && low <= SHORTEST_GAP_MS && share >= LEAST_SHARE
  );
  const shortest = isCutOff ? ` The bin at ${SHORTEST_GAP_MS} ms holds all shorter gaps too.` : "";
  return `${CHUNKS[clientsOf(evidence)]} A chunk may hold several tokens.${shortest}`;
}

const QUANTILES = ["p5", "p25", "p50", "p75", "p95"] as const;

function distributionFigure(facts: readonly Fact[], name: string, label: string): Figure {
  const loads = loadsOf(facts);
  const axis = axisOf(loads);
  const find = (load: string, quantile: string) =>
    facts.find(({key}) => key.offered_load === load && key.quantile === quantile);
  const rows = loads.map((load) => {
    const [p5 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0] = QUANTILES.map(
      (quantile) => find(load.key, quantile)?.value ?? 0
    );
    return {load: loadLabel(load, axis), p5, p25, p50, p75, p95};
  });
  const medians = facts.filter(({key}) => key.quantile === "p50");
  return {
    draw: (options) => Distribution(rows, {...options, label: name, by: axis}),
    alt: `Ranges of ${name} of ${label}, with medians ${medians.map(atLoad).join(", ")}.`,
    table: {
      label: `${name} of ${label}: quantiles over requests`,
      columns: [axis, ...QUANTILES.map((quantile) => `${quantile.slice(1)} %`)],
      rows: loads.map((load) => [
        {text: loadLabel(load, axis)},
        ...QUANTILES.map((quantile): Cell => {
          const fact = find(load.key, quantile);
          return fact === undefined ? null : {fact: fact.id};
        })
      ])
    }
  };
}

/** Said where the report file holds a part of the requests: quantiles are of that part. */
function sampleText(runs: readonly RunRow[]): string {
  const known = runs.filter((run) => run.requests_kept > 0);
  const kept = known.reduce((sum, run) => sum + run.requests_kept, 0);
  const all = known.reduce((sum, run) => sum + run.requests, 0);
  const text = (requests: number) => formatNumber(requests, {decimals: 0});
  return kept < all ? ` The report file keeps ${text(kept)} of the ${text(all)} requests: a sample.` : "";
}

function timelineFigure(
  {timelines}: SeriesMaterial,
  runs: readonly RunRow[],
  label: string
): {figure: Figure; caption: string} | undefined {
  const shown = new Set(timelines.map(({run}) => run));
  const run = runs.find(({id}) => shown.has(id));
  if (run === undefined) return;
  const rows = timelines.filter((request) => request.run === run.id);
  const drawn = rows.flatMap((row) => (row.end === null ? [] : {...row, end: row.end}));
  if (drawn.length === 0) return;
  const crosses = drawn.filter((request) => request.failed).length;
  const undrawn = rows.length - drawn.length;
  const hasChunks = drawn.some(({first}) => first !== null);
  const holdsEnds = drawn.some(({first}) => first === null);
  const seconds = (value: number | null, unknown: string) => ({
    text: value === null ? unknown : value.toFixed(3)
  });
  const figure: Figure = {
    draw: (options) => Timeline(drawn, options),
    alt: `Timeline of ${drawn.length} requests of ${label}, one line each, from start ${hasChunks ? "over first chunk to last chunk" : "to end"}.${crosses > 0 ? ` ${crosses} of them failed; a cross ends each of these.` : ""}`,
    table: {
      label: `Requests of one run of ${label}, in seconds`,
      columns: ["Request", "Start", "First chunk", holdsEnds ? "End" : "Last chunk", "Outcome"],
      rows: rows.map(({request, start, first, end, failed: hasFailed}) => [
        {text: String(request)},
        seconds(start, "—"),
        seconds(first, "—"),
        seconds(end, "not recorded"),
        {text: hasFailed ? "failed" : "succeeded"}
      ])
    }
  };
  const lines = hasChunks
    ? "pale until the first chunk, full until the last"
    : "each from its start to its end";
  const cross = crosses > 0 ? " A cross ends a request that failed." : "";
  const left =
    undrawn > 0
      ? ` Not drawn: ${undrawn} that failed, of which the result file does not tell when ${undrawn === 1 ? "it" : "they"} ended.`
      : "";
  return {
    figure,
    caption: `${run.requests > rows.length ? `The first ${rows.length} requests` : "Requests"} of the first run at ${parseLoad(run.load).text}, in the order in which they started: ${lines}.${cross}${left}`
  };
}

function gapsFigure(material: SeriesMaterial, {id, label}: Series): Figure | undefined {
  const gaps = material.gaps.filter(({series}) => series === id);
  if (gaps.length === 0) return;
  const loads = [...new Set(gaps.map(({load}) => load))].map(parseLoad);
  const axis = axisOf(loads);
  const labels = new Map(loads.map((load) => [load.key, loadLabel(load, axis)]));
  const rows = gaps.map((gap) => ({...gap, load: labels.get(gap.load) ?? gap.load}));
  const own = factsOf(material, "result_point", {series: id, metric: "median_chunk_gap_ms"});
  const reported = factsOf(material, "result_point", {series: id, metric: "median_itl_ms"});
  const medians = own.length > 0 ? own : reported;
  return {
    draw: (options) => Gaps(rows, {...options, by: axis}),
    alt: `Histograms of the gaps between chunks of ${label} at ${loads.map(({text}) => text).join(", ")}. Medians: ${medians.map(atLoad).join(", ")}.`,
    table: {
      label: `Median gap between chunks of ${label}`,
      columns: [axis, "Median gap"],
      rows: medians.map((fact) => [{text: loadLabel(loadOf(fact), axis)}, {fact: fact.id}])
    }
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
