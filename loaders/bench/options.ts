// The call: flags as vLLM's client names them, checked against each other.

import {parseArgs} from "node:util";
import {z} from "zod";

/** A wrong call: one line that says what is wrong and what to do. The command ends with exit code 2. */
export class UsageError extends Error {}

const whole = z.coerce.number().int();
const positive = whole.positive();
const natural = whole.nonnegative();
const number = z.coerce.number();
const rate = z.preprocess((value) => (value === "inf" ? Infinity : value), number.positive());
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (text) => (typeof text === "string" ? text.split(",").map((part) => part.trim()) : text),
    z.array(item).min(1)
  );
const jsonObject = z.string().transform((text, context) => {
  const parsed = z.record(z.string(), z.unknown()).safeParse(parseOrNull(text));
  if (parsed.success) return parsed.data;
  context.addIssue("not a JSON object");
  return z.NEVER;
});
const pairs = (separator: string) =>
  z.array(z.string()).transform((entries, context) => {
    const split = entries.map((entry): [string, string] => {
      const at = entry.indexOf(separator);
      if (at < 1) context.addIssue(`expected KEY${separator}VALUE`);
      return [entry.slice(0, at), entry.slice(at + 1)];
    });
    return Object.fromEntries(split);
  });

const DATASETS = ["random", "custom", "sharegpt", "prefix_repetition"] as const;
const METRICS = ["ttft", "tpot", "itl", "e2el", "client_queue_time", "e2el_including_client_queue"] as const;

const Goodput = z.partialRecord(z.enum(["ttft", "tpot", "e2el"]), number.positive());

const Flags = z.object({
  "base-url": z.url({protocol: /^https?$/}),
  backend: z.enum(["openai", "openai-chat", "vllm"]).default("openai"),
  endpoint: z.string().startsWith("/").optional(),
  model: z.string().optional(),
  "served-model-name": z.string().optional(),
  insecure: z.boolean().default(false),
  header: pairs("=").default({}),
  "dataset-name": z.enum(DATASETS).default("random"),
  "dataset-path": z.string().optional(),
  "num-prompts": positive.default(1000),
  seed: natural.max(0xffffffff).default(0),
  "vocab-size": positive.optional(),
  "random-input-len": natural.default(1024),
  "random-output-len": positive.default(128),
  "random-range-ratio": number.min(0).lt(1).default(0),
  "random-prefix-len": natural.default(0),
  "custom-output-len": whole.min(-1).default(256),
  "sharegpt-output-len": positive.optional(),
  "prefix-repetition-prefix-len": positive.default(256),
  "prefix-repetition-suffix-len": positive.default(256),
  "prefix-repetition-num-prefixes": positive.default(10),
  "prefix-repetition-output-len": positive.default(128),
  "max-concurrency": list(positive).optional(),
  "request-rate": rate.default(Infinity),
  burstiness: rate.default(1),
  "ramp-up-strategy": z.enum(["linear", "exponential"]).optional(),
  "ramp-up-start-rps": positive.optional(),
  "ramp-up-end-rps": positive.optional(),
  duration: number.positive().optional(),
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
  "percentile-metrics": list(z.enum(METRICS)).default(["ttft", "tpot", "itl"]),
  "metric-percentiles": list(number.min(0).max(100)).default([99]),
  metadata: pairs("=").default({}),
  label: z.string().optional(),
  series: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  repeats: positive.default(3),
  "save-detailed": z.boolean().default(false),
  "result-dir": z.string().optional(),
  resume: z.boolean().default(false),
  "max-failures": natural.optional(),
  "first-token-timeout": number.positive().default(600),
  "chunk-timeout": number.positive().default(120),
  "request-timeout": number.positive().default(21_600),
  preset: z.enum(["published"]).optional(),
  "dry-run": z.boolean().default(false),
  quiet: z.boolean().default(false),
  help: z.boolean().default(false)
});
export type BenchOptions = Omit<z.output<typeof Flags>, "endpoint"> & {endpoint: string};

/** vLLM's flags that take several values after one name. */
const SEVERAL = new Set(["--header", "--goodput", "--metadata", "--max-concurrency"]);

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

/** @throws UsageError */
export function parseOptions(
  argv: readonly string[],
  environment: {VLLM_BASE_URL?: string | undefined}
): BenchOptions {
  const values = parseFlags(argv);
  const {preset} = values;
  if (preset === "published") {
    for (const [flag, value] of Object.entries(PRESETS.published)) {
      if (values[flag] !== undefined) {
        throw new UsageError(
          `--${flag} contradicts --preset published, which sets it: leave out one of the two.`
        );
      }
      values[flag] = value;
    }
  }
  values["base-url"] ??= environment.VLLM_BASE_URL || undefined;
  if (values["base-url"] === undefined) {
    throw new UsageError("No server given: pass --base-url http://HOST:8000 or set VLLM_BASE_URL.");
  }
  const parsed = Flags.safeParse(values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(
      `--${String(issue?.path[0] ?? "")}: ${issue?.message ?? "not understood"}. See npm run bench -- --help.`
    );
  }
  const options = parsed.data;
  const given = (flag: string) => values[flag] !== undefined;
  checkServer(options);
  checkDataset(options, given);
  checkLoad(options, given);
  return {...options, "base-url": options["base-url"].replace(/\/+$/, ""), endpoint: endpointOf(options)};
}

type Parsed = z.output<typeof Flags>;

function checkServer(options: Parsed): void {
  const url = new URL(options["base-url"]);
  if (url.username || url.password) {
    throw new UsageError(
      "--base-url holds a password, which would be recorded: set OPENAI_API_KEY or pass --header."
    );
  }
  if (/\/v1\/?$/.test(url.pathname)) {
    throw new UsageError("--base-url ends in /v1, which the endpoint adds: leave /v1 off.");
  }
}

function endpointOf({backend, endpoint}: Parsed): string {
  const chat = backend === "openai-chat";
  const path = endpoint ?? (chat ? "/v1/chat/completions" : "/v1/completions");
  const isChat = path.endsWith("chat/completions");
  if (chat && !isChat) {
    throw new UsageError(`--backend openai-chat cannot use ${path}: pass --endpoint /v1/chat/completions.`);
  }
  if (!chat && (isChat || !path.endsWith("completions"))) {
    throw new UsageError(
      `--backend ${backend} cannot use ${path}: pass --backend openai-chat or --endpoint /v1/completions.`
    );
  }
  return path;
}

function checkDataset(options: Parsed, given: (flag: string) => boolean): void {
  const name = options["dataset-name"];
  const needsPath = name === "custom" || name === "sharegpt";
  if (needsPath && !options["dataset-path"]) {
    throw new UsageError(`--dataset-name ${name} needs a file: pass --dataset-path FILE.`);
  }
  if (!needsPath && options["dataset-path"]) {
    throw new UsageError(
      `--dataset-path contradicts --dataset-name ${name}: leave it out or pass --dataset-name custom.`
    );
  }
  const prefixes = {
    random: "random-",
    custom: "custom-",
    sharegpt: "sharegpt-",
    prefix_repetition: "prefix-repetition-"
  };
  for (const [dataset, prefix] of Object.entries(prefixes)) {
    const flag = Object.keys(Flags.shape).find((key) => key.startsWith(prefix) && given(key));
    if (dataset !== name && flag) {
      throw new UsageError(
        `--${flag} is for --dataset-name ${dataset}, not ${name}: leave it out or change the dataset.`
      );
    }
  }
  if (name === "prefix_repetition" && options["num-prompts"] < options["prefix-repetition-num-prefixes"]) {
    throw new UsageError(
      "--num-prompts is below --prefix-repetition-num-prefixes: pass at least one prompt a prefix."
    );
  }
}

function checkLoad(options: Parsed, given: (flag: string) => boolean): void {
  const ramp = options["ramp-up-strategy"];
  const start = options["ramp-up-start-rps"];
  const end = options["ramp-up-end-rps"];
  if (ramp && given("request-rate")) {
    throw new UsageError("--ramp-up-strategy contradicts --request-rate: leave out one of the two.");
  }
  if (ramp && (start === undefined || end === undefined)) {
    throw new UsageError(
      "--ramp-up-strategy needs its rates: pass --ramp-up-start-rps and --ramp-up-end-rps."
    );
  }
  if (ramp && start !== undefined && end !== undefined && start > end) {
    throw new UsageError("--ramp-up-start-rps is above --ramp-up-end-rps: swap them.");
  }
  if (!ramp && (start !== undefined || end !== undefined)) {
    throw new UsageError(
      "--ramp-up-start-rps and --ramp-up-end-rps need --ramp-up-strategy linear or exponential."
    );
  }
  if (given("burstiness") && !ramp && options["request-rate"] === Infinity) {
    throw new UsageError("--burstiness has no effect on an infinite rate: pass --request-rate.");
  }
  if (options.label?.includes("/") || options.label?.includes("\\")) {
    throw new UsageError("--label becomes a file name: leave out / and \\.");
  }
}

function parseFlags(argv: readonly string[]): Record<string, string | boolean | string[] | undefined> {
  const options = Object.fromEntries(
    Object.entries(Flags.shape).map(([flag, schema]) => [
      flag,
      flag === "header" || flag === "goodput" || flag === "metadata"
        ? {type: "string" as const, multiple: true}
        : {type: isSwitch(schema) ? ("boolean" as const) : ("string" as const)}
    ])
  );
  try {
    const {values} = parseArgs({args: gatherValues(argv), options, strict: true, allowPositionals: false});
    return z
      .record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())]).optional())
      .parse({...values});
  } catch (error) {
    const line = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
    throw new UsageError(`${line.replace(/\.? To specify.*$/, "")}. See npm run bench -- --help.`);
  }
}

function isSwitch(schema: z.ZodType): boolean {
  return schema instanceof z.ZodDefault && schema.unwrap() instanceof z.ZodBoolean;
}

/** `--header A=1 B=2` as vLLM takes it becomes `--header A=1 --header B=2`; concurrencies become one list. */
function gatherValues(argv: readonly string[]): string[] {
  const out: string[] = [];
  let several: string | null = null;
  for (const word of argv) {
    if (word.startsWith("--")) {
      several = SEVERAL.has(word) ? word : null;
      out.push(word);
    } else if (several && out.at(-1) !== several) {
      if (several === "--max-concurrency") out[out.length - 1] += `,${word}`;
      else out.push(several, word);
    } else out.push(word);
  }
  return out;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
