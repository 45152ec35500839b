// All points of a call, one after another; what is finished is on disk before the next begins.

import {readdir, readFile, rm} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {writeRun} from "../formats/benchbook.js";
import type {Run, RunSettings} from "../formats/run.js";
import {
  customDataset,
  type Prompt,
  prefixRepetitionDataset,
  randomDataset,
  shareGptDataset
} from "./dataset.js";
import {type Host, resetPrefixCache} from "./host.js";
import type {BenchOptions} from "./options.js";
import {fingerprint, type Point, pointsOf, settingsOf} from "./plan.js";
import {type PointEnd, runPoint} from "./point.js";
import type {Progress} from "./progress.js";

export interface SweepEffects {
  signal: AbortSignal;
  progress: Progress;
  /** One line for the person at the terminal. */
  say: (line: string) => void;
  /** Called with each run that is on disk. */
  onRun: (run: Run, path: string) => void;
}

/** How its last point ended: the first that does not finish ends the sweep. */
export type SweepEnd = PointEnd;

const SavedPoint = z.looseObject({
  benchbook: z.looseObject({
    complete: z.boolean(),
    sweep: z.object({id: z.string(), plan: z.string(), point: z.int(), points: z.int()}).nullable()
  })
});

/** Runs every point that `--resume` does not find finished. Rejects when results cannot be written. */
export async function runSweep(
  options: BenchOptions,
  host: Host,
  folder: string,
  {signal, progress, say, onRun}: SweepEffects
): Promise<SweepEnd> {
  const points = pointsOf(options);
  const plan = fingerprint(options);
  const previous = options.resume ? await findSweep(folder, plan) : null;
  const id = previous?.id ?? new Date().toISOString();
  if (options.resume) {
    say(
      previous
        ? `Resuming: ${previous.finished.size} of ${points.length} points are finished.`
        : `Nothing to resume in ${folder}: starting at the first point.`
    );
  }
  await Promise.all((previous?.incomplete ?? []).map((path) => rm(path, {force: true})));

  const canReset = await resetPrefixCache(host.http);
  const seedOf = (point: Point) => (canReset ? options.seed : (options.seed + point.index) % 2 ** 32);
  if (!canReset && points.length > 1) {
    say(
      "The server does not reset its prefix cache: each point gets a seed of its own, so that no prompt comes twice."
    );
  }
  const prompts = promptsBySeed(options, host);

  for (const point of points) {
    if (previous?.finished.has(point.index)) continue;
    if (signal.aborted) return "interrupted";
    const seed = seedOf(point);
    const title = titleOf(point, options);
    const chosen = await prompts(seed);
    const prefixCacheReset = canReset ? await resetPrefixCache(host.http) : false;
    const settings: RunSettings = {
      ...settingsOf(options),
      model: host.modelId,
      tokenizer: host.tokenizer.name,
      vocab_size: host.tokenizer.vocabSize,
      special_ids: [...host.tokenizer.specialIds],
      num_prompts: chosen.length,
      max_concurrency: point.maxConcurrency,
      seed
    };
    let last: Parameters<Progress["finish"]>[1] | null = null;
    const {run, result, end} = await runPoint({
      host,
      settings,
      prompts: chosen,
      maxFailures: options["max-failures"] ?? Infinity,
      keepTexts: options["save-detailed"],
      prefixCacheReset,
      signal,
      onProgress: (state) => {
        last = state;
        progress.update(title, state);
      },
      identity: {
        id: `${id}-${point.index}`,
        series: options.series ?? null,
        repeat: point.repeat,
        sweep: {id, plan, point: point.index, points: points.length}
      }
    });
    if (last) progress.finish(title, last);
    if (run.requests?.length === 0) return end;
    const path = await writeRun(folder, result, run, host.redact);
    onRun(run, path);
    if (end !== "finished") return end;
  }
  return "finished";
}

function titleOf({maxConcurrency, repeat}: Point, {repeats}: BenchOptions): string {
  return `C=${maxConcurrency ?? "∞"} ${repeat + 1}/${repeats}`;
}

/** Prompts are made once a seed: they cost the server two requests each. */
function promptsBySeed(options: BenchOptions, host: Host): (seed: number) => Promise<Prompt[]> {
  const made = new Map<number, Promise<Prompt[]>>();
  return (seed) => {
    const known = made.get(seed) ?? promptsOf(options, host, seed);
    made.clear();
    made.set(seed, known);
    return known;
  };
}

function promptsOf(options: BenchOptions, {tokenizer}: Host, seed: number): Promise<Prompt[]> {
  const count = options["num-prompts"];
  const path = options["dataset-path"] ?? "";
  switch (options["dataset-name"]) {
    case "random":
      return randomDataset(
        count,
        seed,
        {
          inputLen: options["random-input-len"],
          outputLen: options["random-output-len"],
          rangeRatio: options["random-range-ratio"],
          prefixLen: options["random-prefix-len"]
        },
        tokenizer
      );
    case "prefix_repetition":
      return prefixRepetitionDataset(
        count,
        seed,
        {
          prefixLen: options["prefix-repetition-prefix-len"],
          suffixLen: options["prefix-repetition-suffix-len"],
          numPrefixes: options["prefix-repetition-num-prefixes"],
          outputLen: options["prefix-repetition-output-len"]
        },
        tokenizer
      );
    case "custom":
      return customDataset(count, seed, {path, outputLen: options["custom-output-len"]}, tokenizer);
    case "sharegpt":
      return shareGptDataset(
        count,
        seed,
        {path, outputLen: options["sharegpt-output-len"] ?? null},
        tokenizer
      );
  }
}

/** The latest sweep in `folder` that was asked the same, by what its results say. */
async function findSweep(folder: string, plan: string) {
  const names = await readdir(folder).catch(() => []);
  const sweeps = new Map<string, {finished: Set<number>; incomplete: string[]}>();
  for (const name of names.filter((n) => n.endsWith(".json"))) {
    const path = join(folder, name);
    const saved = SavedPoint.safeParse(parseOrNull(await readFile(path, "utf8")));
    const sweep = saved.data?.benchbook.sweep;
    if (sweep?.plan !== plan) continue;
    const entry = sweeps.get(sweep.id) ?? {finished: new Set(), incomplete: []};
    sweeps.set(sweep.id, entry);
    if (saved.data?.benchbook.complete) entry.finished.add(sweep.point);
    else entry.incomplete.push(path, path.replace(/\.json$/, ".events.bin.gz"));
  }
  const latest = [...sweeps.keys()].sort().at(-1);
  const entry = latest === undefined ? undefined : sweeps.get(latest);
  return latest === undefined || entry === undefined ? null : {id: latest, ...entry};
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
