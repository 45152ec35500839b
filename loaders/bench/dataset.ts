// The prompts of a run, as vllm/benchmarks/datasets.py (0.15.1) makes them.

import {readFile} from "node:fs/promises";
import {z} from "zod";
import {Pcg64} from "./pcg64.js";
import {PythonRandom} from "./python-random.js";
import type {Tokenizer} from "./tokenizer.js";

export interface Prompt {
  text: string;
  /** Tokens of the text, without what the server's chat template adds. */
  inputTokens: number;
  outputTokens: number;
}

export interface RandomOptions {
  inputLen: number;
  outputLen: number;
  /** 0 <= r < 1: lengths are drawn from [len(1-r), len(1+r)]. */
  rangeRatio: number;
  prefixLen: number;
}

export interface PrefixRepetitionOptions {
  prefixLen: number;
  suffixLen: number;
  numPrefixes: number;
  outputLen: number;
}

const MAX_RETRY = 10;
const PARALLEL = 16;

/**
 * Prompts of runs of consecutive token ids (datasets.py:441-668): byte for byte vLLM's for the same seed,
 * vocabulary, special ids and tokenizer.
 */
export async function randomDataset(
  count: number,
  seed: number,
  {inputLen, outputLen, rangeRatio, prefixLen}: RandomOptions,
  tokenizer: Tokenizer
): Promise<Prompt[]> {
  const rng = new Pcg64(seed);
  const {vocabSize} = tokenizer;
  const inner = Math.max(0, inputLen - tokenizer.specialTokensAdded);
  const [inputLow, inputHigh] = spread(inner, rangeRatio);
  const [outputLow, outputHigh] = spread(outputLen, rangeRatio).map((n) => Math.max(1, n)) as [
    number,
    number
  ];
  const inputLengths = rng.integers(inputLow, inputHigh + 1, count);
  const outputLengths = rng.integers(outputLow, outputHigh + 1, count);
  const offsets = rng.integers(0, vocabSize, count);
  const allowed = allowedIds(tokenizer);
  const prefix = rng.integers(0, allowed.length, prefixLen).map((i) => allowed[i] ?? 0);

  const wanted = inputLengths.map((length, i) => [
    ...prefix,
    ...Array.from({length}, (_, k) => allowed[((offsets[i] ?? 0) + i + k) % allowed.length] ?? 0)
  ]);
  const firstTry = await mapParallel(wanted, (ids) => roundTrip(tokenizer, ids));
  const prompts: Prompt[] = [];
  for (const [i, {text, ids}] of firstTry.entries()) {
    const fitted = await fit(tokenizer, text, ids, wanted[i]?.length ?? 0, rng);
    prompts.push({text: fitted.text, inputTokens: fitted.ids.length, outputTokens: outputLengths[i] ?? 1});
  }
  return prompts;
}

/**
 * `num_prefixes` prefixes, each with its share of suffixes (datasets.py:3149-3205), shuffled: as in vLLM
 * `(count // numPrefixes) * numPrefixes` prompts. The tokens are drawn by PCG64, not by numpy's global state.
 */
export async function prefixRepetitionDataset(
  count: number,
  seed: number,
  {prefixLen, suffixLen, numPrefixes, outputLen}: PrefixRepetitionOptions,
  tokenizer: Tokenizer
): Promise<Prompt[]> {
  const rng = new Pcg64(seed);
  const exactly = async (length: number) => {
    const {text, ids} = await roundTrip(tokenizer, rng.integers(0, tokenizer.vocabSize, length));
    return (await fit(tokenizer, text, ids, length, rng)).ids;
  };
  const prompts: Prompt[] = [];
  for (let p = 0; p < numPrefixes; p++) {
    const prefix = await exactly(prefixLen);
    for (let s = 0; s < Math.floor(count / numPrefixes); s++) {
      const ids = [...prefix, ...(await exactly(suffixLen))];
      prompts.push({text: await tokenizer.decode(ids), inputTokens: ids.length, outputTokens: outputLen});
    }
  }
  return new PythonRandom(seed).shuffled(prompts);
}

const CustomLine = z.looseObject({prompt: z.string(), output_tokens: z.int().positive().optional()});

/**
 * JSON Lines of `{"prompt", "output_tokens"?}`, shuffled, oversampled to `count`. `outputLen` -1 takes the
 * file's. The prompt is sent as it stands: the chat template is the server's affair.
 */
export async function customDataset(
  count: number,
  seed: number,
  {path, outputLen}: {path: string; outputLen: number},
  tokenizer: Tokenizer
): Promise<Prompt[]> {
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line.trim() !== "");
  const entries = lines.map((line, i) => {
    const entry = CustomLine.safeParse(parseOrNull(line));
    if (!entry.success)
      throw new Error(`${path}:${i + 1}: not {"prompt": text}. Give one JSON object a line.`);
    return entry.data;
  });
  const chosen = oversampled(new PythonRandom(seed).shuffled(entries).slice(0, count), count, seed, path);
  return mapParallel(chosen, async ({prompt, output_tokens}, i) => {
    if (outputLen === -1 && output_tokens === undefined) {
      throw new Error(`${path}: prompt ${i + 1} has no output_tokens. Add them or pass --custom-output-len.`);
    }
    return {
      text: prompt,
      inputTokens: (await tokenizer.encode(prompt)).length,
      outputTokens: outputLen === -1 ? (output_tokens ?? 1) : outputLen
    };
  });
}

const ShareGpt = z.array(z.looseObject({conversations: z.array(z.looseObject({value: z.string()}))}));
const MIN_LEN = 4;
const MAX_PROMPT_LEN = 1024;
const MAX_TOTAL_LEN = 2048;

/** First turns of ShareGPT conversations within vLLM's length limits; `outputLen` null takes the answer's. */
export async function shareGptDataset(
  count: number,
  seed: number,
  {path, outputLen}: {path: string; outputLen: number | null},
  tokenizer: Tokenizer
): Promise<Prompt[]> {
  const parsed = ShareGpt.safeParse(parseOrNull(await readFile(path, "utf8")));
  if (!parsed.success)
    throw new Error(`${path}: not a ShareGPT file. Give a list of {"conversations": [...]}.`);
  const conversations = parsed.data.filter((entry) => entry.conversations.length >= 2);
  const prompts: Prompt[] = [];
  for (const {conversations: turns} of new PythonRandom(seed).shuffled(conversations)) {
    if (prompts.length === count) break;
    const text = turns[0]?.value ?? "";
    const inputTokens = (await tokenizer.encode(text)).length;
    const outputTokens = outputLen ?? (await tokenizer.encode(turns[1]?.value ?? "")).length;
    const fits =
      inputTokens >= MIN_LEN &&
      (outputLen !== null || outputTokens >= MIN_LEN) &&
      inputTokens <= MAX_PROMPT_LEN &&
      inputTokens + outputTokens <= MAX_TOTAL_LEN;
    if (fits) prompts.push({text, inputTokens, outputTokens});
  }
  return oversampled(prompts, count, seed, path);
}

/** [floor(n(1-r)), ceil(n(1+r))], the ends of numpy's half-open draw made inclusive. */
function spread(n: number, ratio: number): [number, number] {
  return [Math.floor(n * (1 - ratio)), Math.ceil(n * (1 + ratio))];
}

function allowedIds({vocabSize, specialIds}: Tokenizer): number[] {
  const special = new Set(specialIds);
  return Array.from({length: vocabSize}, (_, id) => id).filter((id) => !special.has(id));
}

async function roundTrip(tokenizer: Tokenizer, ids: readonly number[]) {
  const text = ids.length === 0 ? "" : await tokenizer.decode(ids);
  return {text, ids: text === "" ? [] : await tokenizer.encode(text)};
}

/** Appends or cuts until the text is `target` tokens long, at most ten times (datasets.py:381-433). */
async function fit(tokenizer: Tokenizer, text: string, ids: number[], target: number, rng: Pcg64) {
  let current = {text, ids};
  for (let left = MAX_RETRY; left > 0 && current.ids.length !== target; left--) {
    const missing = target - current.ids.length;
    const adjusted =
      missing > 0
        ? [...current.ids, ...rng.integers(0, tokenizer.vocabSize, missing)]
        : current.ids.slice(0, target);
    current = await roundTrip(tokenizer, adjusted);
  }
  return current;
}

function oversampled<T>(entries: T[], count: number, seed: number, path: string): T[] {
  if (entries.length === 0) throw new Error(`${path}: holds no usable prompt. Give a file with some.`);
  if (entries.length >= count) return entries;
  return [...entries, ...new PythonRandom(seed).choices(entries, count - entries.length)];
}

async function mapParallel<T, U>(items: readonly T[], map: (item: T, i: number) => Promise<U>): Promise<U[]> {
  const results = new Array<U>(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await map(items[i] as T, i);
    }
  };
  await Promise.all(Array.from({length: Math.min(PARALLEL, items.length)}, worker));
  return results;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
