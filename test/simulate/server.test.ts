import assert from "node:assert/strict";
import {connect} from "node:net";
import {after, before, test} from "node:test";
import {type Simulator, startSimulator} from "../../loaders/simulate/start-simulator.js";
import {closing} from "../support/closing.js";
import {eventually} from "../support/eventually.js";
import {CHAT, COMPLETIONS, chatBody, getJson, metric, plannedTtftMs, post, promptOf} from "./client.js";
import {DRAFTING} from "./deployments.js";

let simulator: Simulator;
before(async () => {
  simulator = await startSimulator({speed: 10, deployment: DRAFTING});
});
after(() => simulator.close());

async function refusal(path: string, body: string): Promise<unknown> {
  const response = await fetch(simulator.url + path, {method: "POST", body});
  return [response.status, await response.json()];
}

test("/version and /v1/models say that it is a simulator", async () => {
  assert.deepEqual(await getJson(`${simulator.url}/version`), {version: "0.15.1+benchbook.simulator"});
  const created = Math.floor(Date.now() / 1000);
  const models = JSON.stringify(await getJson(`${simulator.url}/v1/models`))
    .replaceAll(/"created":\d+/g, `"created":${created}`)
    .replace(/modelperm-[0-9a-f]{32}/, "modelperm-0");
  assert.deepEqual(JSON.parse(models), {
    object: "list",
    data: [
      {
        id: "org/drafting",
        object: "model",
        created,
        owned_by: "benchbook-simulator",
        root: "org/drafting",
        parent: null,
        max_model_len: 200_000,
        permission: [
          {
            id: "modelperm-0",
            object: "model_permission",
            created,
            allow_create_engine: false,
            allow_sampling: true,
            allow_logprobs: true,
            allow_search_indices: false,
            allow_view: true,
            allow_fine_tuning: false,
            organization: "*",
            group: null,
            is_blocking: false
          }
        ]
      }
    ]
  });
});

test("/health answers 200 with an empty body", async () => {
  const response = await fetch(`${simulator.url}/health`);
  assert.deepEqual([response.status, await response.text()], [200, ""]);
});

test("an unknown model is a 404 with vLLM’s message", async () => {
  const body = JSON.stringify(chatBody("x", 1, {model: "nope"}));
  const message = "The model `nope` does not exist.";
  const error = {message, type: "NotFoundError", param: "model", code: 404};
  assert.deepEqual(await refusal(CHAT, body), [404, {error}]);
});

test("an unknown path is a 404 as FastAPI words it", async () => {
  assert.deepEqual(await refusal("/v1/nothing", "{}"), [404, {detail: "Not Found"}]);
});

test("a known path with the wrong method is a 405 that names the right one", async () => {
  const asked = async (path: string, method: string) => {
    const response = await fetch(simulator.url + path, {method});
    return [response.status, response.headers.get("allow"), await response.json()];
  };
  const detail = "Method Not Allowed";
  assert.deepEqual(await asked(CHAT, "GET"), [405, "POST", {detail}]);
  assert.deepEqual(await asked("/v1/models", "POST"), [405, "GET", {detail}]);
  assert.deepEqual(await asked("/tokenizer_info", "POST"), [404, null, {detail: "Not Found"}]);
});

test("a list of one prompt is that prompt, a list of several is refused", async () => {
  const usageOf = async (prompt: unknown) => {
    const answer = await post(simulator.url + COMPLETIONS, {prompt, max_tokens: 1});
    return JSON.stringify(await answer.json());
  };
  const alone = /"usage":\{[^}]*\}/.exec(await usageOf(" bako dego"))?.[0];
  assert.match(alone ?? "", /"prompt_tokens":4/);
  assert.ok((await usageOf([" bako dego"])).includes(alone ?? "-"));
  assert.match(await usageOf([[300, 301, 302]]), /"prompt_tokens":3/);
  for (const prompt of [["a", "b"], [[300], [301]], [], [[]]])
    assert.match(await usageOf(prompt), /"code":400/, JSON.stringify(prompt));
});

test("bad requests are refused with a 400 and the reason", async () => {
  const reasonOf = async (path: string, body: string) => JSON.stringify(await refusal(path, body));
  assert.match(await reasonOf(CHAT, "{"), /^\[400,.*JSON decode error.*"type":"Bad Request"/);
  assert.match(await reasonOf(CHAT, "{}"), /^\[400,.*messages/);
  assert.match(await reasonOf(COMPLETIONS, '{"prompt":""}'), /^\[400,.*prompt/);
  const unstreamed = {messages: [], stream_options: {include_usage: true}};
  assert.match(
    await reasonOf(CHAT, JSON.stringify(unstreamed)),
    /Stream options can only be defined when `stream=True`/
  );
  assert.match(
    await reasonOf(CHAT, JSON.stringify(chatBody("x", 200_000))),
    /'max_tokens' or 'max_completion_tokens' is too large: 200000\. This model's maximum context length is 200000 tokens and your request has 7 input tokens \(200000 > 200000 - 7\)/
  );
  assert.match(await reasonOf("/detokenize", '{"tokens":[9999999]}'), /out of vocabulary/);
  assert.match(await reasonOf("/v1/completions", '{"prompt":[9999999]}'), /out of vocabulary/);
});

test("with an API key, only paths under /v1 require it", async () => {
  const guarded = closing(await startSimulator({speed: 50, apiKey: "secret"}));
  const statusOf = async (path: string, headers = {}) => (await fetch(guarded.url + path, {headers})).status;
  assert.equal(await statusOf("/v1/models"), 401);
  assert.equal(await statusOf("/v1/models", {authorization: "Bearer wrong"}), 401);
  assert.equal(await statusOf("/v1/models", {authorization: "Bearer secret"}), 200);
  assert.equal(await statusOf("/metrics"), 200);
  await guarded.close();
});

test("/server_info and /reset_prefix_cache exist in dev mode only", async () => {
  const closed = closing(await startSimulator({devMode: false}));
  assert.equal((await fetch(`${closed.url}/server_info`)).status, 404);
  assert.equal((await post(`${closed.url}/reset_prefix_cache`, {})).status, 404);
  await closed.close();
  const info = async (query: string) => JSON.stringify(await getJson(`${simulator.url}/server_info${query}`));
  assert.match(await info("?config_format=json"), /"vllm_config":\{.*"series":"drafting"/);
  assert.match(await info(""), /"vllm_config":"model='org\/drafting/);
});

test("pipelined requests are answered in order, each in full", async () => {
  const socket = connect(Number(new URL(simulator.url).port), "127.0.0.1");
  const ask = (tokens: number, close: string) => {
    const body = JSON.stringify(chatBody(" bako", tokens));
    return `POST ${CHAT} HTTP/1.1\r\nhost: x\r\n${close}content-length: ${body.length}\r\n\r\n${body}`;
  };
  socket.write(ask(9, "") + ask(2, "connection: close\r\n"));
  let text = "";
  for await (const part of socket) text += part;
  const answers = text.split("HTTP/1.1 200 OK").slice(1);
  assert.deepEqual(
    answers.map((answer) => /"completion_tokens":(\d+)/.exec(answer)?.[1]),
    ["9", "2"]
  );
  for (const answer of answers) assert.match(answer, /data: \[DONE\]\n\n\r\n0\r\n\r\n$/);
});

test("/load counts the requests in flight", async () => {
  const abort = new AbortController();
  const body = JSON.stringify(chatBody(" bako", 9999));
  await fetch(simulator.url + CHAT, {method: "POST", signal: abort.signal, body});
  assert.deepEqual(await getJson(`${simulator.url}/load`), {server_load: 1});
  abort.abort();
});

test("/tokenizer_info exists if it was asked for, with the added tokens as text", async () => {
  assert.equal((await fetch(`${simulator.url}/tokenizer_info`)).status, 404);
  const open = closing(await startSimulator({enableTokenizerInfoEndpoint: true}));
  const info = JSON.stringify(await getJson(`${open.url}/tokenizer_info`));
  await open.close();
  assert.match(info, /^\{"added_tokens_decoder":\{"0":"\[gMASK\]","1":"<sop>",.*"tokenizer_class":/);
});

test("/tokenize and /detokenize are inverses, and /tokenize applies the chat template", async () => {
  const tokenized = await post(`${simulator.url}/tokenize`, {
    prompt: " bako dego",
    add_special_tokens: false
  });
  const {count, max_model_len, tokens, token_strs} = JSON.parse(await tokenized.text());
  assert.deepEqual([count, max_model_len, token_strs], [2, 200_000, null]);
  assert.deepEqual(await (await post(`${simulator.url}/detokenize`, {tokens})).json(), {
    prompt: " bako dego"
  });
  const chat = await post(`${simulator.url}/tokenize`, {
    messages: [{role: "user", content: " bako"}],
    return_token_strs: true
  });
  assert.deepEqual(JSON.parse(await chat.text()).token_strs, [
    "[gMASK]",
    "<sop>",
    "<|user|>",
    "\n",
    " bako",
    "<|assistant|>",
    "\n"
  ]);
});

test("the counters add up: tokens, drafts, accepted per position and finished requests", async () => {
  const name = (suffix: string) => `vllm:${suffix}_total`;
  const read = () =>
    Promise.all(
      [
        name("prompt_tokens"),
        name("generation_tokens"),
        name("spec_decode_num_drafts"),
        name("spec_decode_num_draft_tokens"),
        name("spec_decode_num_accepted_tokens"),
        "vllm:time_to_first_token_seconds_count",
        name("num_preemptions")
      ].map((metricName) => metric(simulator, metricName))
    );
  const before = await read();
  const lengthBefore = await metric(simulator, name("request_success"), 'finished_reason="length"');
  await Promise.all(
    [1, 2, 3].map(async (i) => (await post(`${simulator.url}${CHAT}`, chatBody(promptOf(20, i), 256))).text())
  );
  const [prompt, generation, drafts, draftTokens, accepted, ttfts, preemptions] = (await read()).map(
    (value, i) => value - (before[i] ?? 0)
  );
  assert.deepEqual([prompt, generation, ttfts, preemptions], [3 * 26, 3 * 256, 3, 0]);
  assert.equal(drafts, 3 * 145);
  assert.equal(draftTokens, drafts);
  assert.ok(Math.abs((accepted ?? 0) / (drafts ?? 1) - 0.763) < 0.01, `${accepted} of ${drafts}`);
  assert.equal(
    await metric(simulator, name("spec_decode_num_accepted_tokens_per_pos"), 'position="0"'),
    await metric(simulator, name("spec_decode_num_accepted_tokens"))
  );
  assert.equal(
    (await metric(simulator, name("request_success"), 'finished_reason="length"')) - lengthBefore,
    3
  );
});

test("labels and the spec-decode series are as vLLM exposes them", async () => {
  const plain = closing(await startSimulator({}));
  const text = await (await fetch(`${plain.url}/metrics`)).text();
  await plain.close();
  assert.ok(text.includes('vllm:num_requests_running{engine="0",model_name="benchbook/plain"} 0.0\n'));
  assert.ok(
    text.includes(
      'vllm:request_success_total{engine="0",finished_reason="abort",model_name="benchbook/plain"} 0.0\n'
    )
  );
  assert.ok(text.includes('vllm:time_to_first_token_seconds_bucket{engine="0",le="+Inf",model_name='));
  assert.ok(!text.includes("spec_decode"), "only with speculation on");
});

test("a warm prompt is prefilled faster, counts as hits, and is cold again after a reset", async () => {
  const server = closing(await startSimulator({}));
  const send = async (id: string) =>
    (await post(`${server.url}${CHAT}`, chatBody(promptOf(2048, 5), 1), {"x-request-id": id})).text();
  for (const id of ["cold", "warm"]) await send(id);
  assert.equal(await metric(server, "vllm:prefix_cache_queries_total"), 2 * 2054);
  assert.equal(await metric(server, "vllm:prefix_cache_hits_total"), 2048);
  assert.equal((await post(`${server.url}/reset_prefix_cache`, {})).status, 200);
  await send("reset");
  await server.close();
  const [cold, warm, reset] = server.log.requests;
  assert.ok(cold !== undefined && warm !== undefined && reset !== undefined);
  assert.deepEqual([cold.cachedTokens, warm.cachedTokens, reset.cachedTokens], [0, 2048, 0]);
  assert.ok(
    plannedTtftMs(warm) < plannedTtftMs(cold) - 15,
    `${plannedTtftMs(warm)} against ${plannedTtftMs(cold)}`
  );
});

test("the gauges show what runs and what waits beyond max_num_seqs, and an abort makes room", async () => {
  const server = closing(await startSimulator({maxNumSeqs: 2}));
  const abort = new AbortController();
  const answers = [1, 2, 3].map((i) =>
    fetch(server.url + CHAT, {
      method: "POST",
      signal: abort.signal,
      body: JSON.stringify(chatBody(promptOf(9, i), 9999))
    })
  );
  await Promise.all(answers);
  const gauges = () =>
    Promise.all([metric(server, "vllm:num_requests_running"), metric(server, "vllm:num_requests_waiting")]);
  await eventually(async () => assert.deepEqual(await gauges(), [2, 1]));
  assert.equal(await metric(server, "vllm:request_queue_time_seconds_count"), 2);
  abort.abort();
  await eventually(async () => assert.deepEqual(await gauges(), [0, 0]));
  assert.equal(await metric(server, "vllm:request_success_total", 'finished_reason="abort"'), 3);
  assert.deepEqual(
    server.log.requests.map(({ending}) => ending),
    ["aborted", "aborted", "aborted"]
  );
  await server.close();
});
