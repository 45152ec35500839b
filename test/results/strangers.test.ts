import assert from "node:assert/strict";
import {test} from "node:test";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import type {Provenance, SweepSubject} from "../../loaders/formats/run-record.js";
import {toRun, VllmResult} from "../../loaders/formats/vllm-file.js";
import {paths} from "../../loaders/paths.js";
import {checkResults} from "../../loaders/results/check-results.js";
import {type Result, resultsOf} from "../../loaders/results/filed-result.js";
import {vllmResult} from "./fixture.js";

const {series} = readEvidence(paths.data);
const awq = series.find(({id}) => id === "awq") ?? assert.fail();
const unknown = {client: null, dataset: null, input_len: null, output_len: null, num_prompts: null};
const card = {...awq, id: "host", role: "measured" as const, settings: {...awq.settings, ...unknown}};

function result(name: string, more: Record<string, unknown>): Result {
  const run = toRun(VllmResult.parse(vllmResult(more)), name);
  const [only] = resultsOf({file: `results/host/${name}.json`, series: "host", live: false}, [run]);
  return only ?? assert.fail();
}

/** The faults of a second run next to a first one. */
function faultsOf(second: Record<string, unknown>, first: Record<string, unknown> = {}): string[] {
  const results = [result("a", first), result("b", {duration: 3, ...second})];
  return checkResults(results, [card], paths.data).map(({message}) => message);
}

test("a run of other lengths is not a repeat", () => {
  const [message = "", ...others] = faultsOf({total_input_tokens: 60});
  assert.match(
    message,
    /not a repeat of data\/results\/host\/a\.json\. What differs: input tokens a request \(20, there 10\)\./
  );
  assert.deepEqual(others, []);
});

test("a small spread of tokens is another seed, not another length", () => {
  assert.deepEqual(faultsOf({total_input_tokens: 31}), []);
});

test("a run with another override of a sweep is not a repeat", () => {
  const [message = "", ...others] = faultsOf({tp: 8, run_number: 1}, {tp: 4, run_number: 0});
  assert.match(message, /What differs: tp \(8, there 4\)\. Give each configuration a series of its own\./);
  assert.deepEqual(others, []);
});

test("a run with metadata that another lacks is not a repeat of it", () => {
  const [message = "", ...others] = faultsOf({gpu: "H200"});
  assert.match(message, /What differs: gpu \("H200", there not set\)\./);
  assert.deepEqual(others, []);
});

test("extra measurements of a client do not make runs differ", () => {
  assert.deepEqual(faultsOf({rtfx: 2, run_number: 1}, {rtfx: 3, run_number: 0}), []);
  assert.deepEqual(faultsOf({server_ttfts: [1], server_queue_times: [0]}, {server_ttfts: [2]}), []);
});

test("a run in a file of several is named with its document, one that is alone in its file is not", () => {
  const filed = {file: "results/host/all.jsonl", series: "host", live: false};
  const runs = ["x", "y"].map((name) => toRun(VllmResult.parse(vllmResult({duration: 4})), name));
  const [{file, place, message} = assert.fail()] = checkResults(resultsOf(filed, runs), [card], paths.data);
  assert.deepEqual([file, place], ["data/results/host/all.jsonl", "document 2"]);
  assert.match(message, /is already in data\/results\/host\/all\.jsonl, document 1\./);
  const faults = checkResults([result("x#3", {}), result("y#3", {})], [card], paths.data);
  assert.deepEqual(
    faults.map(({place}) => place),
    [""]
  );
  assert.match(faults[0]?.message ?? "", /is already in data\/results\/host\/x#3\.json\./);
});

test("a run of another deployment does not belong to the series, at any load", () => {
  assert.deepEqual(
    faultsOf({model_id: "Qwen/Qwen3-32B", backend: "openai", endpoint_type: "openai", max_concurrency: 8}),
    [
      'it belongs to another deployment than data/results/host/a.json. What differs: model ("Qwen/Qwen3-32B", there "Qwen/Qwen3-8B"), backend ("openai", there "openai-chat"). Give each configuration a series of its own.'
    ]
  );
  const [message = "", ...others] = faultsOf({model_id: "Qwen/Qwen3-32B"});
  assert.match(
    message,
    /^it is not a repeat of data\/results\/host\/a\.json\. What differs: model /,
    "at one load that is said once"
  );
  assert.deepEqual(others, []);
});

test("an unstated setting makes no other deployment, but later runs must agree with the first that states it", () => {
  const at = (name: string, max_concurrency: number, endpoint: string | null, dataset: string | null) => {
    const {run, ...filed} = result(name, {max_concurrency});
    const named = dataset === null ? null : {...lengths, name: dataset};
    return {...filed, run: {...run, settings: {...run.settings, endpoint, dataset: named}}};
  };
  const lengths = {
    path: null,
    input_len: null,
    output_len: null,
    range_ratio: null,
    prefix_len: null,
    suffix_len: null,
    num_prefixes: null
  };
  const open = {...card, settings: {...card.settings, endpoint: null}};
  const faults = checkResults(
    [
      at("a", 1, null, null),
      at("b", 2, "/v1/chat/completions", "random"),
      at("c", 4, null, "sharegpt"),
      at("d", 8, "/v1/completions", "random")
    ],
    [open],
    paths.data
  );
  assert.deepEqual(
    faults.map(({file, message}) => [
      file,
      /than (\S+)\. What differs: (.*?)\. Give/.exec(message)?.slice(1)
    ]),
    [
      ["data/results/host/c.json", ["data/results/host/b.json", 'dataset ("sharegpt", there "random")']],
      [
        "data/results/host/d.json",
        ["data/results/host/b.json", 'endpoint ("/v1/completions", there "/v1/chat/completions")']
      ]
    ]
  );
});

test("runs of two clients are not repeats", () => {
  const {run, ...other} = result("b", {duration: 3});
  const own = {...other, run: {...run, tool: {name: "benchbook" as const, version: null}}};
  assert.deepEqual(
    checkResults([result("a", {}), own], [card], paths.data).map(({message}) => message),
    [
      'it is not a repeat of data/results/host/a.json. What differs: client ("benchbook", there "vllm bench serve"). Give each configuration a series of its own.'
    ]
  );
});

test("a run of another endpoint contradicts its card", () => {
  const {run, ...one} = result("a", {});
  const other = {...one, run: {...run, settings: {...run.settings, endpoint: "/v1/completions"}}};
  assert.deepEqual(
    checkResults([other], [card], paths.data).map(({message}) => message),
    [
      'its endpoint is "/v1/completions" and the card says "/v1/chat/completions". Set settings.endpoint of data/series/host.json to that, or to null.'
    ]
  );
});

test("repeats share a goodput limit, but under a duration not the number of prompts", () => {
  const [one, two] = [
    result("a", {}),
    result("b", {duration: 3, num_prompts: 5, completed: 5, total_input_tokens: 50, total_output_tokens: 15})
  ];
  const faults = (settings: object, others: object) =>
    checkResults(
      [
        {...one, run: {...one.run, settings: {...one.run.settings, ...settings}}},
        {...two, run: {...two.run, settings: {...two.run.settings, ...settings, ...others}}}
      ],
      [card],
      paths.data
    ).flatMap(({message}) => /What differs: (.*?)\. Give/.exec(message)?.[1] ?? []);
  assert.deepEqual(faults({duration_s: 1}, {}), []);
  assert.deepEqual(faults({}, {}), ["num_prompts (5, there 3)"]);
  assert.deepEqual(faults({duration_s: 1}, {duration_s: 2}), ["duration_s (2, there 1)"]);
  const limits = faults({duration_s: 1, goodput_ms: {tpot: 1}}, {goodput_ms: {tpot: 9}, num_warmups: 20});
  assert.deepEqual(limits, ['goodput_ms ({"tpot":9}, there {"tpot":1})']);
  assert.deepEqual(faults({duration_s: 1, goodput_ms: {tpot: 1}}, {goodput_ms: {}}), []);
});

test("a card says what its runs were measured with, unless every point had its own seed", () => {
  const {run, ...filed} = result("a", {});
  const asked = {
    seed: 3,
    num_warmups: 2,
    ignore_eos: true,
    extra_body: {temperature: 0.7, chat_template_kwargs: {enable_thinking: false}}
  };
  const server = (server_version: string) => ({...NOTHING_KNOWN, server_version});
  const said = (settings: object, more: object = {}) =>
    checkResults(
      [{...filed, run: {...run, settings: {...run.settings, ...asked}, ...more}}],
      [{...card, settings: {...card.settings, ...settings}}],
      paths.data
    ).map(({message}) => /^its (.*?)\. Set settings/.exec(message)?.[1]);
  const told = {seed: 3, num_warmups: 2, ignore_eos: true, temperature: 0.7, enable_thinking: false};
  assert.deepEqual(said(told), []);
  assert.deepEqual(
    said({seed: 0, num_warmups: 1, ignore_eos: false, temperature: 1, enable_thinking: true}),
    [
      "num_warmups is 2 and the card says 1",
      "ignore_eos is true and the card says false",
      "temperature is 0.7 and the card says 1",
      "enable_thinking is false and the card says true",
      "seed is 3 and the card says 0"
    ]
  );
  assert.deepEqual(said({seed: 0}, {sweep: {...SWEEP, subject: {...SUBJECT, keeps_seed: false}}}), []);
  assert.deepEqual(said({seed: 0}, {sweep: {...SWEEP, subject: {...SUBJECT, keeps_seed: true}}}), [
    "seed is 3 and the card says 0"
  ]);
  assert.deepEqual(said({engine_version: "0.15.1"}, {provenance: server("0.15.1+cu129")}), []);
  assert.deepEqual(said({engine_version: "0.15.1"}, {provenance: server("0.16.0")}), [
    'engine_version is "0.16.0" and the card says "0.15.1"'
  ]);
  assert.deepEqual(said({engine_version: "0.15.1"}, {provenance: server("[redacted]")}), []);
});

const NOTHING_KNOWN: Provenance = {
  server_version: null,
  models: [],
  server_info: null,
  spec_decode: null,
  prefix_cache: null,
  preemptions: null,
  traffic: null,
  counters_reset: false,
  prefix_cache_reset: null,
  prompt_tokens_added: null,
  tokenizer: null,
  simulated: false
};
const SUBJECT: SweepSubject = {
  base_url: "http://host:8000",
  model: "m",
  server_version: null,
  tokenizer: "server",
  dataset_sha256: null,
  special_ids_sha256: null,
  resets_prefix_cache: null,
  keeps_seed: null
};
const SWEEP = {id: "s", plan: "p", point: 0, points: 1, call: null, subject: null};
