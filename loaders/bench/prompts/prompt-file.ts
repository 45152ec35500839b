// Reads and checks the prompt file of --dataset-path, before anything is sent.

import {createReadStream} from "node:fs";
import {z} from "zod";
import {messageOf} from "../../errors/message-of.js";
import {UsageError} from "../../errors/usage-error.js";
import {jsonOr} from "../../formats/parse-json.js";
import type {BenchOptions} from "../call/bench-flags.js";
import {elementsOf, linesOf} from "./text-parts.js";

interface CustomPrompt {
  text: string;
  outputTokens: number;
}

const CustomLine = z.looseObject({
  prompt: z.string(),
  output_tokens: z.int().positive().optional().catch(undefined)
});

/**
 * JSON Lines of `{"prompt", "output_tokens"?}`; `outputLen` -1 takes the file's `output_tokens`.
 * @throws UsageError
 */
export async function readCustomPrompts(path: string, outputLen: number): Promise<CustomPrompt[]> {
  const prompts: CustomPrompt[] = [];
  let number = 0;
  for await (const line of linesOf(partsOf(path))) {
    number++;
    if (line.trim() === "") continue;
    const {data} = CustomLine.safeParse(jsonOr(line, null));
    if (!data) {
      throw new UsageError(`${path}:${number}: not {"prompt": text}. Give one JSON object per line.`);
    }
    const outputTokens = outputLen === -1 ? data.output_tokens : outputLen;
    if (outputTokens === undefined) {
      throw new UsageError(
        `${path}:${number}: no output_tokens above 0. Add them or pass --custom-output-len.`
      );
    }
    prompts.push({text: data.prompt, outputTokens});
  }
  if (prompts.length === 0) {
    throw new UsageError(`${path}: holds no prompt. Give one {"prompt": text} per line.`);
  }
  return prompts;
}

/** The first two turns of a conversation. */
interface Exchange {
  prompt: string;
  answer: string;
}

const Turn = z.looseObject({value: z.string()});
/** Only the first two turns are read. */
const Conversation = z.looseObject({
  conversations: z
    .array(z.unknown())
    .transform((turns) => turns.slice(0, 2))
    .pipe(z.array(Turn))
    .nullish()
});

/**
 * A ShareGPT file; as in vLLM, entries with fewer than two turns are left out.
 * @throws UsageError
 */
export async function readShareGpt(path: string): Promise<Exchange[]> {
  const refusal = (at: string) =>
    new UsageError(
      `${path}: not a ShareGPT file${at}. Give a list of {"conversations": [{"value": text}, …]}.`
    );
  const exchanges: Exchange[] = [];
  let index = 0;
  try {
    for await (const element of elementsOf(partsOf(path))) {
      const parsed = Conversation.safeParse(jsonOr(element, null));
      if (!parsed.success) {
        throw refusal(` at ${[index, ...(parsed.error.issues[0]?.path ?? [])].join(".")}`);
      }
      const [first, second] = parsed.data.conversations ?? [];
      if (first && second) exchanges.push({prompt: first.value, answer: second.value});
      index++;
    }
  } catch (error) {
    throw error instanceof SyntaxError ? refusal("") : error;
  }
  if (exchanges.length === 0) {
    throw new UsageError(`${path}: no conversation has two turns. Give a ShareGPT file that has some.`);
  }
  return exchanges;
}

/**
 * Reads the file of a call's prompts, if it has one.
 * @throws UsageError
 */
export async function checkPromptFile(options: BenchOptions): Promise<void> {
  const path = options["dataset-path"] ?? "";
  if (options["dataset-name"] === "custom") await readCustomPrompts(path, options["custom-output-len"]);
  if (options["dataset-name"] === "sharegpt") await readShareGpt(path);
}

/** The text of a file in parts, since it may exceed the longest possible string. */
async function* partsOf(path: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(path, {encoding: "utf8", highWaterMark: 1 << 20});
  } catch (error) {
    const why = messageOf(error);
    throw new UsageError(`--dataset-path ${path}: ${why}. Name a readable file.`);
  }
}
