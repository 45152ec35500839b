import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {type Simulator, startSimulator} from "../../loaders/simulate/start-simulator.js";
import {closing} from "../support/closing.js";
import {CHAT, COMPLETIONS, chatBody, eventsOf, post} from "./client.js";

let simulator: Simulator;
before(async () => {
  simulator = await startSimulator({speed: 50, model: "m"});
});
after(() => simulator.close());

/** Replaces what differs between runs: the time of creation. */
function withoutTime(text: string): string {
  return text.replace(/"created":\d+/g, '"created":0');
}

async function streamed(endpoint: string, body: object, id: string): Promise<string[]> {
  const response = await post(`${simulator.url}${endpoint}`, {...body}, {"x-request-id": id});
  assert.equal(response.status, 200);
  return eventsOf(withoutTime(await response.text()));
}

test("a chat stream is, byte by byte, a role chunk, one chunk per token, the usage and [DONE]", async () => {
  const events = await streamed(CHAT, chatBody(" bako", 2), "bench-1-0");
  const start = `{"id":"chatcmpl-bench-1-0","object":"chat.completion.chunk","created":0,"model":"m","choices":`;
  const [first, second] = events.slice(1, 3).map((event) => /"content":"( \w{4})"/.exec(event)?.[1]);
  assert.deepEqual(events, [
    `${start}[{"index":0,"delta":{"role":"assistant","content":"","reasoning_content":null},"logprobs":null,"finish_reason":null}],"prompt_token_ids":null}`,
    `${start}[{"index":0,"delta":{"content":"${first}","reasoning_content":null},"logprobs":null,"finish_reason":null,"token_ids":null}]}`,
    `${start}[{"index":0,"delta":{"content":"${second}","reasoning_content":null},"logprobs":null,"finish_reason":"length","stop_reason":null,"token_ids":null}]}`,
    `${start}[],"usage":{"prompt_tokens":7,"total_tokens":9,"completion_tokens":2}}`,
    "[DONE]"
  ]);
});

test("a completion stream has no role chunk and one text chunk per engine output", async () => {
  const body = {
    prompt: " bako",
    max_tokens: 2,
    stream: true,
    stream_options: {include_usage: true},
    ignore_eos: true
  };
  const events = await streamed(COMPLETIONS, body, "c");
  const start = `{"id":"cmpl-c","object":"text_completion","created":0,"model":"m","choices":`;
  const [first, second] = events.map((event) => /"text":"( \w{4})"/.exec(event)?.[1]);
  assert.deepEqual(events, [
    `${start}[{"index":0,"text":"${first}","logprobs":null,"finish_reason":null,"stop_reason":null,"prompt_token_ids":null,"token_ids":null}]}`,
    `${start}[{"index":0,"text":"${second}","logprobs":null,"finish_reason":"length","stop_reason":null,"prompt_token_ids":null,"token_ids":null}]}`,
    `${start}[],"usage":{"prompt_tokens":3,"total_tokens":5,"completion_tokens":2}}`,
    "[DONE]"
  ]);
});

test("without include_usage there is no usage chunk", async () => {
  const events = await streamed(CHAT, chatBody(" bako", 1, {stream_options: {include_usage: false}}), "n");
  assert.equal(events.length, 3);
  assert.ok(!events.join().includes("usage"));
});

test("continuous_usage_stats puts the tokens so far into every chunk, 0 in the role chunk", async () => {
  const options = {include_usage: true, continuous_usage_stats: true};
  const events = await streamed(CHAT, chatBody(" bako", 3, {stream_options: options}), "u");
  const counts = events.map((event) => /"completion_tokens":(\d+)}/.exec(event)?.[1]);
  assert.deepEqual(counts, ["0", "1", "2", "3", "3", undefined]);
  assert.ok(
    events[0]?.endsWith(
      `"usage":{"prompt_tokens":7,"total_tokens":7,"completion_tokens":0},"prompt_token_ids":null}`
    )
  );
});

test("the content type is an event stream’s, and every response is marked as simulated", async () => {
  const response = await post(`${simulator.url}${CHAT}`, chatBody(" bako", 1));
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(response.headers.get("x-benchbook-simulated"), "true");
  await response.text();
});

test("reasoning comes in delta.reasoning, and the token that ends it makes no chunk", async () => {
  const thinking = closing(await startSimulator({speed: 50, reasoningTokens: 2}));
  const text = await (await post(`${thinking.url}${CHAT}`, chatBody(" bako", 5))).text();
  const quiet = await post(
    `${thinking.url}${CHAT}`,
    chatBody(" bako", 5, {chat_template_kwargs: {enable_thinking: false}})
  );
  assert.ok(!(await quiet.text()).includes('"reasoning":"'));
  await thinking.close();
  const [log] = thinking.log.requests;
  assert.deepEqual(
    log?.chunks.map(({kind, tokens}) => `${kind} ${tokens}`),
    ["role 0", "reasoning 1", "reasoning 1", "content 1", "content 1", "usage 0", "done 0"]
  );
  assert.match(text, /"delta":\{"reasoning":"( \w+)","reasoning_content":"\1"\}/);
  assert.ok(text.includes(`"completion_tokens":5}`));
});

test("tools are answered by a tool call whose arguments add up to JSON", async () => {
  const tools = [{type: "function", function: {name: "look_up"}}];
  const body = chatBody(" bako", 600, {tools, ignore_eos: false});
  const events = eventsOf(await (await post(`${simulator.url}${CHAT}`, body)).text());
  const calls = events.flatMap((event) => /"tool_calls":(\[.*?\])\},"logprobs"/.exec(event)?.[1] ?? []);
  assert.match(
    calls[0] ?? "",
    /^\[\{"id":"chatcmpl-tool-[0-9a-f]+","type":"function","index":0,"function":\{"name":"look_up"\}\}\]$/
  );
  const parts = calls.slice(1).map((call) => /"arguments":(".*")\}\}\]$/.exec(call)?.[1] ?? "null");
  assert.equal(typeof JSON.parse(parts.map((part) => JSON.parse(part)).join("")).text, "string");
  assert.ok(events.some((event) => event.includes(`"finish_reason":"tool_calls"`)));
});

test("an answer that ends by itself stops with an empty end-of-text token that is counted", async () => {
  const body = chatBody(" bako", 600, {ignore_eos: false});
  const events = eventsOf(await (await post(`${simulator.url}${CHAT}`, body)).text());
  const last = events.at(-3) ?? "";
  assert.ok(
    last.includes(`"delta":{"content":"","reasoning_content":null},"logprobs":null,"finish_reason":"stop"`),
    last
  );
  const tokens = Number(/"completion_tokens":(\d+)/.exec(events.at(-2) ?? "")?.[1]);
  assert.equal(events.length, tokens + 3);
});

test("without stream the whole answer comes as one object with vLLM’s fields in order", async () => {
  const body = {messages: [{role: "user", content: "hi"}], max_tokens: 3, ignore_eos: true};
  const chat = await (await post(`${simulator.url}${CHAT}`, body, {"x-request-id": "w"})).text();
  assert.match(
    withoutTime(chat),
    /^\{"id":"chatcmpl-w","object":"chat.completion","created":0,"model":"m","choices":\[\{"index":0,"message":\{"role":"assistant","content":"( \w{4}){3}","refusal":null,"annotations":null,"audio":null,"function_call":null,"tool_calls":\[\],"reasoning":null,"reasoning_content":null\},"logprobs":null,"finish_reason":"length","stop_reason":null,"token_ids":null\}\],"service_tier":null,"system_fingerprint":null,"usage":\{"prompt_tokens":7,"total_tokens":10,"completion_tokens":3,"prompt_tokens_details":null\},"prompt_logprobs":null,"prompt_token_ids":null,"kv_transfer_params":null\}$/
  );
  const completion = await (
    await post(`${simulator.url}${COMPLETIONS}`, {prompt: "hi", max_tokens: 3, ignore_eos: true})
  ).text();
  assert.match(completion, /"object":"text_completion".*"text":"( \w{4}){3}".*"completion_tokens":3,/);
});
