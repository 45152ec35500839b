// Makes the prompts of each point, once for each seed, until interrupted.

import type {BenchOptions} from "../call/bench-flags.js";
import type {Tokenizer} from "../server/host-tokenizer.js";
import type {Prompt} from "../server/payload.js";
import {untilAborted} from "../tools/until-aborted.js";
import {customDataset, prefixRepetitionDataset, randomDataset, shareGptDataset} from "./datasets.js";

/** Makes prompts once for each seed, since each costs the server two requests. Rejects when `signal` is aborted. */
export function promptsBySeed(
  options: BenchOptions,
  tokenizer: Tokenizer,
  signal: AbortSignal
): (seed: number) => Promise<Prompt[]> {
  let latest: {seed: number; prompts: Promise<Prompt[]>} | null = null;
  const asking = stoppable(tokenizer, signal);
  return (seed) => {
    if (latest?.seed !== seed) latest = {seed, prompts: promptsOf(options, asking, seed)};
    return untilAborted(signal, latest.prompts);
  };
}

/** Explains why each point has its own seed if the prefix cache cannot be reset. */
export function seedNote({"dataset-name": dataset, "base-url": url}: BenchOptions): string {
  const start = `${url} does not reset its prefix cache: each point gets its own seed`;
  switch (dataset) {
    case "random":
    case "prefix_repetition":
      return `${start}, and with it new prompts.`;
    case "custom":
    case "sharegpt":
      return `${start}, but all draw from one file: repeated prompts are in the cache. Start the server with VLLM_SERVER_DEV_MODE=1 to have it reset.`;
  }
}

function stoppable(tokenizer: Tokenizer, signal: AbortSignal): Tokenizer {
  return {
    ...tokenizer,
    decode: async (ids) => {
      signal.throwIfAborted();
      return tokenizer.decode(ids);
    },
    encode: async (text) => {
      signal.throwIfAborted();
      return tokenizer.encode(text);
    }
  };
}

function promptsOf(options: BenchOptions, tokenizer: Tokenizer, seed: number): Promise<Prompt[]> {
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
        tokenizer,
        options.names
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
