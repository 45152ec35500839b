// The call: flags as vLLM's client names them, checked one by one.

import {join} from "node:path";
import {z} from "zod";
import {messageOf} from "../errors/message-of.js";
import {UsageError} from "../errors/usage-error.js";
import {concurrency, count} from "../formats/numbers.js";
import {BACKENDS, DATASET_NAMES, DEFAULT_ENDPOINT, LATENCIES} from "../formats/run.js";
import {type FlagValues, parseFlags} from "./command-line.js";
import {contradictionIn, urlFault} from "./contradictions.js";
import {jsonOr} from "./json.js";

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

const Flags = z.object({
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
export type BenchOptions = Omit<ParsedFlags, "endpoint"> & {endpoint: string};

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

type Environment = {VLLM_BASE_URL?: string | undefined};

/**
 * The arms of a call, one a server: `--base-url URL URL --series ID ID` compares two.
 * @throws UsageError
 */
export function parseArms(argv: readonly string[], environment: Environment): BenchOptions[] {
  const values = readFlags(argv);
  applyPreset(values);
  const lengths = applyLengths(values);
  const {urls, name} = serversOf(values, environment);
  const typed = {...lengths, "base-url": name};
  const series = listOf(values.series);
  if (urls.length === 1 && series.length <= 1) return [optionsOf(values, typed, urls[0], series[0])];
  if (urls.length !== series.length || new Set(series).size !== series.length) {
    throw new UsageError(
      `--base-url has ${urls.length} values and --series ${series.length}: give each server a series of its own.`
    );
  }
  const root = textOf(values["result-dir"]);
  return urls.map((url, i) => {
    const id = series[i] ?? "";
    return optionsOf({...values, "result-dir": root && join(root, id)}, typed, url, id);
  });
}

/**
 * A call that measures one server.
 * @throws UsageError
 */
export function parseOptions(argv: readonly string[], environment: Environment): BenchOptions {
  const [options, ...others] = parseArms(argv, environment);
  if (options === undefined || others.length > 0) {
    throw new UsageError("--base-url: only one server can be measured here. Pass one.");
  }
  return options;
}

/** `typed` has the words of the call for those flags that others stand for. */
function optionsOf(
  values: FlagValues,
  typed: Readonly<Record<string, string>>,
  url: string | undefined,
  series: string | undefined
): BenchOptions {
  const parsed = Flags.safeParse({...values, "base-url": url, series});
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const flag = String(issue?.path[0] ?? "");
    throw new UsageError(
      `${typed[flag] ?? `--${flag}`}: ${issue?.message ?? "not understood"}. See npm run bench -- --help.`
    );
  }
  const options = parsed.data;
  const fault = urlFault(options["base-url"]);
  if (fault !== null) throw new UsageError(`${typed["base-url"]} ${fault}`);
  const endpoint = options.endpoint ?? DEFAULT_ENDPOINT[options.backend];
  const complete = {...options, "base-url": options["base-url"].replace(/\/+$/, ""), endpoint};
  const contradiction = contradictionIn(complete, (flag) => values[flag] !== undefined);
  if (contradiction !== null) throw new UsageError(contradiction);
  return complete;
}

function readFlags(argv: readonly string[]): FlagValues {
  const flags = Object.entries(Flags.shape).map(([flag, schema]): [string, "boolean" | "string"] => [
    flag,
    schema instanceof z.ZodDefault && schema.unwrap() instanceof z.ZodBoolean ? "boolean" : "string"
  ]);
  try {
    return parseFlags(argv, {...Object.fromEntries(flags), ...ONLY_IN_CALL});
  } catch (error) {
    const line = messageOf(error).split("\n")[0] ?? "";
    throw new UsageError(
      `${line.replace(/\.? To specify.*$/, "").replace(/\.$/, "")}. See npm run bench -- --help.`
    );
  }
}

/** Flags that stand for others. */
const ONLY_IN_CALL = {host: "string", port: "string", "input-len": "string", "output-len": "string"} as const;

function applyPreset(values: FlagValues): void {
  if (values.preset !== "published") return;
  for (const [flag, value] of Object.entries(PRESETS.published)) {
    const given = [flag, ...shortsOf(flag)].find((name) => values[name] !== undefined);
    if (given !== undefined) {
      throw new UsageError(
        `--${given} contradicts --preset published, which sets it: leave out one of the two.`
      );
    }
    values[flag] = value;
  }
}

const LENGTHS: Record<string, Record<string, string>> = {
  "input-len": {random: "random-input-len"},
  "output-len": {
    random: "random-output-len",
    custom: "custom-output-len",
    sharegpt: "sharegpt-output-len",
    prefix_repetition: "prefix-repetition-output-len"
  }
};

/** Flags that may stand for `flag`. */
function shortsOf(flag: string): string[] {
  return Object.keys(LENGTHS).filter((short) => Object.values(LENGTHS[short] ?? {}).includes(flag));
}

/** `--input-len` and `--output-len` set the length of whatever dataset is used. Gives which stands for which flag. */
function applyLengths(values: FlagValues): Record<string, string> {
  const typed: Record<string, string> = {};
  const dataset = textOf(values["dataset-name"]) ?? "random";
  for (const [short, byDataset] of Object.entries(LENGTHS)) {
    if (values[short] === undefined) continue;
    const flag = byDataset[dataset];
    if (flag === undefined)
      throw new UsageError(`--${short} is not for --dataset-name ${dataset}: leave it out.`);
    if (values[flag] !== undefined) {
      throw new UsageError(
        `--${short} contradicts --${flag}, which is set as well: leave out one of the two.`
      );
    }
    values[flag] = values[short];
    delete values[short];
    typed[flag] = `--${short}`;
  }
  return typed;
}

/** `name` is what named them. */
function serversOf(
  {"base-url": given, host, port}: FlagValues,
  environment: Environment
): {urls: string[]; name: string} {
  const urls = listOf(given);
  if (host !== undefined || port !== undefined) {
    if (urls.length > 0) {
      throw new UsageError("--host and --port contradict --base-url: leave out one of the two.");
    }
    for (const [flag, value] of Object.entries({host, port}))
      if (value === "") throw new UsageError(`--${flag}: empty: give a value or leave the flag out.`);
    const name = textOf(host) ?? "127.0.0.1";
    const isBareIPv6 = name.includes(":") && !name.startsWith("[");
    const url = `http://${isBareIPv6 ? `[${name}]` : name}:${textOf(port) ?? "8000"}`;
    return {urls: [url], name: "--host, --port"};
  }
  if (urls.length > 0) return {urls, name: "--base-url"};
  if (environment.VLLM_BASE_URL) return {urls: [environment.VLLM_BASE_URL], name: "VLLM_BASE_URL"};
  throw new UsageError("No server given: pass --base-url http://HOST:8000 or set VLLM_BASE_URL.");
}

function listOf(value: FlagValues[string]): string[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: FlagValues[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}
