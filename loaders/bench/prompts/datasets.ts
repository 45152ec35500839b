// Makes the prompts of a run, as vllm/benchmarks/datasets.py (0.15.1) does.

import {UsageError} from "../../errors/usage-error.js";
import {TYPED} from "../call/flag-names.js";
import {Pcg64} from "../python/pcg64.js";
import {PythonRandom} from "../python/python-random.js";
import type {Tokenizer} from "../server/host-tokenizer.js";
import type {Prompt} from "../server/payload.js";
import {mapParallel} from "../tools/map-parallel.js";
import {readCustomPrompts, readShareGpt} from "./prompt-file.js";

interface RandomOptions {
  inputLen: number;
  outputLen: number;
  /** 0 <= r < 1: lengths are drawn from [len(1-r), len(1+r)]. */
  rangeRatio: number;
  prefixLen: number;
}

interface PrefixRepetitionOptions {
  prefixLen: number;
  suffixLen: number;
  numPrefixes: number;
  outputLen: number;
}

const MAX_RETRY = 10;

/**
 * Prompts of consecutive token ids (datasets.py:441-668): byte for byte vLLM's for the same seed, vocabulary,
 * special ids and tokenizer.
 */
export async function randomDataset(
  count: number,
  seed: number,
  {inputLen, outputLen, rangeRatio, prefixLen}: RandomOptions,
  tokenizer: Tokenizer,
  {of} = TYPED
): Promise<Prompt[]> {
  const rng = new Pcg64(seed);
  const {vocabSize} = tokenizer;
  const inner = Math.max(0, inputLen - tokenizer.specialTokensAdded);
  const [inputLow, inputHigh] = spread(inner, rangeRatio);
  if (prefixLen + inputLow < 1) {
    throw new UsageError(
      `${of("random-input-len")} ${inputLen} leaves a prompt no token besides the ${tokenizer.specialTokensAdded} that the server adds: raise it, or lower ${of("random-range-ratio")}.`
    );
  }
  const [outputLow, outputHigh] = spread(outputLen, rangeRatio);
  const inputLengths = rng.integers(inputLow, inputHigh + 1, count);
  const outputLengths = rng.integers(Math.max(1, outputLow), Math.max(1, outputHigh) + 1, count);
  const offsets = rng.integers(0, vocabSize, count);
  const allowed = allowedIds(tokenizer);
  if (allowed.length === 0) {
    throw new UsageError(
      `${of("special-ids")} leaves no token of the vocabulary: name fewer, or raise ${of("vocab-size")}.`
    );
  }
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
 * `num_prefixes` prefixes, each with its share of suffixes (datasets.py:3149-3205), shuffled. As in vLLM, there are
 * `(count // numPrefixes) * numPrefixes` prompts. PCG64 draws the tokens, not numpy's global state.
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

/**
 * The file's prompts, shuffled and oversampled to `count`; `outputLen` -1 takes the file's lengths. Prompts are sent
 * unchanged, since the server applies the chat template.
 */
export async function customDataset(
  count: number,
  seed: number,
  {path, outputLen}: {path: string; outputLen: number},
  tokenizer: Tokenizer
): Promise<Prompt[]> {
  const entries = await readCustomPrompts(path, outputLen);
  const shuffled = new PythonRandom(seed).shuffled(entries).slice(0, count);
  return mapParallel(oversampled(shuffled, count, seed), async ({text, outputTokens}) => ({
    text,
    inputTokens: await lengthInFile(tokenizer, text),
    outputTokens
  }));
}

const MIN_LEN = 4;
const MAX_PROMPT_LEN = 1024;
const MAX_TOTAL_LEN = 2048;

/** First turns of ShareGPT conversations within vLLM's limits; `outputLen` null takes the answer's length. */
export async function shareGptDataset(
  count: number,
  seed: number,
  {path, outputLen}: {path: string; outputLen: number | null},
  tokenizer: Tokenizer
): Promise<Prompt[]> {
  const exchanges = await readShareGpt(path);
  const prompts: Prompt[] = [];
  for (const {prompt: text, answer} of new PythonRandom(seed).shuffled(exchanges)) {
    if (prompts.length === count) break;
    const inputTokens = await lengthInFile(tokenizer, text);
    const outputTokens = outputLen ?? (await lengthInFile(tokenizer, answer));
    const fits =
      inputTokens >= MIN_LEN &&
      (outputLen !== null || outputTokens >= MIN_LEN) &&
      inputTokens <= MAX_PROMPT_LEN &&
      inputTokens + outputTokens <= MAX_TOTAL_LEN;
    if (fits) prompts.push({text, inputTokens, outputTokens});
  }
  if (prompts.length === 0) {
    throw new UsageError(
      `${path}: no first turn has ${MIN_LEN} to ${MAX_PROMPT_LEN} tokens, and ${MAX_TOTAL_LEN} with its answer. Give a file that has some.`
    );
  }
  return oversampled(prompts, count, seed);
}

/** The datasets whose texts vLLM counts including special tokens. */
export const COUNTED_WITH_SPECIAL_TOKENS: readonly string[] = ["custom", "sharegpt"];

/** The same as `len(tokenizer(text).input_ids)`. */
async function lengthInFile(tokenizer: Tokenizer, text: string): Promise<number> {
  return (await tokenizer.encode(text)).length + tokenizer.specialTokensAdded;
}

/** [floor(n(1-r)), ceil(n(1+r))]: numpy's half-open range with both ends inclusive. */
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

/** Extends or cuts the text until it has `target` tokens, at most ten times (datasets.py:381-433). */
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

/** Adds one `random.choice` for each missing entry (datasets.py:214-254). */
function oversampled<T extends NonNullable<unknown>>(entries: T[], count: number, seed: number): T[] {
  if (entries.length >= count) return entries;
  const random = new PythonRandom(seed);
  return [...entries, ...Array.from({length: count - entries.length}, () => random.choice(entries))];
}
