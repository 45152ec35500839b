// Runs all points of a call in turn. Each is on disk before the next begins.

import {rm} from "node:fs/promises";
import {messageOf} from "../../errors/message-of.js";
import {writeRun} from "../../formats/benchbook-result.js";
import type {Run, RunSettings} from "../../formats/run-record.js";
import type {BenchOptions} from "../call/bench-flags.js";
import {callFingerprint, type Point, planOf, pointsOf, settingsOf, turnsOf} from "../call/plan.js";
import {promptsBySeed, seedNote} from "../prompts/prompts-by-seed.js";
import {answers, checkVersion, type Host, resetPrefixCache} from "../server/host.js";
import type {Prompt} from "../server/payload.js";
import type {PointEnd} from "./point-end.js";
import type {Progress} from "./progress.js";
import {ResultError} from "./result-error.js";
import {type Conditions, findSweep, sha256OfFile, subjectOf} from "./resume.js";
import {runPoint} from "./run-point.js";

/** One server of a sweep. The options of arms differ only in server, series and folder. */
export interface Arm {
  options: BenchOptions;
  host: Host;
  folder: string;
}

interface SweepEffects {
  signal: AbortSignal;
  progress: Progress;
  /** Prints a line for the user. */
  say: (line: string) => void;
  /** Called with each run once it is on disk. */
  onRun: (run: Run, path: string) => void;
}

/** How the last point ended: the first unfinished point ends the sweep. */
export interface SweepOutcome {
  end: PointEnd;
  /** The run that was cut short; `null` if none had begun. */
  cutShort: Run | null;
}

/** Runs every point that `--resume` does not find finished. Rejects if results cannot be written. */
export async function runSweep(arms: readonly Arm[], effects: SweepEffects): Promise<SweepOutcome> {
  const [first] = arms;
  if (first === undefined) return {end: "finished", cutShort: null};
  const path = first.options["dataset-path"];
  const datasetSha256 = path === undefined ? null : await sha256OfFile(path);
  const startedAt = new Date().toISOString();
  const able = await Promise.all(
    arms.map(async (arm) => ({...arm, canReset: await resetPrefixCache(arm.host.http, effects.signal)}))
  );
  // Whether a server resets its cache is then unknown, but it distinguishes sweeps.
  if (effects.signal.aborted) return {end: "interrupted", cutShort: null};
  /** The same for all arms, so that all get the same prompts. */
  const keepsSeed = able.every(({canReset}) => canReset);
  const sweeps: ArmSweep[] = [];
  for (const arm of able) sweeps.push(await resumed(arm, {startedAt, datasetSha256, keepsSeed}, effects));
  const prepared: PreparedArm[] = [];
  for (const sweep of sweeps) prepared.push(await prepare(sweep, effects));

  for (const {point, arm} of turnsOf(pointsOf(first.options), prepared)) {
    if (arm.finished.has(point.index)) continue;
    if (effects.signal.aborted) return {end: "interrupted", cutShort: null};
    const prefix = arms.length > 1 ? `${arm.options.series} ` : "";
    const title = `${prefix}${titleOf(point, arm.options)}`;
    const seed = keepsSeed ? arm.options.seed : (arm.options.seed + point.index) % 2 ** 32;
    const {end, run} = await measure(arm, {point, seed, title}, effects);
    if (end !== "finished") return {end, cutShort: run};
  }
  return {end: "finished", cutShort: null};
}

/** An arm, and whether its server empties its prefix cache on request. */
interface AbleArm extends Arm {
  canReset: boolean;
}

interface ArmSweep extends AbleArm {
  sweep: Omit<NonNullable<Run["sweep"]>, "point">;
  finished: ReadonlySet<number>;
  incomplete: readonly string[];
}

/** Where an arm resumes. Changes nothing, so that a failure of one arm leaves the others alone. */
async function resumed(
  arm: AbleArm,
  {startedAt, ...common}: {startedAt: string} & Omit<Conditions, "resetsPrefixCache">,
  {say}: SweepEffects
): Promise<ArmSweep> {
  const {options, host, folder, canReset} = arm;
  const points = pointsOf(options).length;
  const call = callFingerprint(options);
  const subject = subjectOf(options, host, {...common, resetsPrefixCache: canReset});
  const previous = options.resume ? await findSweep(folder, call, subject) : null;
  if (options.resume) {
    say(
      previous
        ? `Resuming in ${folder}: ${previous.finished.size} of ${points} points are finished.`
        : `Nothing to resume in ${folder}: starting at the first point.`
    );
  }
  return {
    ...arm,
    sweep: {id: previous?.id ?? startedAt, plan: planOf(call, subject), points, call, subject},
    finished: previous?.finished ?? new Set(),
    incomplete: previous?.incomplete ?? []
  };
}

interface PreparedArm extends ArmSweep {
  promptsOf: (seed: number) => Promise<Prompt[]>;
}

async function prepare(arm: ArmSweep, {signal, say}: SweepEffects): Promise<PreparedArm> {
  const {options, host, sweep, incomplete, canReset} = arm;
  await Promise.all(incomplete.map((path) => rm(path, {force: true})));
  if (!canReset && sweep.points > 1) say(seedNote(options));
  return {...arm, promptsOf: promptsBySeed(options, host.tokenizer, signal)};
}

async function measure(
  arm: PreparedArm,
  {point, seed, title}: {point: Point; seed: number; title: string},
  {signal, progress, onRun}: SweepEffects
): Promise<{end: PointEnd; run: Run | null}> {
  const {options, host, canReset, sweep} = arm;
  let prompts: Prompt[];
  try {
    prompts = await arm.promptsOf(seed);
  } catch (error) {
    if (signal.aborted) return {end: "interrupted", run: null};
    if (!(await answers(host.http))) return {end: "host-gone", run: null};
    throw error;
  }
  await checkVersion(host, options["base-url"], signal);
  const prefixCacheReset = canReset ? await resetPrefixCache(host.http, signal) : false;
  const settings: RunSettings = {
    ...settingsOf(options),
    model: host.modelId,
    tokenizer: host.tokenizer.name,
    vocab_size: host.tokenizer.vocabSize,
    special_ids: [...host.tokenizer.specialIds],
    num_prompts: prompts.length,
    continuous_usage: host.continuousUsage,
    max_concurrency: point.maxConcurrency,
    seed
  };
  let last: Parameters<Progress["finish"]>[1] | null = null;
  const {run, result, end} = await runPoint({
    host,
    settings,
    prompts,
    maxFailures: options["max-failures"] ?? Infinity,
    keepTexts: options["save-detailed"],
    prefixCacheReset,
    signal,
    onProgress: (state) => {
      last = state;
      progress.update(title, state);
    },
    identity: {
      id: [options.series ?? [], sweep.id, point.index].flat().join("-"),
      series: options.series ?? null,
      repeat: point.repeat,
      sweep: {...sweep, point: point.index}
    }
  });
  if (last) progress.finish(title, last);
  if (run.requests?.length === 0) return {end, run: null};
  const path = await writeRun(arm.folder, result, run, host.redact).catch((error: unknown) => {
    throw new ResultError(
      `${arm.folder}: the result cannot be written: ${messageOf(error)}. Free some space or fix the folder, and run the same command with --resume.`
    );
  });
  onRun(run, path);
  return {end, run};
}

function titleOf({maxConcurrency, repeat}: Point, {repeats}: BenchOptions): string {
  return `C=${maxConcurrency ?? "∞"} ${repeat + 1}/${repeats}`;
}
