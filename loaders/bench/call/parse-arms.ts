// Parses a call: which servers to measure, and how.

import {join} from "node:path";
import {UsageError} from "../../errors/usage-error.js";
import {checkFlags, type FlagValues, readFlags} from "../../flags/read-flags.js";
import {DEFAULT_ENDPOINT} from "../../formats/run-record.js";
import {BenchFlags, type BenchOptions, PRESETS, SHORTHANDS} from "./bench-flags.js";
import {contradictionIn, urlFault} from "./contradictions.js";
import {type FlagNames, TYPED} from "./flag-names.js";

const HINT = "See npm run bench -- --help.";

type Environment = {VLLM_BASE_URL?: string | undefined};

/**
 * The arms of a call, one for each server: `--base-url URL URL --series ID ID` compares two.
 * @param names the flags' names in errors about the server
 * @throws UsageError
 */
export function parseArms(argv: readonly string[], environment: Environment, names = TYPED): BenchOptions[] {
  const {values} = readFlags(argv, {...BenchFlags.shape, ...SHORTHANDS}, HINT);
  applyPreset(values);
  const lengths = applyLengths(values);
  const {urls, name} = serversOf(values, environment);
  const typed = {...lengths, "base-url": name};
  const series = listOf(values.series);
  if (urls.length === 1 && series.length <= 1) return [optionsOf(values, {typed, names}, urls[0], series[0])];
  if (urls.length !== series.length || new Set(series).size !== series.length) {
    throw new UsageError(
      `--base-url has ${urls.length} values and --series ${series.length}: give each server a series of its own.`
    );
  }
  const root = textOf(values["result-dir"]);
  return urls.map((url, i) => {
    const id = series[i] ?? "";
    return optionsOf({...values, "result-dir": root && join(root, id)}, {typed, names}, url, id);
  });
}

/**
 * A call that measures one server.
 * @throws UsageError
 */
export function parseOptions(argv: readonly string[], environment: Environment, names = TYPED): BenchOptions {
  const [options, ...others] = parseArms(argv, environment, names);
  if (options === undefined || others.length > 0) {
    throw new UsageError("--base-url: only one server can be measured here. Pass one.");
  }
  return options;
}

/** `typed` holds the words that the user typed for flags set by shorthands. */
function optionsOf(
  values: FlagValues,
  {typed, names}: {typed: Readonly<Record<string, string>>; names: FlagNames},
  url: string | undefined,
  series: string | undefined
): BenchOptions {
  const options = checkFlags(BenchFlags, {...values, "base-url": url, series}, HINT, typed);
  const fault = urlFault(options["base-url"], names);
  if (fault !== null) throw new UsageError(`${typed["base-url"]} ${fault}`);
  const endpoint = options.endpoint ?? DEFAULT_ENDPOINT[options.backend];
  const complete = {...options, "base-url": options["base-url"].replace(/\/+$/, ""), endpoint, names};
  const contradiction = contradictionIn(complete, (flag) => values[flag] !== undefined);
  if (contradiction !== null) throw new UsageError(contradiction);
  return complete;
}

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

/** The shorthands that set `flag`. */
function shortsOf(flag: string): string[] {
  return Object.keys(LENGTHS).filter((short) => Object.values(LENGTHS[short] ?? {}).includes(flag));
}

/** Applies `--input-len` and `--output-len` to the dataset in use. Returns which shorthand set which flag. */
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

/** The servers, and the flag or variable that named them. */
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
