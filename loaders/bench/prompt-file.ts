// Files of prompts, as --dataset-path names them: read and checked before anything is sent.

import {readFile} from "node:fs/promises";
import {z} from "zod";
import {jsonOr} from "./json.js";
import {type BenchOptions, UsageError} from "./options.js";

interface CustomPrompt {
  text: string;
  outputTokens: number;
}

const CustomLine = z.looseObject({prompt: z.string(), output_tokens: z.int().positive().optional()});

/**
 * JSON Lines of `{"prompt", "output_tokens"?}`; `outputLen` -1 takes the file's `output_tokens`.
 * @throws UsageError
 */
export async function readCustomPrompts(path: string, outputLen: number): Promise<CustomPrompt[]> {
  const prompts = (await readText(path)).split("\n").flatMap((line, i): CustomPrompt[] => {
    if (line.trim() === "") return [];
    const {data} = CustomLine.safeParse(jsonOr(line, null));
    if (!data) {
      throw new UsageError(`${path}:${i + 1}: not {"prompt": text}. Give one JSON object a line.`);
    }
    const outputTokens = outputLen === -1 ? data.output_tokens : outputLen;
    if (outputTokens === undefined) {
      throw new UsageError(`${path}:${i + 1}: no output_tokens. Add them or pass --custom-output-len.`);
    }
    return [{text: data.prompt, outputTokens}];
  });
  if (prompts.length === 0) {
    throw new UsageError(`${path}: holds no prompt. Give one {"prompt": text} a line.`);
  }
  return prompts;
}

/** The first two turns of a conversation. */
interface Exchange {
  prompt: string;
  answer: string;
}

const ShareGpt = z.array(
  z.looseObject({conversations: z.array(z.looseObject({value: z.string()})).nullish()})
);

/**
 * A ShareGPT file; as in vLLM an entry with fewer than two turns, or none, is left out.
 * @throws UsageError
 */
export async function readShareGpt(path: string): Promise<Exchange[]> {
  const parsed = ShareGpt.safeParse(jsonOr(await readText(path), null));
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join(".");
    const where = at ? ` at ${at}` : "";
    throw new UsageError(
      `${path}: not a ShareGPT file${where}. Give a list of {"conversations": [{"value": text}, …]}.`
    );
  }
  const exchanges = parsed.data.flatMap(({conversations}): Exchange[] => {
    const [first, second] = conversations ?? [];
    return first && second ? [{prompt: first.value, answer: second.value}] : [];
  });
  if (exchanges.length === 0) {
    throw new UsageError(`${path}: no conversation has two turns. Give a ShareGPT file with some.`);
  }
  return exchanges;
}

/**
 * Reads the file a call takes its prompts from, where it takes them from one.
 * @throws UsageError
 */
export async function checkPromptFile(options: BenchOptions): Promise<void> {
  const path = options["dataset-path"] ?? "";
  if (options["dataset-name"] === "custom") await readCustomPrompts(path, options["custom-output-len"]);
  if (options["dataset-name"] === "sharegpt") await readShareGpt(path);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--dataset-path ${path}: ${why}. Name a file that can be read.`);
  }
}
