import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {bench} from "../../loaders/bench/bench.js";
import {describePlan} from "../../loaders/bench/call/describe-plan.js";
import {expectedSeconds} from "../../loaders/bench/call/expected-time.js";
import {parseOptions} from "../../loaders/bench/call/parse-arms.js";
import {callFingerprint, pointsOf, settingsOf} from "../../loaders/bench/call/plan.js";
import {seedNote} from "../../loaders/bench/prompts/prompts-by-seed.js";
import {UsageError} from "../../loaders/errors/usage-error.js";

const URL_FLAG = ["--base-url", "http://h:8000"];
const parse = (...flags: string[]) => parseOptions([...URL_FLAG, ...flags], {});

function refused(name: string, flags: string[], remedy: RegExp): void {
  test(`${name} is refused with the remedy in one line`, () => {
    assert.throws(
      () => parse(...flags),
      (error: Error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, remedy);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      }
    );
  });
}

refused("an unknown flag", ["--num-promts", "3"], /--num-promts.*--help/);
refused("a number that is not one", ["--num-prompts", "many"], /--num-prompts: .*--help/);
refused("a ratio of one", ["--random-range-ratio", "1"], /--random-range-ratio/);
refused(
  "a ramp with a rate",
  ["--ramp-up-strategy", "linear", "--request-rate", "3"],
  /leave out one of the two/
);
refused(
  "a ramp without rates",
  ["--ramp-up-strategy", "linear"],
  /pass --ramp-up-start-rps and --ramp-up-end-rps/
);
refused("ramp rates without a strategy", ["--ramp-up-end-rps", "3"], /need --ramp-up-strategy/);
refused(
  "custom prompts for completions, which have no chat template",
  ["--dataset-name", "custom", "--dataset-path", "x"],
  /pass --skip-chat-template if that is meant, or --backend openai-chat/
);
refused("a chat template of other prompts", ["--skip-chat-template"], /is for --dataset-name custom/);
refused("burstiness without a rate", ["--burstiness", "0.5"], /pass --request-rate/);
refused("a file for random prompts", ["--dataset-path", "x"], /leave it out or pass --dataset-name custom/);
refused("custom prompts without a file", ["--dataset-name", "custom"], /pass --dataset-path/);
refused("a length of another dataset", ["--sharegpt-output-len", "5"], /leave it out or change the dataset/);
refused(
  "chat on the completions endpoint",
  ["--backend", "openai-chat", "--endpoint", "/v1/completions"],
  /pass --endpoint \/v1\/chat\/completions/
);
refused(
  "completions on the chat endpoint",
  ["--endpoint", "/v1/chat/completions"],
  /pass --backend openai-chat/
);
refused(
  "a preset and what it sets",
  ["--preset", "published", "--num-prompts", "5"],
  /leave out one of the two/
);
refused("an unknown goodput key", ["--goodput", "itl:5"], /ttft:MS, tpot:MS or e2el:MS/);
refused("an extra body that is not an object", ["--extra-body", "[1]"], /not a JSON object/);
refused("a label with a slash", ["--label", "a/b"], /leave out \//);

refused("a concurrency named twice", ["--max-concurrency", "4,4"], /names 4 twice: name it once/);
refused("an empty number", ["--seed="], /--seed: not a number/);
refused("an empty sampling parameter", ["--temperature="], /--temperature: not a number/);
refused("a hexadecimal number", ["--num-prompts=0x10"], /--num-prompts: not a number/);
refused("a series above the folder", ["--series", ".."], /--series: .*not a dot first/);
refused("a flag without its value", ["--top-k", "--quiet"], /--top-k[^.]*\. See npm run bench/);
refused("a body that does not stream", ["--extra-body", '{"stream":false}'], /leave out stream/);
refused("a body with stream options", ["--extra-body", '{"stream_options":{}}'], /leave it out/);
refused(
  "a body against --ignore-eos",
  ["--ignore-eos", "--extra-body", '{"ignore_eos":false}'],
  /contradicts --ignore-eos/
);
refused(
  "a chunk timeout beyond the request's",
  ["--chunk-timeout", "9", "--request-timeout", "5"],
  /lower it or raise the other/
);
refused("metadata that would replace a result's key", ["--metadata", "date=x"], /choose another key/);
for (const key of [
  "max_concurrent_requests",
  "max_output_tokens_per_s",
  "rps_change_events",
  "p99_ttft_ms",
  "spec_decode_num_drafts"
]) {
  refused(`metadata in the place of ${key}`, ["--metadata", `${key}=1`], /choose another key/);
}
refused("metadata named as our own key", ["--metadata", "benchbook=x"], /choose another key/);
refused(
  "a vocabulary for a file's prompts",
  ["--dataset-name", "custom", "--skip-chat-template", "--dataset-path", "x", "--vocab-size", "9"],
  /--vocab-size does not apply/
);
refused(
  "special ids for prompts of a file",
  ["--dataset-name", "custom", "--skip-chat-template", "--dataset-path", "x", "--special-ids", "1"],
  /--special-ids does not apply/
);
for (const [name, value] of Object.entries({n: 2, use_beam_search: true}))
  refused(`several answers by ${name}`, ["--extra-body", JSON.stringify({[name]: value})], /leave out n and/);
for (const key of ["model", "messages", "prompt"])
  refused(
    `an extra body that sets ${key}`,
    ["--extra-body", JSON.stringify({[key]: "x"})],
    /would not show: pass --/
  );
refused("a header of the connection", ["--header", "Transfer-Encoding=chunked"], /leave it out/);
refused("a header name that HTTP cannot carry", ["--header", "A B=c"], /--header A B: .*correct it/);
refused(
  "a header's value that HTTP does not carry",
  ["--header", "A=sec\rret"],
  /^--header A: its value .*take it out\.$/
);
refused(
  "a label too long for a file's name",
  ["--label", "x".repeat(81)],
  /--label .*at most 80 bytes, not 81/
);
refused("a number of more than 32 bits", ["--max-concurrency", "3000000000"], /--max-concurrency: /);
refused("--host beside --base-url", ["--host", "h"], /leave out one of the two/);
refused(
  "a length beside a preset, by the name it was given,",
  ["--preset", "published", "--input-len", "100"],
  /^--input-len contradicts --preset published/
);
for (const flag of ["model", "served-model-name", "dataset-path", "result-dir", "label"])
  refused(`an empty --${flag}`, [`--${flag}`, ""], new RegExp(`^--${flag}: empty: .*leave the flag out`));
refused("a header named twice", ["--header", "A=1", "a=2"], /^--header: names a twice: name it once/);
refused("metadata named twice", ["--metadata", "A=1", "A=2"], /^--metadata: names A twice: name it once/);
refused("two lengths for one", ["--input-len", "3", "--random-input-len", "4"], /leave out one of the two/);

test("a key that HTTP cannot carry is a wrong call, and is not printed", async () => {
  const effects = {stdout: process.stdout, stderr: process.stderr, signal: new AbortController().signal};
  await assert.rejects(bench([], {...effects, apiKey: "sk-secret\r"}), (error: Error) => {
    assert.ok(error instanceof UsageError);
    assert.match(error.message, /^OPENAI_API_KEY: its value .*take it out\.$/);
    return true;
  });
});

test("infinity and negative numbers are taken as vLLM takes them", () => {
  assert.equal(parse("--request-rate", "inf")["request-rate"], Infinity);
  assert.equal(parse("--request-rate", "2", "--burstiness", "inf").burstiness, Infinity);
  assert.equal(settingsOf(parse("--request-rate", "inf")).request_rate, "inf");
  const negative = parse("--top-k", "-1", "--frequency-penalty", "-0.5", "--presence-penalty", "-.5");
  assert.deepEqual(settingsOf(negative).extra_body, {
    top_k: -1,
    frequency_penalty: -0.5,
    presence_penalty: -0.5
  });
  const file = parse(
    "--dataset-name",
    "custom",
    "--skip-chat-template",
    "--dataset-path",
    "x",
    "--custom-output-len",
    "-1"
  );
  assert.equal(file["custom-output-len"], -1);
});

test("vLLM's common words are understood", () => {
  const options = parseOptions(["--port", "9", "--save-result", "--disable-tqdm", "--output-len", "7"], {});
  assert.equal(options["base-url"], "http://127.0.0.1:9");
  assert.equal(options["random-output-len"], 7);
  assert.deepEqual(parse("--percentile-metrics", "ttft, tpot")["percentile-metrics"], ["ttft", "tpot"]);
});

test("a missing or unfit base URL is refused with the remedy", () => {
  assert.throws(() => parseOptions([], {}), /set VLLM_BASE_URL/);
  assert.throws(() => parseOptions(["--base-url", "http://h:8000/v1"], {}), /leave \/v1 off/);
  assert.throws(() => parseOptions(["--base-url", "http://h:8000?key=1"], {}), /a query/);
  assert.throws(() => parseOptions(["--base-url", "http://u:p@h"], {}), /OPENAI_API_KEY/);
  assert.equal(parseOptions([], {VLLM_BASE_URL: "http://h:8000/"})["base-url"], "http://h:8000");
});

test("a fault in a server's address names the flag or variable that set it", () => {
  assert.throws(() => parseOptions([], {VLLM_BASE_URL: "foo"}), /^Error: VLLM_BASE_URL: not a URL/);
  assert.throws(() => parseOptions([], {VLLM_BASE_URL: "http://h/v1"}), /VLLM_BASE_URL ends in \/v1.*leave/);
  assert.throws(() => parseOptions(["--base-url", "foo"], {}), /^Error: --base-url: not a URL/);
  assert.throws(() => parseOptions(["--port", "x"], {}), /^Error: --host, --port: not a URL/);
  for (const flag of ["--host", "--port"])
    assert.throws(() => parseOptions([flag, ""], {}), new RegExp(`${flag}: empty: .*leave the flag out`));
});

test("--host takes an IPv6 address, with brackets or without", () => {
  for (const host of ["::1", "[::1]"])
    assert.equal(parseOptions(["--host", host], {})["base-url"], "http://[::1]:8000");
});

test("blanks around = belong to neither the key nor the value", () => {
  assert.deepEqual(parse("--header", "A = x y ", "--metadata", " gpu = 2").header, {A: "x y"});
  assert.deepEqual(parse("--metadata", " gpu = 2").metadata, {gpu: "2"});
});

test("metadata keys may differ only in case; header names may not", () => {
  assert.deepEqual(parse("--metadata", "A=1", "a=2").metadata, {A: "1", a: "2"});
});

test("vLLM's flags with several values are taken as vLLM takes them", () => {
  const options = parse(
    "--goodput",
    "ttft:100",
    "tpot:20",
    "--max-concurrency",
    "1",
    "2",
    "--header",
    "A=1",
    "B=x=y"
  );
  assert.deepEqual(options.goodput, {ttft: 100, tpot: 20});
  assert.deepEqual(options["max-concurrency"], [1, 2]);
  assert.deepEqual(options.header, {A: "1", B: "x=y"});
});

test("sampling parameters go into the payload only if given, and the extra body after them", () => {
  const options = parse("--temperature", "0", "--top-k", "5", "--extra-body", '{"top_k":7}');
  assert.deepEqual(settingsOf(options).extra_body, {top_k: 7, temperature: 0});
  assert.deepEqual(settingsOf(parse()).extra_body, {});
});

test("the published preset is the published method", () => {
  const options = parse("--preset", "published");
  const settings = settingsOf(options);
  assert.equal(settings.endpoint, "/v1/chat/completions");
  assert.equal(settings.num_prompts, 32);
  assert.deepEqual([settings.dataset?.input_len, settings.dataset?.output_len], [512, 256]);
  assert.deepEqual(options["max-concurrency"], [1, 2, 4, 8, 16]);
});

test("each repeat goes through all concurrencies before the next begins", () => {
  const order = pointsOf(parse("--max-concurrency", "1,8", "--repeats", "2")).map((p) => [
    p.maxConcurrency,
    p.repeat
  ]);
  assert.deepEqual(order, [
    [1, 0],
    [8, 0],
    [1, 1],
    [8, 1]
  ]);
});

test("a resumed call is the same sweep, another seed is not", () => {
  assert.equal(callFingerprint(parse()), callFingerprint(parse("--resume", "--quiet")));
  assert.notEqual(callFingerprint(parse()), callFingerprint(parse("--seed", "1")));
});

test("a seed for each point promises new prompts only where they are drawn", () => {
  assert.match(seedNote(parse()), /^http:\/\/h:8000 does not reset .* new prompts\.$/);
  const file = parse("--dataset-name", "sharegpt", "--dataset-path", "x");
  assert.match(seedNote(file), /repeated prompts are in the cache\. Start the server with VLLM/);
});

/** Points in turn, with requests that are assumed to take a second each. */
const seconds = (...flags: string[]) =>
  expectedSeconds(parse("--random-output-len", "32", "--repeats", "1", ...flags));
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test("the expected time follows slots, arrivals, the duration and warm-ups", () => {
  const four = ["--num-prompts", "4"];
  const even = ["--burstiness", "inf"];
  near(seconds(...four, "--max-concurrency", "1,2"), 6);
  near(seconds(...four, "--max-concurrency", "1", "--request-rate", "0.5", ...even), 9);
  // Faster than one slot can serve.
  near(seconds(...four, "--max-concurrency", "1", "--request-rate", "10", ...even), 4.1);
  const ramp = ["--ramp-up-strategy", "linear", "--ramp-up-start-rps", "1", "--ramp-up-end-rps", "3"];
  near(seconds("--num-prompts", "3", ...ramp, ...even), 1 + 1 / 2 + 1 / 3 + 1);
  near(seconds("--max-concurrency", "1", "--duration", "2.5"), 3);
  near(seconds(...four, "--max-concurrency", "1", "--duration", "60"), 4);
  near(seconds(...four, "--max-concurrency", "2", "--num-warmups", "3"), 4);
});

test("the dry run shows points, requests, time and everything else that was asked for", () => {
  const plain = describePlan(parse("--max-concurrency", "1,4", "--num-prompts", "8", "--request-rate", "2"));
  assert.match(plain, /6 points × 8 = 48/);
  assert.match(plain, /request rate 2 per s · 3 repeats/);
  assert.doesNotMatch(plain, /Model|Duration|Payload|Goodput|burstiness/);
  assert.match(
    describePlan(parse("--resume", "--num-prompts", "8")),
    /× at most 8 .*Resume .*skips the points that this call has already finished/s
  );
  const full = describePlan(
    parse(
      ...["--model", "org/m", "--dataset-name", "prefix_repetition", "--num-prompts", "25"],
      ...["--ramp-up-strategy", "exponential", "--ramp-up-start-rps", "1", "--ramp-up-end-rps", "8"],
      ...[
        "--burstiness",
        "0.5",
        "--duration",
        "60",
        "--temperature",
        "0",
        "--goodput",
        "ttft:200",
        "e2el:900"
      ]
    )
  );
  for (const text of [
    "Model        org/m",
    "input 256 + 256, output 128 tokens",
    "request rate exponential from 1 to 8 per s, burstiness 0.5",
    "3 points × at most 20 = 60",
    "no request starts after 60 s of a point",
    'Payload      {"temperature":0}',
    "ttft up to 200 ms, e2el up to 900 ms"
  ]) {
    assert.ok(full.includes(text), `${text} is not in\n${full}`);
  }
});

const cli = (flags: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", "loaders/cli/bench.ts", ...flags], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    encoding: "utf8",
    env: {...process.env, VLLM_BASE_URL: ""}
  });

test("the command ends with 2 for a wrong call, 1 for a dead server and 0 for help", () => {
  const wrong = cli(["--burstiness", "2", ...URL_FLAG]);
  assert.equal(wrong.status, 2);
  assert.equal(wrong.stderr.trim().split("\n").length, 1);
  const file = ["--dataset-name", "custom", "--skip-chat-template", "--dataset-path", "no-such-file.jsonl"];
  const lost = cli([...URL_FLAG, ...file, "--dry-run"]);
  assert.equal(lost.status, 2);
  assert.match(lost.stderr, /^--dataset-path no-such-file\.jsonl: .*\n$/);
  assert.equal(lost.stdout, "");
  const folder = mkdtempSync(join(tmpdir(), "options-"));
  const dead = cli(["--base-url", "http://127.0.0.1:9", "--quiet", "--result-dir", folder]);
  rmSync(folder, {recursive: true});
  assert.equal(dead.status, 1);
  assert.match(dead.stderr, /^http:\/\/127\.0\.0\.1:9: refused/);
  const help = cli(["--help"]);
  assert.equal(help.status, 0);
  for (const flag of ["--max-concurrency", "--resume", "--preset published", "npm run simulate"]) {
    assert.ok(help.stdout.includes(flag), flag);
  }
});
