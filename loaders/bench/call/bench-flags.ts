// The flags of npm run bench, named as in vLLM's client, each with its default and its text in the help.

import {z} from "zod";
import {type FlagGroup, flag, toggle} from "../../flags/flag.js";
import {list, lists, numeric, text} from "../../flags/flag-schemas.js";
import {concurrency, count} from "../../formats/numbers.js";
import {jsonOr} from "../../formats/parse-json.js";
import {BACKENDS, DATASET_NAMES, LATENCIES} from "../../formats/run-record.js";
import type {FlagNames} from "./flag-names.js";

const number = numeric(z.number());
const above0 = numeric(z.number().positive());
const whole = numeric(z.int());
const positive = numeric(count.positive());
const natural = numeric(count);
const infinite = z
  .string()
  .regex(/^(inf|infinity)$/i)
  .transform(() => Infinity);
const above0OrInf = z.union([infinite, above0], "not a number above 0 or inf");
const jsonObject = z.string().transform((text, context) => {
  const parsed = z.record(z.string(), z.unknown()).safeParse(jsonOr(text, null));
  if (parsed.success) return parsed.data;
  context.addIssue("not a JSON object");
  return z.NEVER;
});
/** `name:value` pairs; names with the same `keyOf` mean the same. */
const pairs = (separator: string, keyOf = (name: string) => name) =>
  z.array(z.string()).transform((entries, context) => {
    const split = entries.map((entry): [string, string] => {
      const at = entry.indexOf(separator);
      if (at < 1) context.addIssue(`expected KEY${separator}VALUE`);
      return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
    });
    const keys = split.map(([name]) => keyOf(name));
    const twice = split.find(([name], i) => keys.indexOf(keyOf(name)) !== i);
    if (twice) context.addIssue(`names ${twice[0]} twice: name it once`);
    return Object.fromEntries(split);
  });

const Goodput = z.partialRecord(z.enum(["ttft", "tpot", "e2el"]), above0);

/** The flags that each preset sets. To give one of them as well is a contradiction. */
export const PRESETS = {
  published: {
    backend: "openai-chat",
    endpoint: "/v1/chat/completions",
    "dataset-name": "random",
    "random-input-len": "512",
    "random-output-len": "256",
    "num-prompts": "32",
    "max-concurrency": ["1,2,4,8,16"]
  }
} satisfies Record<string, Record<string, string | string[]>>;

const {published} = PRESETS;

const server = {
  "base-url": flag(
    z.url({protocol: /^https?$/, error: "not a URL of http:// or https://"}),
    "URL …",
    "without /v1; VLLM_BASE_URL is the default. Several URLs are the arms of a comparison: give each a --series. They take turns at each concurrency of each repeat, in reverse order in every second repeat (ABBA)"
  ),
  backend: flag(
    z.enum(BACKENDS).default("openai"),
    "NAME",
    "openai or vllm for completions, openai-chat for chat"
  ),
  endpoint: flag(
    z.string().startsWith("/").optional(),
    "PATH",
    "by default /v1/completions, or /v1/chat/completions with openai-chat"
  ),
  model: flag(text.optional(), "NAME", "by default the first one that the server lists"),
  "served-model-name": flag(text.optional(), "NAME", "the name in the payload, if it differs from --model"),
  header: flag(
    pairs("=", (name) => name.toLowerCase()).default({}),
    "KEY=VALUE …",
    "sent with every request, never recorded"
  ),
  insecure: toggle("accept a certificate that cannot be verified")
};

const prompts = {
  "dataset-name": flag(z.enum(DATASET_NAMES).default("random"), "NAME", DATASET_NAMES.join(", ")),
  "dataset-path": flag(text.optional(), "FILE", 'for custom (JSON Lines of {"prompt"}) and sharegpt'),
  "num-prompts": flag(positive.default(1000), "N", "requests per point"),
  seed: flag(
    numeric(z.int().min(0).max(0xffffffff)).default(0),
    "N",
    "the same seed and vocabulary give vLLM's random prompts byte for byte"
  ),
  "vocab-size": flag(
    positive.optional(),
    "N",
    "tokenizer.vocab_size of the model, if the server does not tell it"
  ),
  "special-ids": flag(
    list(natural).optional(),
    "ID,ID,…",
    "tokenizer.all_special_ids, left out of random prompts; by default from /tokenizer_info"
  ),
  "random-input-len": flag(natural.default(1024), "N", "tokens of a random prompt"),
  "random-output-len": flag(positive.default(128), "N", "tokens of its answer"),
  "random-range-ratio": flag(
    numeric(z.number().min(0).lt(1)).default(0),
    "R",
    "lengths are drawn from N × (1 - R) to N × (1 + R)"
  ),
  "random-prefix-len": flag(
    natural.default(0),
    "N",
    "tokens that all prompts begin with, in addition to --random-input-len"
  ),
  "custom-output-len": flag(
    numeric(z.int().min(-1)).default(256),
    "N",
    "tokens of each answer; -1 takes the file's"
  ),
  "skip-chat-template": toggle(
    "send custom prompts unchanged, which happens in any case; completions need this flag"
  ),
  "sharegpt-output-len": flag(
    positive.optional(),
    "N",
    "tokens of each answer; by default as many as were recorded"
  ),
  "prefix-repetition-prefix-len": flag(positive.default(256), "N", "tokens of each prefix"),
  "prefix-repetition-suffix-len": flag(positive.default(256), "N", "tokens of a prompt after it"),
  "prefix-repetition-num-prefixes": flag(
    positive.default(10),
    "N",
    "prefixes, each with the same number of prompts"
  ),
  "prefix-repetition-output-len": flag(positive.default(128), "N", "tokens of the answer")
};

const load = {
  "max-concurrency": flag(
    lists(numeric(concurrency)).optional(),
    "C …",
    "requests open at once; several values, also separated by commas, are a sweep"
  ),
  repeats: flag(positive.default(3), "N", "runs at each concurrency, interleaved; they give the intervals"),
  "request-rate": flag(
    z
      .union([infinite, numeric(z.number().min(1e-6))], "not a number from 0.000001, or inf")
      .default(Infinity),
    "R",
    "requests per second; inf sends all at once"
  ),
  burstiness: flag(
    above0OrInf.default(1),
    "B",
    "1 is Poisson, less is burstier, more is smoother, inf is evenly spaced"
  ),
  "ramp-up-strategy": flag(z.enum(["linear", "exponential"]).optional(), "NAME", "linear or exponential"),
  "ramp-up-start-rps": flag(positive.optional(), "R", "requests per second at the start of a ramp"),
  "ramp-up-end-rps": flag(positive.optional(), "R", "and at its end"),
  duration: flag(above0.optional(), "S", "start no more requests after S seconds of a point"),
  "num-warmups": flag(natural.default(0), "N", "requests before each point that are not measured")
};

const requests = {
  "ignore-eos": toggle("always on for random, as in vLLM"),
  temperature: flag(number.optional(), "X", "sent only if given, like the six below"),
  "top-p": flag(number.optional(), "X", "as in vLLM"),
  "top-k": flag(whole.optional(), "N", "as in vLLM"),
  "min-p": flag(number.optional(), "X", "as in vLLM"),
  "frequency-penalty": flag(number.optional(), "X", "as in vLLM"),
  "presence-penalty": flag(number.optional(), "X", "as in vLLM"),
  "repetition-penalty": flag(number.optional(), "X", "as in vLLM"),
  "extra-body": flag(jsonObject.default({}), "JSON", "merged last into every payload"),
  "no-continuous-usage": toggle("send exactly vLLM's payload; tokens per chunk are then unknown"),
  "first-token-timeout": flag(above0.default(600), "S", "seconds until the first token"),
  "chunk-timeout": flag(above0.default(120), "S", "seconds between two chunks"),
  "request-timeout": flag(above0.default(21_600), "S", "seconds for a whole request")
};

const results = {
  series: flag(
    z
      .string()
      .regex(/^\w[\w.-]*$/, "letters, digits, _, . and -, not a dot first")
      .optional(),
    "ID …",
    "the series of these runs, which go to data/results/ID; one for each --base-url"
  ),
  "result-dir": flag(
    text.optional(),
    "DIR",
    "by default data/results/ID, or results without a series; with several arms, DIR/ID for each"
  ),
  resume: toggle(
    "skip the points that the same call has finished there; refused if the server, its version, its tokenizer, its special ids, its prefix-cache reset or the dataset's file differs"
  ),
  "max-failures": flag(
    natural.optional(),
    "N",
    "stop when more requests than this fail in a point; by default no limit"
  ),
  goodput: flag(
    pairs(":")
      .transform((limits, context) => {
        const parsed = Goodput.safeParse(limits);
        if (parsed.success) return parsed.data;
        context.addIssue("expected ttft:MS, tpot:MS or e2el:MS");
        return z.NEVER;
      })
      .default({}),
    "KEY:MS …",
    "ttft, tpot, e2el: count requests per second within these limits"
  ),
  "percentile-metrics": flag(
    list(z.enum(LATENCIES)).default(["ttft", "tpot", "itl"]),
    "LIST",
    "the metrics in vLLM's keys; ours are all kept"
  ),
  "metric-percentiles": flag(
    list(numeric(z.number().min(0).max(100))).default([99]),
    "LIST",
    "the percentiles in vLLM's keys"
  ),
  metadata: flag(
    pairs("=").default({}),
    "KEY=VALUE …",
    "kept in the result; runs that differ in it are not repeats of each other"
  ),
  label: flag(text.optional(), "TEXT", "begins the file's name"),
  "save-result": toggle("accepted because vLLM has it: results are always saved"),
  "save-detailed": toggle("also keep the generated texts; everything else is always kept")
};

const output = {
  preset: flag(
    z.enum(["published"]).optional(),
    "NAME",
    `published: ${published["random-input-len"]}/${published["random-output-len"]} tokens, ${published["num-prompts"]} prompts, concurrency ${published["max-concurrency"]}, chat endpoint`
  ),
  "disable-tqdm": toggle("no progress"),
  cpu: flag(
    natural.optional(),
    "N",
    "keep the client to processor N (Linux); if client and server share a machine with few processors, give each its own"
  ),
  "dry-run": toggle("show the plan and send nothing"),
  quiet: toggle("print no plan, no progress and no warnings")
};

export const BenchFlags = z.object({
  ...server,
  ...prompts,
  ...load,
  ...requests,
  ...results,
  ...output
});

/** Flags that stand for others. */
export const SHORTHANDS = {
  host: flag(text.optional(), "HOST", "by default 127.0.0.1; with --port it replaces --base-url, as in vLLM"),
  port: flag(text.optional(), "PORT", "by default 8000"),
  "input-len": flag(text.optional(), "N", "the length of the prompts, whatever dataset is used"),
  "output-len": flag(text.optional(), "N", "the length of the answers, whatever dataset is used")
};

/** The groups of the help, in order. */
export const BENCH_GROUPS: readonly FlagGroup[] = [
  {
    title: "Server",
    flags: {...server, host: SHORTHANDS.host, port: SHORTHANDS.port},
    others: [["OPENAI_API_KEY", "sent as the bearer token, never recorded"]]
  },
  {
    title: "Prompts",
    flags: {...prompts, "input-len": SHORTHANDS["input-len"], "output-len": SHORTHANDS["output-len"]}
  },
  {title: "Load", flags: load},
  {title: "Requests", flags: requests},
  {title: "Results", flags: results},
  {title: "Output", flags: output}
];

/** The flags before the endpoint is known. */
type ParsedFlags = z.output<typeof BenchFlags>;
/** The options for one server. */
export type BenchOptions = Omit<ParsedFlags, "endpoint"> & {endpoint: string; names: FlagNames};
