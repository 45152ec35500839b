// The tokenizer for prompts of an exact length: the server's own or, without one, plain words.

import {z} from "zod";
import {TYPED} from "../call/flag-names.js";
import {serverMessage} from "../stream/failure.js";
import {HostError} from "./host-error.js";
import type {HttpJson} from "./http-json.js";

export interface Tokenizer {
  /** The tokenizer's name, for the record. */
  readonly name: string;
  /** False if token counts are only estimates. */
  readonly exact: boolean;
  readonly vocabSize: number;
  readonly specialIds: readonly number[];
  /** Tokens the server adds around a prompt (BOS and the like). */
  readonly specialTokensAdded: number;
  decode(ids: readonly number[]): Promise<string>;
  encode(text: string): Promise<number[]>;
}

const Tokens = z.object({tokens: z.array(z.int())});
const Prompt = z.object({prompt: z.string()});
/** An added token, which vLLM writes as bare text and transformers as an object. */
const Token = z.union([
  z.string().transform((content) => ({content, special: false})),
  z
    .looseObject({content: z.string(), special: z.boolean().default(false)})
    .transform(({content, special}) => ({content, special}))
]);
const TokenizerInfo = z.looseObject({
  vocab_size: z.int().positive().optional().catch(undefined),
  added_tokens_decoder: z.record(z.string(), Token).default({}).catch({}),
  additional_special_tokens: z.array(Token).default([]).catch([]),
  all_special_tokens: z.array(Token).default([]).catch([])
});

interface TokenizerOptions {
  /** `tokenizer.vocab_size` of the model's tokenizer; null asks the server. */
  vocabSize: number | null;
  /** `tokenizer.all_special_ids`, which random prompts leave out; null asks `/tokenizer_info`. */
  specialIds: readonly number[] | null;
}

/**
 * The tokenizer behind `POST /tokenize` and `/detokenize`. Resolves to `null` if the server has none. Neither endpoint
 * tells the size of the vocabulary: it comes from `options`, from `/tokenizer_info`, or from the highest id that
 * `/detokenize` accepts.
 */
export async function serverTokenizer(
  http: HttpJson,
  model: string,
  options: TokenizerOptions,
  names = TYPED
): Promise<Tokenizer | null> {
  const encode = async (text: string, special = false): Promise<number[]> => {
    const {status, body} = await http("POST", "/tokenize", {
      model,
      prompt: text,
      add_special_tokens: special
    });
    if (status !== 200) throw refusal("/tokenize", status, body);
    return Tokens.parse(body).tokens;
  };
  const decode = async (ids: readonly number[]): Promise<string> => {
    const {status, body} = await http("POST", "/detokenize", {model, tokens: ids});
    if (status !== 200) throw refusal("/detokenize", status, body);
    return Prompt.parse(body).prompt;
  };
  let specialTokensAdded: number;
  try {
    const [plain, wrapped] = await Promise.all([encode("a"), encode("a", true)]);
    await decode(plain);
    specialTokensAdded = wrapped.length - plain.length;
  } catch {
    return null;
  }
  const info = await tokenizerInfo(http);
  const specialIds = options.specialIds ?? (info ? specialIdsOf(info) : []);
  const stated = options.vocabSize ?? info?.vocab_size ?? null;
  const vocabSize = stated ?? (await highestId(decode)) + 1;
  if (options.vocabSize !== null) {
    await decode([vocabSize - 1]).catch(() => {
      throw new HostError(
        `${names.of("vocab-size")} ${vocabSize}: the server has no token ${vocabSize - 1}. Lower it to the server's vocabulary.`
      );
    });
  }
  const origin = options.vocabSize ? "given" : stated ? "of /tokenizer_info" : "found by /detokenize";
  return {
    name: `the server's (/tokenize, /detokenize), vocabulary of ${vocabSize} ${origin}`,
    exact: true,
    vocabSize,
    specialIds: specialIds.filter((id) => id < vocabSize),
    specialTokensAdded,
    decode,
    encode: (text) => encode(text)
  };
}

function refusal(path: string, status: number, body: unknown): HostError {
  const remedy = status === 429 || status === 503 ? "Try again later" : "See the server's log";
  return new HostError(`POST ${path}: HTTP ${status}: ${serverMessage(body)}. ${remedy}.`);
}

/**
 * Ids of added tokens that are marked as special, or named by a field such as `eos_token` or
 * `additional_special_tokens`.
 */
function specialIdsOf(info: z.infer<typeof TokenizerInfo>): number[] {
  const single = Object.entries(info)
    .filter(([field]) => field.endsWith("_token"))
    .flatMap(([, value]) => Token.safeParse(value).data ?? []);
  const named = new Set(
    [...single, ...info.additional_special_tokens, ...info.all_special_tokens].map(({content}) => content)
  );
  return Object.entries(info.added_tokens_decoder)
    .filter(([, {content, special}]) => special || named.has(content))
    .map(([id]) => Number(id));
}

async function tokenizerInfo(http: HttpJson): Promise<z.infer<typeof TokenizerInfo> | null> {
  try {
    const {status, body} = await http("GET", "/tokenizer_info");
    return status === 200 ? (TokenizerInfo.safeParse(body).data ?? null) : null;
  } catch {
    return null;
  }
}

/** Finds the highest id by doubling, then bisection. An id is in the vocabulary if it decodes to some text. */
async function highestId(decode: (ids: readonly number[]) => Promise<string>): Promise<number> {
  const known = async (id: number) => (await decode([id]).catch(() => "")) !== "";
  let low = 127;
  let high = 256;
  while (high < 2 ** 22 && (await known(high - 1))) {
    low = high - 1;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await known(middle)) low = middle;
    else high = middle;
  }
  return low;
}

const WORDS =
  "the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so said what up its about into than them can only other time new some could these two may first then do any my now such like our over man me even most made after also did many";

/** Counts each common English word as one token, to estimate any model's tokens. */
export function wordTokenizer(): Tokenizer {
  const words = WORDS.split(" ");
  const ids = new Map(words.map((word, id) => [word, id]));
  return {
    name: `none on the server: one of ${words.length} common English words stands for a token`,
    exact: false,
    vocabSize: words.length,
    specialIds: [],
    specialTokensAdded: 0,
    decode: async (tokens) => tokens.map((id) => words[id] ?? words[0]).join(" "),
    encode: async (text) =>
      text
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => ids.get(word) ?? 0)
  };
}
