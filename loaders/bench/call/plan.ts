// Turns a call into the points of a sweep, and the settings that each run records.

import type {DatasetSettings, RunSettings, SweepSubject} from "../../formats/run-record.js";
import {sha256} from "../../formats/sha256.js";
import type {BenchOptions} from "./bench-flags.js";

export interface Point {
  /** Position in the sweep, from 0. */
  index: number;
  maxConcurrency: number | null;
  /** From 0. */
  repeat: number;
}

/** Each repeat goes through all concurrencies, so that a drift of the host affects all points alike. */
export function pointsOf({"max-concurrency": concurrencies, repeats}: BenchOptions): Point[] {
  const values: (number | null)[] = concurrencies ?? [null];
  return Array.from({length: repeats}, (_, repeat) =>
    values.map((maxConcurrency, i) => ({index: repeat * values.length + i, maxConcurrency, repeat}))
  ).flat();
}

/**
 * The order of turns: all arms at each point, reversed in every second repeat (ABBA), so that a drift in what they
 * share favours none of them.
 */
export function turnsOf<Arm>(points: readonly Point[], arms: readonly Arm[]): {point: Point; arm: Arm}[] {
  const reversed = arms.toReversed();
  return points.flatMap((point) => (point.repeat % 2 === 0 ? arms : reversed).map((arm) => ({point, arm})));
}

/** The settings shared by the runs of all points. */
export type PlanSettings = Omit<
  RunSettings,
  "max_concurrency" | "seed" | "model" | "tokenizer" | "vocab_size" | "special_ids"
>;

export function settingsOf(options: BenchOptions): PlanSettings {
  const strategy = options["ramp-up-strategy"];
  return {
    base_url: options["base-url"],
    endpoint: options.endpoint,
    backend: options.backend,
    served_model_name: options["served-model-name"] ?? null,
    dataset: datasetOf(options),
    num_prompts: promptsOf(options),
    request_rate: finiteOrInf(strategy ? Infinity : options["request-rate"]),
    burstiness: finiteOrInf(options.burstiness),
    ramp_up: strategy
      ? {
          strategy,
          start_rps: options["ramp-up-start-rps"] ?? 0,
          end_rps: options["ramp-up-end-rps"] ?? 0
        }
      : null,
    duration_s: options.duration ?? null,
    num_warmups: options["num-warmups"],
    ignore_eos: ignoresEos(options),
    continuous_usage: !options["no-continuous-usage"],
    timeouts_s: {
      first_token: options["first-token-timeout"],
      chunk: options["chunk-timeout"],
      request: options["request-timeout"]
    },
    max_failures: options["max-failures"] ?? null,
    extra_body: {...samplingOf(options), ...options["extra-body"]},
    goodput_ms: options.goodput,
    percentile_metrics: options["percentile-metrics"],
    metric_percentiles: options["metric-percentiles"],
    metadata: options.metadata,
    label: options.label ?? null
  };
}

/**
 * The SHA-256 of what a call asks of any server, computed from its flags alone. Flags for output, for stopping and
 * for the place of results do not count.
 */
export function callFingerprint(options: BenchOptions): string {
  const {base_url: _, max_failures: __, timeouts_s: ___, ...settings} = settingsOf(options);
  const asked = {
    ...settings,
    model: options.model ?? null,
    seed: options.seed,
    concurrencies: options["max-concurrency"] ?? null,
    repeats: options.repeats,
    series: options.series ?? null,
    vocab_size: options["vocab-size"] ?? null,
    special_ids: options["special-ids"] ?? null
  };
  return sha256(JSON.stringify(asked));
}

/** The SHA-256 of the whole plan: what the call asks, and what it measures. */
export function planOf(call: string, subject: SweepSubject): string {
  return sha256(JSON.stringify([call, subject]));
}

/** Whether requests ignore EOS. vLLM forces this for the random dataset; the extra body overrides both. */
export function ignoresEos(options: BenchOptions): boolean {
  const {ignore_eos: inBody} = options["extra-body"];
  if (typeof inBody === "boolean") return inBody;
  return options["ignore-eos"] || options["dataset-name"] === "random";
}

/** The number of prompts that vLLM makes: each repeated prefix gets equally many. */
function promptsOf(options: BenchOptions): number {
  const {"num-prompts": asked, "prefix-repetition-num-prefixes": prefixes} = options;
  return options["dataset-name"] === "prefix_repetition" ? asked - (asked % prefixes) : asked;
}

function datasetOf(options: BenchOptions): DatasetSettings {
  const base: DatasetSettings = {
    name: options["dataset-name"],
    path: options["dataset-path"] ?? null,
    input_len: null,
    output_len: null,
    range_ratio: null,
    prefix_len: null,
    suffix_len: null,
    num_prefixes: null
  };
  switch (options["dataset-name"]) {
    case "random":
      return {
        ...base,
        input_len: options["random-input-len"],
        output_len: options["random-output-len"],
        range_ratio: options["random-range-ratio"],
        prefix_len: options["random-prefix-len"]
      };
    case "prefix_repetition":
      return {
        ...base,
        prefix_len: options["prefix-repetition-prefix-len"],
        suffix_len: options["prefix-repetition-suffix-len"],
        num_prefixes: options["prefix-repetition-num-prefixes"],
        output_len: options["prefix-repetition-output-len"]
      };
    case "custom":
      return {...base, output_len: options["custom-output-len"] === -1 ? null : options["custom-output-len"]};
    case "sharegpt":
      return {...base, output_len: options["sharegpt-output-len"] ?? null};
  }
}

/** The sampling parameters given, in vLLM's order; no others are sent. */
function samplingOf(options: BenchOptions): Record<string, number> {
  const flags = [
    "top-p",
    "top-k",
    "min-p",
    "temperature",
    "frequency-penalty",
    "presence-penalty",
    "repetition-penalty"
  ] as const;
  return Object.fromEntries(
    flags.flatMap((flag) => {
      const value = options[flag];
      return value === undefined ? [] : [[flag.replaceAll("-", "_"), value]];
    })
  );
}

function finiteOrInf(value: number): number | "inf" {
  return Number.isFinite(value) ? value : "inf";
}
