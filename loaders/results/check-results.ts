// Faults that one file alone cannot show: wrong series, false repeats, duplicate runs or names.

import {join, relative} from "node:path";
import type {Fault} from "../errors/faults.js";
import type {Series} from "../evidence/schema.js";
import type {RunRecord, RunSettings} from "../formats/run-record.js";
import {documentOf, type Result} from "./filed-result.js";
import {offeredLoad} from "./offered-load.js";
import {recordedSettings} from "./recorded-settings.js";

/**
 * Faults of results against the cards of their series and against each other.
 * @param given the paths of files not yet below `data`
 */
export function checkResults(
  results: readonly Result[],
  series: readonly Series[],
  data: string,
  given: ReadonlyMap<string, string> = new Map()
): Fault[] {
  const cards = new Map(series.map((card) => [card.id, card]));
  const noRepeats = strangers(results);
  const blamed = new Set(noRepeats.map(({result}) => result));
  const pathOf = ({file}: Result) => given.get(file) ?? relative(process.cwd(), join(data, file));
  const nameOf = (result: Result) => [pathOf(result), documentOf(result)].filter(Boolean).join(", ");
  const blame = (result: Result, message: string): Fault => ({
    file: pathOf(result),
    place: documentOf(result),
    message
  });
  return [
    ...results.flatMap((result) => {
      const message = cardFault(result, cards.get(result.series));
      return message === undefined ? [] : [blame(result, message)];
    }),
    ...results.flatMap((result) => {
      const card = cards.get(result.series);
      return card === undefined || cardFault(result, card) !== undefined
        ? []
        : contradictions(result, card).map((message) => blame(result, message));
    }),
    ...twice(results, ({id}) => id).map(([result, first]) =>
      blame(result, `without its extension it has the same name as ${nameOf(first)}. Rename one of them.`)
    ),
    ...twice(results, runIdentity).map(([result, first]) =>
      blame(result, `the same run is already in ${nameOf(first)}. Keep one of them.`)
    ),
    ...noRepeats.map(({result, first, fields}) =>
      blame(result, `it is not a repeat of ${nameOf(first)}. ${remedy(fields)}`)
    ),
    ...foreigners(results.filter((result) => !blamed.has(result))).map(({result, first, fields}) =>
      blame(result, `it belongs to another deployment than ${nameOf(first)}. ${remedy(fields)}`)
    )
  ];
}

function cardFault({series, run}: Result, card: Series | undefined): string | undefined {
  if (card === undefined) {
    return `unknown series “${series}”. Add data/series/${series}.json or correct the folder's name.`;
  }
  if (card.role !== "measured" && card.role !== "simulated") {
    return `the series “${series}” is ${card.role}: its points are printed tables. File results under a series whose role is measured.`;
  }
  const simulated = run.provenance?.simulated === true;
  if (simulated && card.role !== "simulated") {
    return `this result came from a simulator, but the series “${series}” is not simulated. Set the role of its card to simulated, or file it elsewhere.`;
  }
  if (!simulated && card.role === "simulated" && run.tool.name === "benchbook") {
    return `this result did not come from a simulator, but the series “${series}” is simulated. File it under a series whose role is measured.`;
  }
}

/** Settings on which the card and a result file disagree. */
function contradictions({series, run}: Result, {settings}: Series): string[] {
  const stated = new Map(Object.entries(settings));
  // The card states the call's seed, but here each point has its own.
  if (run.sweep?.subject?.keeps_seed === false) stated.delete("seed");
  return Object.entries(recordedSettings(run)).flatMap(([field, value]) => {
    const own = stated.get(field) ?? null;
    if (own === null || value === null || own === value) return [];
    return [
      `its ${field} is ${JSON.stringify(value)} and the card says ${JSON.stringify(own)}. Set settings.${field} of data/series/${series}.json to that, or to null.`
    ];
  });
}

/** Results that share a key with an earlier one, each with that earlier one. */
function twice(results: readonly Result[], keyOf: (result: Result) => string): [Result, Result][] {
  const first = new Map<string, Result>();
  return results.flatMap((result): [Result, Result][] => {
    const earlier = first.get(keyOf(result));
    if (earlier !== undefined) return [[result, earlier]];
    first.set(keyOf(result), result);
    return [];
  });
}

/** Our runs have an id; another tool's runs are identified by their time and measurements. */
export function runIdentity({run}: Result): string {
  const {tool, id, date, duration_s, settings, metrics} = run;
  return tool.name === "benchbook"
    ? id
    : JSON.stringify([date, duration_s, offeredLoad(settings), metrics["as-reported"]]);
}

/** What runs of a point must have in common, or an interval over them would be meaningless. */
const POINT_FIELDS = [
  "endpoint",
  "backend",
  "model",
  "dataset",
  "served_model_name",
  "num_prompts",
  "duration_s",
  "request_rate",
  "burstiness",
  "ramp_up",
  "num_warmups",
  "ignore_eos",
  "extra_body",
  "goodput_ms"
] as const;

/** How far the mean tokens per request of two repeats may differ: seeds vary, answers may be cut short. */
const TOKEN_SPREAD = 0.05;

/** Keys of further measurements. Any other key that a format does not know is a setting. */
const MEASURED_KEY =
  /^(rtfx|probe_.*|diffusion_.*|steady_state|failed_requests|input_throughput|.*_sequences|.*_sequence_throughput|rps_change_events|server_queue_times|server_ttfts)$/;

/** A result, an earlier one that it must match, and the fields in which they differ. */
interface Difference {
  result: Result;
  first: Result;
  fields: string[];
}

function remedy(fields: readonly string[]): string {
  return `What differs: ${fields.join(", ")}. Give each configuration a series of its own.`;
}

/** What runs of a series must have in common, as far as their files state it. */
const DEPLOYMENT: readonly [field: string, read: (settings: RunSettings) => string | null][] = [
  ["model", ({model}) => model],
  ["backend", ({backend}) => backend],
  ["endpoint", ({endpoint}) => endpoint],
  ["dataset", ({dataset}) => dataset?.name ?? null]
];

/** Results with another deployment than an earlier one of their series, each with that one. */
function foreigners(results: readonly Result[]): Difference[] {
  const stating = new Map<string, Result>();
  return results.flatMap((result) => {
    const differing = DEPLOYMENT.flatMap(([field, read]) => {
      const own = read(result.run.settings);
      if (own === null) return [];
      const key = `${result.series} ${field}`;
      const first = stating.get(key);
      if (first === undefined) stating.set(key, result);
      return first ? difference(field, own, read(first.run.settings)).map((text) => ({first, text})) : [];
    });
    const first = differing[0]?.first;
    if (first === undefined) return [];
    const fields = differing.filter((other) => other.first === first).map(({text}) => text);
    return [{result, first, fields}];
  });
}

function strangers(results: readonly Result[]): Difference[] {
  return twice(results, ({series, run}) => `${series} ${offeredLoad(run.settings)}`).flatMap(
    ([result, first]) => {
      const fields = [
        ...difference("client", result.run.tool.name, first.run.tool.name),
        ...differences(result.run, first.run)
      ];
      return fields.length === 0 ? [] : [{result, first, fields}];
    }
  );
}

/** The fields in which a run is not a repeat of another. A field that either does not state cannot differ. */
function differences({settings, metrics}: RunRecord, first: RunRecord): string[] {
  const fields = POINT_FIELDS.flatMap((field) => {
    const [own, other] = [stated(settings, field), stated(first.settings, field)];
    return own === null || other === null ? [] : difference(field, own, other);
  });
  const keys = [...new Set([...Object.keys(settings.metadata), ...Object.keys(first.settings.metadata)])];
  const overrides = keys
    .filter((key) => !MEASURED_KEY.test(key))
    .flatMap((key) => difference(key, settings.metadata[key], first.settings.metadata[key]));
  const lengths = (["input", "output"] as const).flatMap((side) => {
    const [own, other] = [meanTokens(metrics, side), meanTokens(first.metrics, side)];
    if (own === null || other === null) return [];
    return Math.abs(own - other) <= TOKEN_SPREAD * Math.max(own, other)
      ? []
      : [`${side} tokens a request (${Math.round(own)}, there ${Math.round(other)})`];
  });
  return [...fields, ...overrides, ...lengths];
}

/** A field, unless a run does not state it: vLLM omits goodput limits, and under a duration prompts are no setting. */
function stated(settings: RunSettings, field: (typeof POINT_FIELDS)[number]): unknown {
  if (field === "num_prompts" && settings.duration_s !== null) return null;
  if (field === "goodput_ms" && Object.keys(settings.goodput_ms).length === 0) return null;
  return settings[field];
}

function difference(field: string, own: unknown, other: unknown): string[] {
  const [a, b] = [own, other].map((value) => (value === undefined ? "not set" : JSON.stringify(value)));
  return a === b ? [] : [`${field} (${a}, there ${b})`];
}

/** Mean tokens of a successful request; null if the file does not say. */
function meanTokens(metrics: RunRecord["metrics"], side: "input" | "output"): number | null {
  const figures = metrics["as-reported"] ?? metrics["vllm-0.15.1"];
  const total = figures?.[`total_${side}_tokens`];
  return total == null || !figures?.completed ? null : total / figures.completed;
}
