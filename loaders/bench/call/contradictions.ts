// Flags that are valid alone but contradict each other.

import {validateHeaderName, validateHeaderValue} from "node:http";
import {isVllmKey} from "../../formats/vllm-file.js";
import type {BenchOptions} from "./bench-flags.js";
import type {FlagNames} from "./flag-names.js";

type Check = (options: BenchOptions, given: (flag: string) => boolean) => string | null;

/** One line that names the flags and the remedy, or `null`. `given` tells whether the call contains a flag. */
export const contradictionIn: Check = (options, given) => {
  for (const check of CHECKS) {
    const found = check(options, given);
    if (found !== null) return found;
  }
  return null;
};

/** Why a base URL cannot be used, or `null`. */
export function urlFault(text: string, {secret}: FlagNames): string | null {
  const url = new URL(text);
  if (url.username || url.password) {
    return `holds a password, which would be recorded: ${secret}.`;
  }
  if (url.search || url.hash) {
    return "holds a query or a fragment, which is not sent: leave out what follows ? or #.";
  }
  return /\/v1\/?$/.test(url.pathname) ? "ends in /v1, which the endpoint adds: leave /v1 off." : null;
}

const endpoint: Check = ({backend, endpoint: path}) => {
  const isChat = path.endsWith("chat/completions");
  if (backend === "openai-chat") {
    return isChat ? null : `--backend openai-chat cannot use ${path}: pass --endpoint /v1/chat/completions.`;
  }
  return !isChat && path.endsWith("completions")
    ? null
    : `--backend ${backend} cannot use ${path}: pass --backend openai-chat or --endpoint /v1/completions.`;
};

const PREFIXES = {
  random: "random-",
  custom: "custom-",
  sharegpt: "sharegpt-",
  prefix_repetition: "prefix-repetition-"
};

const dataset: Check = (options, given) => {
  const name = options["dataset-name"];
  const needsPath = name === "custom" || name === "sharegpt";
  if (needsPath && !options["dataset-path"]) {
    return `--dataset-name ${name} needs a file: pass --dataset-path FILE.`;
  }
  if (!needsPath && given("dataset-path")) {
    return `--dataset-path contradicts --dataset-name ${name}: leave it out or pass --dataset-name custom.`;
  }
  if (needsPath && given("vocab-size")) {
    return `--vocab-size does not apply to --dataset-name ${name}, whose prompts are in the file: leave it out.`;
  }
  if (name === "custom" && options.backend !== "openai-chat" && !options["skip-chat-template"]) {
    return `--dataset-name custom sends prompts unchanged, and --backend ${options.backend} has no chat template for them: pass --skip-chat-template if that is meant, or --backend openai-chat.`;
  }
  if (name !== "custom" && options["skip-chat-template"]) {
    return `--skip-chat-template is for --dataset-name custom, not ${name}: leave it out.`;
  }
  if (name !== "random" && given("special-ids")) {
    return `--special-ids does not apply to --dataset-name ${name}: only random prompts leave special ids out. Leave it out.`;
  }
  for (const [other, prefix] of Object.entries(PREFIXES)) {
    const flag = Object.keys(options).find((key) => key.startsWith(prefix) && given(key));
    if (other !== name && flag) {
      return `--${flag} is for --dataset-name ${other}, not ${name}: leave it out or change the dataset.`;
    }
  }
  if (name === "prefix_repetition" && options["num-prompts"] < options["prefix-repetition-num-prefixes"]) {
    return "--num-prompts is below --prefix-repetition-num-prefixes: pass at least one prompt per prefix.";
  }
  return null;
};

const rates: Check = (options) => {
  const ramp = options["ramp-up-strategy"];
  const start = options["ramp-up-start-rps"];
  const end = options["ramp-up-end-rps"];
  if (ramp && options["request-rate"] !== Infinity) {
    return "--ramp-up-strategy contradicts --request-rate: leave out one of the two.";
  }
  if (ramp && (start === undefined || end === undefined)) {
    return "--ramp-up-strategy needs its rates: pass --ramp-up-start-rps and --ramp-up-end-rps.";
  }
  if (ramp && start !== undefined && end !== undefined && start > end) {
    return "--ramp-up-start-rps is above --ramp-up-end-rps: swap them.";
  }
  if (!ramp && (start !== undefined || end !== undefined)) {
    return "--ramp-up-start-rps and --ramp-up-end-rps need --ramp-up-strategy linear or exponential.";
  }
  if (options.burstiness !== 1 && !ramp && options["request-rate"] === Infinity) {
    return "--burstiness has no effect on an infinite rate: pass --request-rate.";
  }
  return null;
};

const concurrencies: Check = ({"max-concurrency": values = []}) => {
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  return twice === undefined
    ? null
    : `--max-concurrency names ${twice} twice: name it once; --repeats runs each several times.`;
};

const timeouts: Check = (options, given) => {
  const limit = options["request-timeout"];
  for (const flag of ["first-token-timeout", "chunk-timeout"] as const) {
    if (given(flag) && options[flag] > limit) {
      return `--${flag} ${options[flag]} can never pass within --request-timeout ${limit}: lower it or raise the other.`;
    }
  }
  return null;
};

/** The keys that the client itself puts into each request. */
const OWN_KEYS = {
  model: "pass --served-model-name",
  messages: "pass --dataset-name custom",
  prompt: "pass --dataset-name custom"
};

const body: Check = ({"extra-body": extra, "ignore-eos": ignoreEos}) => {
  if ("stream" in extra && extra.stream !== true) {
    return "--extra-body turns streaming off, without which nothing can be timed: leave out stream.";
  }
  if ("stream_options" in extra) {
    return "--extra-body sets stream_options, which the client sets itself: leave it out; --no-continuous-usage turns the token counts off.";
  }
  if (("n" in extra && extra.n !== 1) || extra.use_beam_search === true) {
    return "--extra-body asks for several answers per request, whose chunks cannot be told apart: leave out n and use_beam_search.";
  }
  for (const [key, remedy] of Object.entries(OWN_KEYS)) {
    if (key in extra) return `--extra-body sets ${key}, which the record would not show: ${remedy}.`;
  }
  if (ignoreEos && "ignore_eos" in extra && extra.ignore_eos !== true) {
    return "--extra-body contradicts --ignore-eos: leave out one of the two.";
  }
  return null;
};

/** With series, rate, model and date, this fits in the 255 bytes of a file name. */
const LONGEST_LABEL = 80;

const names: Check = ({label, metadata}) => {
  if (label && Buffer.byteLength(label) > LONGEST_LABEL) {
    return `--label becomes part of a file name: at most ${LONGEST_LABEL} bytes, not ${Buffer.byteLength(label)}.`;
  }
  if (label?.includes("/") || label?.includes("\\")) {
    return "--label becomes a file name: leave out / and \\.";
  }
  const taken = Object.keys(metadata).find((key) => key === "benchbook" || isVllmKey(key));
  return taken === undefined
    ? null
    : `--metadata ${taken} would replace the result's own ${taken}: choose another key.`;
};

const headers: Check = ({header}) => {
  for (const [name, value] of Object.entries(header)) {
    const fault = headerFault(name, value);
    if (fault !== null) return `--header ${name}: ${fault}`;
  }
  return null;
};

const OF_THE_CONNECTION = [
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "transfer-encoding",
  "upgrade"
];

/** Why HTTP cannot carry the header, or `null`. Never repeats the value, which may be secret. */
export function headerFault(name: string, value: string): string | null {
  if (OF_THE_CONNECTION.includes(name.toLowerCase())) return "the connection sets it itself: leave it out.";
  try {
    validateHeaderName(name);
  } catch {
    return "HTTP allows letters, digits and - in a header's name: correct it.";
  }
  try {
    validateHeaderValue(name, value);
    return null;
  } catch {
    return "its value holds a character that HTTP does not allow, such as a line end: take it out.";
  }
}

const CHECKS = [endpoint, dataset, rates, concurrencies, timeouts, body, names, headers];
