import assert from "node:assert/strict";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {parseOptions} from "../../loaders/bench/call/parse-arms.js";
import {
  customDataset,
  prefixRepetitionDataset,
  randomDataset,
  shareGptDataset
} from "../../loaders/bench/prompts/datasets.js";
import {checkPromptFile} from "../../loaders/bench/prompts/prompt-file.js";
import {HostError} from "../../loaders/bench/server/host-error.js";
import {serverTokenizer, type Tokenizer, wordTokenizer} from "../../loaders/bench/server/host-tokenizer.js";
import type {HttpJson} from "../../loaders/bench/server/http-json.js";
import {payload} from "../../loaders/bench/server/payload.js";
import {UsageError} from "../../loaders/errors/usage-error.js";

/** Loses some ids and splits others on the way back, so that every branch of the fitting loop runs. */
const lossy: Tokenizer = {
  name: "lossy",
  exact: true,
  vocabSize: 90,
  specialIds: [7, 8],
  specialTokensAdded: 1,
  decode: async (ids) =>
    ids.map((i) => (i % 11 === 3 ? "xy" : i % 13 === 5 ? "" : String.fromCodePoint(0x4e00 + i))).join(""),
  encode: async (text) =>
    [...text].map((c) => {
      const code = c.codePointAt(0) ?? 0;
      return code >= 0x4e00 ? code - 0x4e00 : c === "x" ? 1 : 2;
    })
};

const rows = (prompts: Awaited<ReturnType<typeof randomDataset>>) =>
  prompts.map((p) => [p.text, p.inputTokens, p.outputTokens]);

test("the random dataset is byte for byte what numpy and vLLM's loop produce (golden file)", async () => {
  const golden = JSON.parse(await readFile(new URL("golden-random.json", import.meta.url), "utf8"));
  const plain = await randomDataset(5, 0, {inputLen: 12, outputLen: 8, rangeRatio: 0, prefixLen: 0}, lossy);
  assert.deepEqual(rows(plain), golden.plain);
  const ranged = await randomDataset(
    4,
    42,
    {inputLen: 20, outputLen: 16, rangeRatio: 0.5, prefixLen: 4},
    lossy
  );
  assert.deepEqual(rows(ranged), golden.ranged);
});

test("words replace tokens if the server has no tokenizer", async () => {
  const prompts = await randomDataset(
    2,
    0,
    {inputLen: 30, outputLen: 8, rangeRatio: 0, prefixLen: 0},
    wordTokenizer()
  );
  assert.deepEqual(
    prompts.map((p) => p.text.split(" ").length),
    [30, 30]
  );
  assert.equal(wordTokenizer().exact, false);
});

test("prefix repetition gives each prefix its share and drops the remainder, as vLLM does", async () => {
  const options = {prefixLen: 6, suffixLen: 3, numPrefixes: 2, outputLen: 4};
  const prompts = await prefixRepetitionDataset(7, 0, options, wordTokenizer());
  assert.equal(prompts.length, 6);
  const prefixes = new Set(prompts.map((p) => p.text.split(" ").slice(0, 6).join(" ")));
  assert.equal(prefixes.size, 2);
});

test("custom prompts are oversampled and a bad line is named", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dataset-"));
  const path = join(folder, "p.jsonl");
  await writeFile(path, '{"prompt":"a b","output_tokens":3}\n{"prompt":"c"}\n');
  const prompts = await customDataset(5, 0, {path, outputLen: 9}, wordTokenizer());
  assert.equal(prompts.length, 5);
  assert.deepEqual(new Set(prompts.map((p) => p.outputTokens)), new Set([9]));
  await assert.rejects(customDataset(2, 0, {path, outputLen: -1}, wordTokenizer()), {
    message: `${path}:2: no output_tokens above 0. Add them or pass --custom-output-len.`
  });
  await writeFile(path, '\n{"prompt":"a b"}\n{"text":"c"}\n');
  await assert.rejects(customDataset(2, 0, {path, outputLen: 9}, wordTokenizer()), /p\.jsonl:3: not/);
  await rm(folder, {recursive: true});
});

test("texts from a file are counted with their special tokens, as vLLM counts them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dataset-"));
  const path = join(folder, "s");
  const tokenizer = {...wordTokenizer(), specialTokensAdded: 2};
  const turns = [{value: "the of and"}, {value: "to in"}, {from: "gpt"}];
  await writeFile(path, JSON.stringify([{conversations: turns}]));
  const [turn] = await shareGptDataset(1, 0, {path, outputLen: null}, tokenizer);
  assert.deepEqual([turn?.inputTokens, turn?.outputTokens], [5, 4]);
  await writeFile(path, '{"prompt":"the of and","output_tokens":null}\n');
  const [prompt] = await customDataset(1, 0, {path, outputLen: 9}, tokenizer);
  assert.deepEqual([prompt?.inputTokens, prompt?.outputTokens], [5, 9]);
  await rm(folder, {recursive: true});
});

test("ShareGPT takes first turns within vLLM's lengths", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dataset-"));
  const path = join(folder, "s.json");
  const turn = (a: string, b: string) => ({
    conversations: [
      {from: "human", value: a},
      {from: "gpt", value: b}
    ]
  });
  const words = (n: number) => Array(n).fill("the").join(" ");
  await writeFile(
    path,
    JSON.stringify([
      turn(words(3), words(9)),
      {id: "no conversations"},
      {conversations: []},
      turn(words(1025), words(9)),
      turn(words(5), words(9))
    ])
  );
  const prompts = await shareGptDataset(1, 0, {path, outputLen: null}, wordTokenizer());
  assert.deepEqual(
    prompts.map((p) => [p.inputTokens, p.outputTokens]),
    [[5, 9]]
  );
  await rm(folder, {recursive: true});
});

/** A tokenizer with one token per character and BOS 1; it knows ids below 5001. */
const characters =
  (info: {status: number; body: unknown}): HttpJson =>
  async (_method, path, json) => {
    if (path === "/tokenizer_info") return info;
    const body = json as {prompt: string; add_special_tokens: boolean; tokens: number[]};
    if (path === "/tokenize") {
      const tokens = [...body.prompt].map((c) => c.charCodeAt(0));
      return {status: 200, body: {tokens: body.add_special_tokens ? [1, ...tokens] : tokens}};
    }
    const valid = body.tokens.every((id) => id < 5001);
    return valid
      ? {status: 200, body: {prompt: String.fromCharCode(...body.tokens)}}
      : {status: 400, body: {}};
  };
const NOTHING_GIVEN = {vocabSize: null, specialIds: null};

test("an unusable file of prompts is refused by name before anything is sent", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dataset-"));
  const check = (dataset: string, path: string) =>
    checkPromptFile(
      parseOptions(
        [
          ...["--base-url", "http://h:8000", "--backend", "openai-chat"],
          ...["--dataset-name", dataset, "--dataset-path", join(folder, path)]
        ],
        {}
      )
    );
  await writeFile(join(folder, "empty"), "\n");
  await writeFile(join(folder, "lines"), '{"prompt":"a"}\n');
  await writeFile(join(folder, "short"), '[{"conversations":[{"value":"a"}]}]');
  await writeFile(join(folder, "odd"), '[{"conversations":[{"value":"a"},{"value":1}]}]');
  const refusals: [dataset: string, path: string, message: RegExp][] = [
    ["custom", "missing", /--dataset-path .*missing: ENOENT.*Name a readable file\./],
    ["custom", ".", /--dataset-path .*: EISDIR.*Name a readable file\./],
    ["custom", "empty", /empty: holds no prompt\. Give/],
    ["sharegpt", "missing", /--dataset-path .*missing: ENOENT/],
    ["sharegpt", "lines", /lines: not a ShareGPT file\. Give a list/],
    ["sharegpt", "short", /short: no conversation has two turns\. Give/],
    ["sharegpt", "odd", /odd: not a ShareGPT file at 0\.conversations\.1\.value\. Give/]
  ];
  for (const [dataset, path, message] of refusals) {
    await assert.rejects(check(dataset, path), (error: Error) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  }
  await check("custom", "lines");
  await rm(folder, {recursive: true});
});

test("the server's tokenizer is found, its vocabulary probed and its special tokens counted", async () => {
  const tokenizer = await serverTokenizer(characters({status: 404, body: {}}), "m", NOTHING_GIVEN);
  assert.equal(tokenizer?.vocabSize, 5001);
  assert.equal(tokenizer?.specialTokensAdded, 1);
  assert.deepEqual(tokenizer?.specialIds, []);
  assert.equal(await serverTokenizer(async () => ({status: 404, body: ""}), "m", NOTHING_GIVEN), null);
});

test("a vocabulary the server does not have, and ids its tokenizer refuses, stop the run with one line", async () => {
  const http = characters({status: 404, body: {}});
  await assert.rejects(serverTokenizer(http, "m", {vocabSize: 9000, specialIds: null}), {
    message: "--vocab-size 9000: the server has no token 8999. Lower it to the server's vocabulary."
  });
  let isBusy = false;
  const busy: HttpJson = async (...call) =>
    isBusy ? {status: 429, body: {error: {message: "slow down"}}} : http(...call);
  const tokenizer = await serverTokenizer(busy, "m", NOTHING_GIVEN);
  isBusy = true;
  await assert.rejects(tokenizer?.encode("a") ?? assert.fail(), (error: Error) => {
    assert.ok(error instanceof HostError);
    assert.equal(error.message, "POST /tokenize: HTTP 429: slow down. Try again later.");
    return true;
  });
});

test("random prompts without a token, or without an id to draw, are refused", async () => {
  const tokenizer = {...wordTokenizer(), specialTokensAdded: 2};
  const lengths = {outputLen: 4, rangeRatio: 0, prefixLen: 0};
  await assert.rejects(
    randomDataset(1, 0, {...lengths, inputLen: 2}, tokenizer),
    /--random-input-len 2 .*raise it/
  );
  await assert.doesNotReject(randomDataset(1, 0, {...lengths, inputLen: 3}, tokenizer));
  const none = {...tokenizer, vocabSize: 2, specialIds: [0, 1]};
  await assert.rejects(randomDataset(1, 0, {...lengths, inputLen: 9}, none), /--special-ids leaves no token/);
});

test("special ids come from /tokenizer_info, in vLLM's form or that of transformers, or from the caller", async () => {
  const idsOf = async (body: unknown, specialIds: number[] | null = null) =>
    (await serverTokenizer(characters({status: 200, body}), "m", {vocabSize: null, specialIds}))?.specialIds;
  const vllm = {
    tokenizer_class: "PreTrainedTokenizerFast",
    model_max_length: 1e30,
    add_bos_token: true,
    bos_token: "<s>",
    eos_token: "</s>",
    pad_token: null,
    additional_special_tokens: ["<|user|>"],
    added_tokens_decoder: {"1": "<s>", "2": "</s>", "7": "<|user|>", "8": "<think>", "9000": "</s>"}
  };
  assert.deepEqual(await idsOf(vllm), [1, 2, 7]);
  const objects = {"1": {content: "<s>", special: true}, "8": {content: "<think>", special: false}};
  assert.deepEqual(await idsOf({added_tokens_decoder: objects}), [1]);
  assert.deepEqual(
    await idsOf({...vllm, added_tokens_decoder: {"3": "<x>"}, all_special_tokens: ["<x>"]}),
    [3]
  );
  assert.deepEqual(await idsOf(vllm, [5, 6000]), [5]);
  assert.deepEqual(await idsOf({...vllm, added_tokens_decoder: [1]}), []);
});

test("payloads are those of vLLM 0.15.1, key for key", () => {
  const prompt = {text: "hi", inputTokens: 1, outputTokens: 128};
  const options = {model: "m", ignoreEos: true, extraBody: {}, continuousUsage: false};
  assert.equal(
    payload(prompt, {...options, backend: "openai-chat"}),
    '{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}],"max_completion_tokens":128,"stream":true,"stream_options":{"include_usage":true},"ignore_eos":true}'
  );
  assert.deepEqual(JSON.parse(payload(prompt, {...options, backend: "openai", ignoreEos: false})), {
    model: "m",
    prompt: "hi",
    repetition_penalty: 1,
    max_tokens: 128,
    logprobs: null,
    stream: true,
    stream_options: {include_usage: true}
  });
});

test("the extra body overrides every other key", () => {
  const prompt = {text: "hi", inputTokens: 1, outputTokens: 128};
  const body = payload(prompt, {
    backend: "vllm",
    model: "m",
    ignoreEos: true,
    extraBody: {ignore_eos: false, temperature: 0},
    continuousUsage: true
  });
  const {ignore_eos, temperature, stream_options} = JSON.parse(body);
  assert.deepEqual({ignore_eos, temperature}, {ignore_eos: false, temperature: 0});
  assert.deepEqual(stream_options, {include_usage: true, continuous_usage_stats: true});
});
