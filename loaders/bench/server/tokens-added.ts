// The tokens that a server puts around a prompt: special tokens of its tokenizer, or those of its chat template.

import {z} from "zod";
import type {Tokenizer} from "./host-tokenizer.js";
import type {HttpJson} from "./http-json.js";
import type {PayloadOptions} from "./payload.js";

const Counted = z.looseObject({count: z.int().nonnegative()});
const TEXT = "a";

/**
 * How many tokens the server adds to each prompt of this backend, according to its own `/tokenize`; `null` if it does
 * not say.
 */
export async function tokensAdded(
  http: HttpJson,
  tokenizer: Tokenizer,
  {backend, model, extraBody}: Pick<PayloadOptions, "backend" | "model" | "extraBody">
): Promise<number | null> {
  if (!tokenizer.exact) return null;
  const sent =
    backend === "openai-chat"
      ? {messages: [{role: "user", content: [{type: "text", text: TEXT}]}]}
      : {prompt: TEXT, add_special_tokens: true};
  try {
    const [plain, {status, body}] = await Promise.all([
      tokenizer.encode(TEXT),
      http("POST", "/tokenize", {model, ...sent, ...extraBody})
    ]);
    const counted = Counted.safeParse(body).data?.count;
    return status === 200 && counted !== undefined ? counted - plain.length : null;
  } catch {
    return null;
  }
}
