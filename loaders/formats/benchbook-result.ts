// Benchbook's own result: one JSON file for each run, which vLLM's tools can read (same keys, order and file name).
// What vLLM does not know is under the key `benchbook`, and the chunks are in a columnar file beside it.

import {mkdir, readFile, rm, stat} from "node:fs/promises";
import {dirname, join} from "node:path";
import {z} from "zod";
import {decodeEvents, encodeEvents} from "./events.js";
import {firstIssue} from "./first-issue.js";
import {parsePythonJson} from "./parse-json.js";
import {OWN_WORDS, type Run, RunRecord} from "./run-record.js";
import {sha256} from "./sha256.js";
import {resultFileName, VllmResult} from "./vllm-file.js";
import {writeAtomic} from "./write-atomic.js";

const EventsReference = z.object({
  file: z.string().regex(/^(?!\.{1,2}$)[^/\\]+$/, "not the bare name of a file beside it"),
  rows: z.int(),
  sha256: z.string()
});

const BenchbookResult = z.looseObject({
  benchbook: RunRecord.extend({events: EventsReference.nullable()})
});

/** Whether a parsed document is Benchbook's rather than vLLM's own. */
export function isBenchbookResult(document: unknown): boolean {
  return typeof document === "object" && document !== null && Object.hasOwn(document, "benchbook");
}

/**
 * Writes `result` with `run` under `benchbook`. The events are written first, so that every JSON file is complete;
 * the name of an incomplete run ends in `-partial`. Every string goes through `redact`, except the words of the
 * schema and what the run says about itself.
 * Creates the folder, and never overwrites another run. Resolves to the path of the JSON file.
 */
export async function writeRun(
  folder: string,
  result: VllmResult,
  run: Run,
  redact: (text: string) => string
): Promise<string> {
  await mkdir(folder, {recursive: true});
  const {label, model} = run.settings;
  const named = {label: label && redact(label), model: model && inFileName(redact(model))};
  const ending = run.complete ? "" : "-partial";
  const fileName = resultFileName({...run.settings, ...named}, run.date ?? "");
  const name = await freeName(folder, fileName.replace(/\.json$/, ending));
  const {events, ...record} = run;
  let reference: z.infer<typeof EventsReference> | null = null;
  if (events) {
    const bytes = encodeEvents(events);
    const file = eventsName(name);
    reference = {file, rows: events.request.length, sha256: sha256(bytes)};
    await writeAtomic(join(folder, file), bytes);
  }
  const path = join(folder, `${name}.json`);
  const {benchbook: _, ...vllm} = result;
  const benchbook = {...record, events: reference};
  /** Names, hashes and times of the run itself, which come neither from a server nor from a header. */
  const own: unknown[] = [benchbook, benchbook.events, benchbook.sweep];
  const whole = {...vllm, benchbook};
  const text = JSON.stringify(whole, function (this: unknown, key, value: unknown) {
    const isForeign =
      typeof value === "string" &&
      !OWN_WORDS.has(value) &&
      !own.includes(this) &&
      !(this === whole && key === "date");
    return isForeign ? redact(value) : value;
  });
  try {
    await writeAtomic(path, text);
  } catch (error) {
    if (reference !== null) await rm(join(folder, reference.file), {force: true});
    throw error;
  }
  return path;
}

/** A file name has at most 255 bytes, and only the model's part of it is unlimited. */
const LONGEST_MODEL = 100;

/** The server's name for its model, shortened to fit in a file name. */
function inFileName(model: string): string {
  const name = model.split("/").at(-1) ?? "";
  const held = name.replace(/[\p{Cc}\\]/gu, "_");
  return Buffer.from(held).subarray(0, LONGEST_MODEL).toString();
}

/**
 * The run of a parsed document that {@link writeRun} wrote to `path`, with the events beside it.
 * Throws a one-line Error: file, what is wrong, what to do.
 */
export async function benchbookRun(document: unknown, path: string): Promise<Run> {
  const {benchbook, ...vllm} = parsedAs(BenchbookResult, document, path);
  parsedAs(VllmResult, vllm, path);
  const {events, ...record} = benchbook;
  return {...record, events: events && (await readEvents(join(dirname(path), events.file), events.sha256))};
}

function parsedAs<T extends z.ZodType>(schema: T, document: unknown, path: string): z.output<T> {
  const {data, error} = schema.safeParse(document);
  if (error === undefined) return data;
  throw new Error(
    `${path}: not a result of npm run bench: ${firstIssue(error, document)}. Run the benchmark again.`
  );
}

/** The name of the events file for a result called `name`, without extension. */
export function eventsName(name: string): string {
  return `${name}.events.bin.gz`;
}

const Referring = z.looseObject({benchbook: z.looseObject({events: EventsReference})});

/** The events file that the text of a result names; null if it names none, or is vLLM's. */
export function eventsFile(text: string): string | null {
  return Referring.safeParse(jsonOf(text)).data?.benchbook.events.file ?? null;
}

/** The text of a result with its events file renamed to `file`. */
export function withEventsFile(text: string, file: string): string {
  const {benchbook, ...vllm} = Referring.parse(parsePythonJson(text));
  const {events, ...record} = benchbook;
  return JSON.stringify({...vllm, benchbook: {...record, events: {...events, file}}});
}

function jsonOf(text: string): unknown {
  try {
    return parsePythonJson(text);
  } catch {
    return null;
  }
}

async function readEvents(path: string, expected: string) {
  const bytes = await readFile(path).catch(() => {
    throw new Error(`${path}: missing. Copy it beside its result file.`);
  });
  if (sha256(bytes) !== expected) {
    throw new Error(`${path}: differs from what its result file describes. Restore both from one copy.`);
  }
  try {
    return decodeEvents(bytes);
  } catch {
    throw new Error(
      `${path}: not an events file of version 1. Update Benchbook, or run the benchmark again.`
    );
  }
}

/** vLLM's names have a resolution of one second; a second run in the same second gets `-2`. */
async function freeName(folder: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}-${n}`;
    const taken = await stat(join(folder, `${candidate}.json`)).then(
      () => true,
      () => false
    );
    if (!taken) return candidate;
  }
}
