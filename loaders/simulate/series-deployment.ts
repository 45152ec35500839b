// Turns a series of the evidence, with its points as printed, into a deployment to play.

import {quantile} from "../bench/tools/quantile.js";
import {UsageError} from "../errors/usage-error.js";
import type {Evidence, Series} from "../evidence/schema.js";
import type {RunRecord, RunSettings} from "../formats/run-record.js";
import {type Curve, type Deployment, PLAIN, type Speculation} from "./deployment.js";
import {encode, renderChat} from "./toy-tokenizer.js";

/** The evidence needed to play a series, with measured results. */
interface PlayedEvidence extends Pick<Evidence, "series" | "tables" | "statements"> {
  results: readonly {
    series: string;
    run: Pick<RunRecord, "metrics" | "complete"> & {settings: Pick<RunSettings, "max_concurrency">};
  }[];
}

/** What the call states because the evidence does not. */
interface Stated {
  /** The series whose TTFT is played if the series itself states none. */
  ttftOf?: string | undefined;
  /** The share of drafts accepted, from 0 to 1, in place of what the source states. */
  acceptance?: number | undefined;
}

/** The ids of series whose points can be played. */
export function playableSeries(evidence: PlayedEvidence): string[] {
  return evidence.series
    .map(({id}) => id)
    .filter((id) => tpotOf(evidence, id).length > 0)
    .sort();
}

/**
 * Completes what a series states: TPOT as stated or worked back from a throughput, TTFT and its P99 as stated or from
 * another series, the model named by its checkpoint, drafts from the settings of the card.
 * @throws UsageError if the evidence lacks what cannot be made up
 */
export function seriesDeployment(
  evidence: PlayedEvidence,
  id: string,
  {ttftOf, acceptance}: Stated
): Deployment {
  const card = evidence.series.find((series) => series.id === id);
  const tpot = tpotOf(evidence, id);
  if (card === undefined || tpot.length === 0) {
    const why =
      card === undefined
        ? "it is not defined"
        : "no table prints its throughput or TPOT, and no result has it";
    throw new UsageError(`--series ${id}: ${why}. Series to play: ${playableSeries(evidence).join(", ")}.`);
  }
  const {settings} = card;
  const first = firstTokens(evidence, card, ttftOf);
  return {
    name: id,
    model: settings.checkpoint ?? ([settings.model, settings.quantisation].filter(Boolean).join("-") || id),
    tpot,
    ttft: first.ttft.length > 0 ? first.ttft : tpot,
    ttftTail: first.tail,
    speculation: speculationOf(evidence, card, acceptance),
    inputTokens: first.inputTokens,
    outputTokens: settings.output_len ?? PLAIN.outputTokens
  };
}

/** The printed TPOT, or the one implied by a printed throughput, whether of the system or of one request. */
function tpotOf(evidence: PlayedEvidence, id: string): Curve {
  const printed = pointsOf(evidence, id, "tpot_median");
  if (printed.length > 0) return printed;
  const system = pointsOf(evidence, id, "system_throughput");
  if (system.length > 0)
    return system.map(([concurrency, rate]) => [concurrency, (concurrency * 1000) / rate]);
  return pointsOf(evidence, id, "per_request_throughput").map(([concurrency, rate]) => [
    concurrency,
    1000 / rate
  ]);
}

/** TTFT, how much longer its P99 is, and the prompt length, of the series or of its stand-in. */
function firstTokens(
  evidence: PlayedEvidence,
  card: Series,
  other: string | undefined
): {ttft: Curve; tail: Curve; inputTokens: number} {
  const standsIn = other !== undefined && pointsOf(evidence, card.id, "ttft_median").length === 0;
  const of = standsIn ? other : card.id;
  const ttft = pointsOf(evidence, of, "ttft_median");
  if (standsIn && ttft.length === 0) {
    throw new UsageError(
      `--ttft-of ${of}: nothing states its TTFT. Name a series with one, or leave it out.`
    );
  }
  const {input_len, endpoint} = (evidence.series.find(({id}) => id === of) ?? card).settings;
  const medians = new Map(ttft);
  const tail = pointsOf(evidence, of, "ttft_p99").flatMap(([concurrency, p99]): [number, number][] => {
    const median = medians.get(concurrency);
    return median === undefined ? [] : [[concurrency, Math.max(0, p99 - median)]];
  });
  return {ttft, tail, inputTokens: (input_len ?? PLAIN.inputTokens) + templateTokens(endpoint)};
}

/** A metric of a series by concurrency, ascending, from printed tables or from results. */
function pointsOf(evidence: PlayedEvidence, id: string, metric: string): [number, number][] {
  const points = printedPoints(evidence, id, metric);
  const all = points.size > 0 ? points : measuredPoints(evidence, id, metric);
  return [...all].sort(([a], [b]) => a - b);
}

function printedPoints({tables}: PlayedEvidence, id: string, metric: string): Map<number, number> {
  const points = new Map<number, number>();
  for (const {columns, rows} of tables) {
    columns.forEach((column, i) => {
      if (column.role !== "measured" || column.series !== id || column.metric !== metric) return;
      for (const {concurrency, values} of rows) {
        const value = values[i];
        if (value !== undefined) points.set(concurrency, value);
      }
    });
  }
  return points;
}

/** The metrics of results, by their names in tables. */
const IN_RESULTS = new Map([
  ["tpot_median", "median_tpot_ms"],
  ["ttft_median", "median_ttft_ms"],
  ["ttft_p99", "p99_ttft_ms"]
]);

/** Takes the median of repeats. */
function measuredPoints({results}: PlayedEvidence, id: string, metric: string): Map<number, number> {
  const name = IN_RESULTS.get(metric);
  const values = new Map<number, number[]>();
  for (const {series, run} of results) {
    const metrics = run.metrics["benchbook-1"] ?? run.metrics["vllm-0.15.1"] ?? run.metrics["as-reported"];
    const value = name === undefined ? null : metrics?.[name];
    const concurrency = run.settings.max_concurrency;
    if (series !== id || value == null || concurrency === null || !run.complete) continue;
    values.set(concurrency, [...(values.get(concurrency) ?? []), value]);
  }
  return new Map(
    [...values].map(([concurrency, repeats]) => [
      concurrency,
      quantile(
        repeats.toSorted((a, b) => a - b),
        0.5
      )
    ])
  );
}

function speculationOf(
  {statements}: PlayedEvidence,
  {id, source, settings}: Series,
  given: number | undefined
): Speculation | null {
  const draftTokens = settings.num_speculative_tokens ?? 0;
  if (draftTokens === 0) return null;
  const stated = statements.filter(
    (statement) => statement.quantity === "acceptance_rate" && statement.source === source
  );
  const acceptance = given ?? (stated.length === 1 ? (stated[0]?.value ?? 0) / 100 : undefined);
  if (acceptance === undefined) {
    throw new UsageError(
      `--series ${id}: it drafts tokens, and its source does not state one rate at which they are accepted. Set it with --acceptance, for example 0.7.`
    );
  }
  return {draftTokens, acceptance};
}

/** The tokens that the chat template adds. Special tokens are already part of the length that a client asks for. */
function templateTokens(endpoint: string | null): number {
  if (endpoint === null || !endpoint.includes("chat")) return 0;
  const template = encode(renderChat([{role: "user", content: ""}], true), false);
  return template.length - encode("", true).length;
}
