// The flags of npm run bench as vLLM's client names them, checked one by one.

import {z} from "zod";
import {concurrency, count} from "../../formats/numbers.js";
import {jsonOr} from "../../formats/parse-json.js";
import {BACKENDS, DATASET_NAMES, LATENCIES} from "../../formats/run.js";
import type {FlagNames} from "./flag-names.js";

/** Strict where Number() is not: no empty text, no 0x10. */
const decimal = z
  .string()
  .regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, "not a number")
  .transform(Number);
const numeric = (schema: z.ZodNumber) => decimal.pipe(schema);
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
const list = <T>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(item));
const jsonObject = z.string().transform((text, context) => {
  const parsed = z.record(z.string(), z.unknown()).safeParse(jsonOr(text, null));
  if (parsed.success) return parsed.data;
  context.addIssue("not a JSON object");
  return z.NEVER;
});
const text = z.string().min(1, "empty: give a value or leave the flag out");
/** `keyOf` gives the same for names that mean the same. */
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

export const Flags = z.object({
  "base-url": z.url({protocol: /^https?$/, error: "not a URL of http:// or https://"}),
  backend: z.enum(BACKENDS).default("openai"),
  endpoint: z.string().startsWith("/").optional(),
  model: text.optional(),
  "served-model-name": text.optional(),
  insecure: z.boolean().default(false),
  header: pairs("=", (name) => name.toLowerCase()).default({}),
  "dataset-name": z.enum(DATASET_NAMES).default("random"),
  "dataset-path": text.optional(),
  "num-prompts": positive.default(1000),
  seed: numeric(z.int().min(0).max(0xffffffff)).default(0),
  "vocab-size": positive.optional(),
  "special-ids": list(natural).optional(),
  "random-input-len": natural.default(1024),
  "random-output-len": positive.default(128),
  "random-range-ratio": numeric(z.number().min(0).lt(1)).default(0),
  "random-prefix-len": natural.default(0),
  "custom-output-len": numeric(z.int().min(-1)).default(256),
  "skip-chat-template": z.boolean().default(false),
  "sharegpt-output-len": positive.optional(),
  "prefix-repetition-prefix-len": positive.default(256),
  "prefix-repetition-suffix-len": positive.default(256),
  "prefix-repetition-num-prefixes": positive.default(10),
  "prefix-repetition-output-len": positive.default(128),
  "max-concurrency": list(numeric(concurrency)).optional(),
  "request-rate": z
    .union([infinite, numeric(z.number().min(1e-6))], "not a number from 0.000001, or inf")
    .default(Infinity),
  burstiness: above0OrInf.default(1),
  "ramp-up-strategy": z.enum(["linear", "exponential"]).optional(),
  "ramp-up-start-rps": positive.optional(),
  "ramp-up-end-rps": positive.optional(),
  duration: above0.optional(),
  "num-warmups": natural.default(0),
  "ignore-eos": z.boolean().default(false),
  temperature: number.optional(),
  "top-p": number.optional(),
  "top-k": whole.optional(),
  "min-p": number.optional(),
  "frequency-penalty": number.optional(),
  "presence-penalty": number.optional(),
  "repetition-penalty": number.optional(),
  "extra-body": jsonObject.default({}),
  "no-continuous-usage": z.boolean().default(false),
  goodput: pairs(":")
    .transform((limits, context) => {
      const parsed = Goodput.safeParse(limits);
      if (parsed.success) return parsed.data;
      context.addIssue("expected ttft:MS, tpot:MS or e2el:MS");
      return z.NEVER;
    })
    .default({}),
  "percentile-metrics": list(z.enum(LATENCIES)).default(["ttft", "tpot", "itl"]),
  "metric-percentiles": list(numeric(z.number().min(0).max(100))).default([99]),
  metadata: pairs("=").default({}),
  label: text.optional(),
  series: z
    .string()
    .regex(/^\w[\w.-]*$/, "letters, digits, _, . and -, not a dot first")
    .optional(),
  repeats: positive.default(3),
  "save-result": z.boolean().default(false),
  "save-detailed": z.boolean().default(false),
  "result-dir": text.optional(),
  resume: z.boolean().default(false),
  "max-failures": natural.optional(),
  "first-token-timeout": above0.default(600),
  "chunk-timeout": above0.default(120),
  "request-timeout": above0.default(21_600),
  preset: z.enum(["published"]).optional(),
  cpu: natural.optional(),
  "dry-run": z.boolean().default(false),
  "disable-tqdm": z.boolean().default(false),
  quiet: z.boolean().default(false),
  help: z.boolean().default(false)
});
/** One flag each, before its endpoint is known. */
type ParsedFlags = z.output<typeof Flags>;
/** What is asked of one server. */
export type BenchOptions = Omit<ParsedFlags, "endpoint"> & {endpoint: string; names: FlagNames};

/** What a preset sets; giving one of these flags beside it is a contradiction. */
export const PRESETS: Record<"published", Record<string, string>> = {
  published: {
    backend: "openai-chat",
    endpoint: "/v1/chat/completions",
    "dataset-name": "random",
    "random-input-len": "512",
    "random-output-len": "256",
    "num-prompts": "32",
    "max-concurrency": "1,2,4,8,16"
  }
};
