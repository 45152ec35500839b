import assert from "node:assert/strict";
import {getEventListeners} from "node:events";
import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {vllmRuns} from "../../loaders/formats/vllm-file.js";
import {startSimulator} from "../../loaders/simulate/start-simulator.js";
import {DRAFTING} from "../simulate/deployments.js";
import {closing} from "../support/closing.js";
import {chunk, DONE, delta, good, role, runBench, serve, stream, usage} from "./server.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "bench-"));
});
after(() => rm(folder, {recursive: true}));

const near = (actual: number | null | undefined, expected: number, tolerance: number, what: string) =>
  assert.ok(
    Math.abs((actual ?? NaN) - expected) <= tolerance,
    `${what}: ${actual} is not ${expected} ± ${tolerance}`
  );

test("a run records its tokens, drafts and traffic, and that a simulator served it", async () => {
  const simulator = closing(await startSimulator({deployment: DRAFTING, speed: 20}));
  const {runs} = await runBench(simulator.url, join(folder, "truth"), [
    ...["--random-input-len", "64", "--random-output-len", "40"],
    ...["--num-prompts", "24", "--max-concurrency", "4"]
  ]);
  const run = runs[0] ?? assert.fail();
  assert.equal(run.metrics["benchbook-1"]?.total_output_tokens, 24 * 40);
  assert.equal(run.chunk_tokens_known, true);
  assert.equal(run.provenance?.traffic?.server_generation_tokens, 24 * 40);
  const {drafts = 0, accepted_tokens = 0, acceptance_length} = run.provenance?.spec_decode ?? {};
  assert.ok(accepted_tokens > 0);
  near(acceptance_length, 1 + accepted_tokens / drafts, 1e-9, "acceptance length");
  assert.ok(run.warnings.some((w) => w.code === "simulated"));
  assert.ok(!run.warnings.some((w) => ["foreign-traffic", "warm-prefix-cache"].includes(w.code)));
});

test("a reader that knows only vLLM's keys reads a result as vLLM's", async () => {
  const server = await serve((r) => stream(r).end(good));
  const {paths, results} = await runBench(server.url, join(folder, "vllm"), [
    "--num-prompts",
    "3",
    "--save-detailed",
    "--metadata",
    "tp=4",
    "--percentile-metrics",
    "ttft,e2el",
    "--metric-percentiles",
    "50,99.9"
  ]);
  const keys = Object.keys(JSON.parse(await readFile(paths[0] ?? "", "utf8")));
  assert.deepEqual(keys, [
    ..."date endpoint_type backend label model_id tokenizer_id num_prompts tp request_rate burstiness max_concurrency".split(
      " "
    ),
    ..."duration completed failed total_input_tokens total_output_tokens request_throughput request_goodput".split(
      " "
    ),
    ..."output_throughput total_token_throughput input_lens output_lens ttfts itls start_times generated_texts errors".split(
      " "
    ),
    ..."max_output_tokens_per_s max_concurrent_requests".split(" "),
    ...["ttft", "e2el"].flatMap((m) => ["mean", "median", "std", "p50", "p99.9"].map((s) => `${s}_${m}_ms`)),
    "benchbook"
  ]);
  assert.match(paths[0] ?? "", /\/openai-chat-infqps-concurrency1-m-\d{8}-\d{6}\.json$/);
  assert.deepEqual(results[0]?.generated_texts, ["ab", "ab", "ab"]);
  assert.equal(results[0]?.model_id, "org/m");
  const [foreign] = vllmRuns(results, paths[0] ?? "");
  assert.equal(foreign?.requests?.length, 3);
  assert.equal(foreign?.metrics["as-reported"]?.completed, 3);
});

test("texts are kept only when asked for", async () => {
  const server = await serve((r) => stream(r).end(good));
  const {results} = await runBench(server.url, join(folder, "texts"), ["--num-prompts", "2"]);
  assert.deepEqual(results[0]?.generated_texts, ["", ""]);
});

test("the API key and headers are sent and appear in no file and no output, even when the server echoes them", async () => {
  const seen: (string | undefined)[] = [];
  const server = await serve((response, _body, request) => {
    seen.push(request.headers.authorization, String(request.headers["x-team"]));
    const team = String(request.headers["x-team"]).split(" ").at(-1);
    response.writeHead(400).end(`no: ${request.headers.authorization} ${team}`);
  });
  const target = join(folder, "secret");
  const {stderr, stdout} = await runBench(
    server.url,
    target,
    ["--num-prompts", "1", "--header", "X-Team=Token team-secret"],
    {
      apiKey: "sk-very-secret"
    }
  );
  assert.deepEqual(seen, ["Bearer sk-very-secret", "Token team-secret"]);
  const files = await readdir(target);
  const written = await Promise.all(files.map((file) => readFile(join(target, file), "latin1")));
  for (const text of [stderr, stdout, ...files, ...written])
    assert.doesNotMatch(text, /very-secret|team-secret/);
  assert.match(written.join(""), /HTTP 400: no: Bearer \[redacted\] \[redacted\]/);
});

test("a secret is redacted with its blanks collapsed, and a cookie pair by pair; a date is not a secret", async () => {
  const server = await serve((response, _body, request) => {
    const [session = "", other = ""] = String(request.headers.cookie).split("; ");
    response.writeHead(400).end(`${request.headers["x-auth"]} ${other} | ${session.split("=")[1]}`);
  });
  const target = join(folder, "parts");
  const headers = ["X-Auth=alpha-1  bravo-2", "Cookie=session=sesame-3; other=delta-4", "X-Year=2026"];
  await runBench(server.url, target, ["--num-prompts", "1", "--header", ...headers]);
  const [file = ""] = (await readdir(target)).filter((name) => name.endsWith(".json"));
  const text = await readFile(join(target, file), "utf8");
  assert.doesNotMatch(text, /alpha-1|bravo-2|sesame-3|delta-4/);
  assert.match(text, /^\{"date":"\d{8}-\d{6}"/);
});

const SECRET = /very-s|team-s/;

test("a server that repeats the key and a header everywhere gets neither into a file, a file name or the output", async () => {
  const said = "sk/very-secret-key team-secret-token";
  const end = {choices: [{index: 0, delta: {content: said}, finish_reason: said}]};
  let n = 0;
  const server = await serve(
    (response) => {
      n++;
      if (n === 1) stream(response).end(chunk(end) + usage(2) + DONE);
      else if (n === 2) response.writeHead(500).end(`${"x".repeat(290)} ${said}`);
      else if (n === 3) stream(response).end(chunk({error: {message: said}}) + DONE);
      else if (n === 4) stream(response).end(`data: {${said}\n\n`);
      else response.writeHead(200, {"content-type": `text/${said.replace(" ", "-")}`}).end();
    },
    {
      others: {
        "/v1/models": {
          data: [{id: said, root: `org/${said}`, max_model_len: 9}, {id: `other-${said}`}]
        },
        "/version": {version: said},
        "/server_info?config_format=json": {[said]: [said, {name: said, id: 1234}]},
        "/metrics": `vllm:spec_decode_num_drafts_total{x="${said}"} 1`
      }
    }
  );
  const secrets = ["--header", "X-Team=Token team-secret-token", "X-Tenant=1234", "X-App=benchbook"];
  const target = join(folder, "echo");
  const call = ["--num-prompts", "5", "--save-detailed", ...secrets];
  const {stderr, stdout, runs} = await runBench(server.url, target, call, {apiKey: "sk/very-secret-key"});
  const refused: Error = await runBench(server.url, target, ["--model", "none", ...secrets], {
    apiKey: "sk/very-secret-key"
  }).then(
    () => assert.fail("a model that is not served"),
    (error: Error) => error
  );
  const files = await readdir(target);
  assert.equal(files.length, 2);
  const written = await Promise.all(files.map((file) => readFile(join(target, file), "latin1")));
  for (const text of [stderr, stdout, refused.message, String(refused.stack), ...files, ...written])
    assert.doesNotMatch(text, SECRET);
  const [run] = runs;
  assert.equal(run?.tool.name, "benchbook");
  assert.equal(run?.provenance?.server_version, "[redacted] [redacted]");
  assert.deepEqual(run?.provenance?.server_info, {
    "[redacted] [redacted]": ["[redacted] [redacted]", {name: "[redacted] [redacted]", id: 1234}]
  });
  assert.deepEqual(
    run?.requests?.map((r) => r.failure?.kind ?? null),
    [null, "http", "stream_error", "malformed", "not_a_stream"]
  );
});

test("a header whose value is also a word in the result leaves the result and its name unchanged", async () => {
  const server = await serve((r) => stream(r).end(good));
  const headers = ["--header", "X-Provider=openai", "X-Route=random", "X-Metric=ttft"];
  const {results, runs, paths} = await runBench(server.url, join(folder, "words"), [
    ...["--num-prompts", "1", "--goodput", "ttft:9"],
    ...headers
  ]);
  assert.equal(results[0]?.backend, "openai-chat");
  assert.equal(runs[0]?.settings.backend, "openai-chat");
  assert.equal(runs[0]?.settings.dataset?.name, "random");
  assert.deepEqual(runs[0]?.settings.percentile_metrics, ["ttft", "tpot", "itl"]);
  assert.match(paths[0] ?? "", /\/openai-chat-infqps-/);
});

test("a model whose name is not a valid file name is measured and kept", async () => {
  const id = `a\\b\0${"x".repeat(400)}`;
  const server = await serve((r) => stream(r).end(good), {others: {"/v1/models": {data: [{id}]}}});
  const {runs, paths} = await runBench(server.url, join(folder, "long"), ["--num-prompts", "1"]);
  assert.equal(runs[0]?.settings.model, id);
  assert.match(paths[0] ?? "", /-a_b_x{96}-[\d-]+\.json$/);
});

test("the secrets that a server was started with are not recorded", async () => {
  for (const [info, recorded] of [
    [
      {vllm_config: {model_config: {hf_token: "hf_abc", max_tokens: 3, tokenizer: "t"}, hf_tokens: [1]}},
      {vllm_config: {model_config: {hf_token: "[redacted]", max_tokens: 3, tokenizer: "t"}, hf_tokens: [1]}}
    ],
    [
      {vllm_config: "model='m', hf_token='hf_abc', max_tokens=3, api_key=None, tokenizer='t'"},
      {vllm_config: "model='m', hf_token=[redacted], max_tokens=3, api_key=None, tokenizer='t'"}
    ]
  ]) {
    const others = {"/server_info?config_format=json": info};
    const server = await serve((r) => stream(r).end(good), {others});
    const {runs} = await runBench(server.url, join(folder, "info"), ["--num-prompts", "1"]);
    assert.deepEqual(runs[0]?.provenance?.server_info, recorded);
  }
});

test("the sweep stops and says so if nothing is due within --duration", async () => {
  const server = await serve((r) => stream(r).end(good));
  const flags = ["--num-prompts", "5", "--duration", "0.2", "--request-rate", "0.1", "--repeats", "2"];
  const {end, runs} = await runBench(server.url, join(folder, "due"), flags);
  assert.equal(end, "nothing-due");
  assert.deepEqual(runs, []);
});

test("answers without usage are tokenised a few at a time", async () => {
  let [open, most] = [0, 0];
  const server = await serve((r) => stream(r).end(role + delta("a b", "length") + DONE), {
    answers: {
      "/tokenize": async (response, body) => {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, 5));
        open--;
        const tokens = String(body.prompt).split(" ").map(Number.bind(null, 0));
        response.end(JSON.stringify({tokens}));
      },
      "/detokenize": (response) => response.end(JSON.stringify({prompt: "w"}))
    }
  });
  const flags = ["--num-prompts", "40", "--max-concurrency", "40", "--vocab-size", "9"];
  const {runs} = await runBench(server.url, join(folder, "anew"), flags);
  assert.equal(runs[0]?.metrics["benchbook-1"]?.total_output_tokens, 80);
  assert.ok(most <= 16, `${most} at once`);
});

test("the line of a finished point shows its rate and TTFT", async () => {
  const server = await serve((r) => stream(r).end(good));
  const {stderr} = await runBench(server.url, join(folder, "line"), ["--num-prompts", "2"]);
  assert.match(stderr, /^C=1 1\/1: 2\/2 · \d+ tok\/s · TTFT \d+ ms · [\d.]+ s$/m);
});

test("a run records what it asked for, what it left out and which Benchbook measured", async () => {
  const server = await serve((r) => stream(r).end(good));
  const {runs} = await runBench(server.url, join(folder, "asked"), [
    "--num-prompts",
    "1",
    "--no-continuous-usage",
    "--max-failures",
    "9",
    "--first-token-timeout",
    "5"
  ]);
  const {settings, tool, warnings} = runs[0] ?? assert.fail();
  assert.equal(settings.ignore_eos, true);
  assert.equal(settings.continuous_usage, false);
  assert.equal(settings.max_failures, 9);
  assert.deepEqual(settings.timeouts_s, {first_token: 5, chunk: 120, request: 21_600});
  assert.equal(settings.vocab_size, 87);
  assert.deepEqual(settings.special_ids, []);
  assert.match(tool.version ?? "", /^\d+\.\d+\.\d+/);
  assert.match(
    warnings.find(({code}) => code === "tokens-per-chunk-unknown")?.message ?? "",
    /not asked for .*--no-continuous-usage/
  );
});

test("warm-ups are sent under the run's settings and not measured", async () => {
  const server = await serve((r) => stream(r).end(good));
  const {runs} = await runBench(server.url, join(folder, "warm"), [
    "--num-prompts",
    "2",
    "--num-warmups",
    "3"
  ]);
  assert.equal(server.bodies.length, 1 + 3 + 2);
  assert.equal(runs[0]?.requests?.length, 2);
});

test("any number of warm-ups may be in flight, and none keeps listening for an interruption", async (t) => {
  const server = await serve((r) => stream(r).end(good));
  const warnings: string[] = [];
  const note = ({message}: Error) => warnings.push(message);
  process.on("warning", note);
  t.after(() => process.off("warning", note));
  const {signal} = new AbortController();
  const flags = ["--num-prompts", "1", "--num-warmups", "12", "--max-concurrency", "12"];
  await runBench(server.url, join(folder, "many"), flags, {signal});
  assert.deepEqual(warnings, []);
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("--duration stops starting requests and records how many were started", async () => {
  const server = await serve((r) => setTimeout(() => stream(r).end(good), 50));
  const {runs, end} = await runBench(server.url, join(folder, "duration"), [
    "--num-prompts",
    "100",
    "--duration",
    "0.3"
  ]);
  const requests = runs[0]?.requests ?? [];
  const count = requests.length;
  assert.ok((requests.at(-2)?.start_ms ?? 0) <= 300, "the one before the last has ended by then");
  assert.ok((requests.at(-1)?.end_ms ?? 0) >= 300, "it goes on until then");
  assert.equal(runs[0]?.settings.num_prompts, count);
  assert.equal(end, "finished");
});

test("requests wait for a slot in the client, and that wait is recorded", async () => {
  const server = await serve((r) => setTimeout(() => stream(r).end(good), 40));
  const {runs} = await runBench(server.url, join(folder, "queue"), ["--num-prompts", "3"]);
  const requests = runs[0]?.requests ?? [];
  const starts = requests.map(({start_ms}) => start_ms ?? Number.NaN);
  assert.ok(requests.every(({end_ms}, i) => (starts[i + 1] ?? Infinity) >= (end_ms ?? Infinity)));
  const mean = starts.reduce((sum, start) => sum + start, 0) / 3;
  near(runs[0]?.metrics["benchbook-1"]?.mean_client_queue_time_ms, mean, 1, "queue time");
});

test("each point has its own prompts if the prefix cache cannot be reset", async () => {
  const server = await serve((r) => stream(r).end(good));
  const {runs} = await runBench(server.url, join(folder, "seeds"), [
    "--num-prompts",
    "2",
    "--repeats",
    "2",
    "--seed",
    "7"
  ]);
  assert.deepEqual(
    runs.map((r) => r.settings.seed),
    [7, 8]
  );
  assert.deepEqual(
    runs.map((r) => r.provenance?.prefix_cache_reset),
    [false, false]
  );
});

test("a late event loop is not mistaken for waiting for a socket", async () => {
  const server = await serve((r) => stream(r).end(good));
  let isMeasuring = true;
  const hold = () => {
    const until = performance.now() + 8;
    while (performance.now() < until);
    if (isMeasuring) setImmediate(hold);
  };
  hold();
  const {runs} = await runBench(server.url, join(folder, "late"), ["--num-prompts", "8"]).finally(() => {
    isMeasuring = false;
  });
  const late = (runs[0]?.requests ?? []).filter((r) => (r.sent_ms ?? 0) - (r.start_ms ?? 0) > 5);
  assert.ok(late.length > 0, "no request was late");
  assert.equal(runs[0]?.health?.sockets_waited_for, 0);
});

test("a sequential request reuses the socket of the one before it", async () => {
  const server = await serve((r) => stream(r).end(good));
  const {runs} = await runBench(server.url, join(folder, "sockets"), [
    "--num-prompts",
    "40",
    "--max-concurrency",
    "4"
  ]);
  const opened = runs[0]?.health?.sockets_opened ?? NaN;
  assert.ok(opened <= 4, `${opened} sockets for 4 slots`);
});
