import assert from "node:assert/strict";
import {test} from "node:test";
import {EventLog} from "../../loaders/bench/stream/event-log.js";
import {StreamReader} from "../../loaders/bench/stream/stream-reader.js";
import {EVENT_KINDS, KIND} from "../../loaders/formats/events.js";

const json = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chat = (delta: object, finish: string | null = null, usage?: object) =>
  json({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1,
    model: "m",
    choices: [{index: 0, delta, logprobs: null, finish_reason: finish}],
    ...(usage ? {usage} : {})
  });
const usage = (completion: number, prompt = 7) =>
  json({
    id: "1",
    choices: [],
    usage: {prompt_tokens: prompt, completion_tokens: completion, total_tokens: 0}
  });
const DONE = "data: [DONE]\n\n";

/** Reads the stream in pieces of `size` bytes, or in the given pieces, one per millisecond. */
function read(stream: string | string[], size = Infinity) {
  const log = new EventLog();
  const reader = new StreamReader(log, 3);
  let time = 0;
  for (const text of [stream].flat()) {
    const bytes = Buffer.from(text);
    for (let i = 0; i < bytes.length; i += size)
      reader.read(bytes, i, Math.min(i + size, bytes.length), ++time);
  }
  reader.end(++time);
  const columns = log.columns();
  return {
    kinds: [...columns.kind].map((code) => EVENT_KINDS[code]),
    tokens: [...columns.tokens],
    timesMs: [...columns.time_ns].map((ns) => ns / 1e6),
    outcome: reader.outcome,
    text: reader.text(),
    countedByChunk: reader.countedByChunk
  };
}

const whole =
  chat({role: "assistant", content: ""}) +
  chat({reasoning: "hm"}) +
  chat({content: 'é"}],\\ 🙂'}) +
  chat({tool_calls: [{index: 0, function: {arguments: '{"choices":[]}'}}]}) +
  chat({}, "length") +
  usage(5) +
  DONE;
const kinds = ["role", "reasoning", "content", "tool_call", "empty", "usage", "done"];

test("every kind of chunk is told apart", () => {
  const stream = read(whole);
  assert.deepEqual(stream.kinds, kinds);
  assert.equal(stream.outcome.finishReason, "length");
  assert.equal(stream.outcome.completionTokens, 5);
  assert.equal(stream.outcome.promptTokens, 7);
  assert.equal(stream.outcome.contentEvents, 3);
  assert.equal(stream.outcome.firstContentMs, 1);
  assert.equal(stream.outcome.done, true);
  assert.equal(stream.text, 'é"}],\\ 🙂');
});

test("a reader takes only its part of a buffer, and the bytes around it change nothing", () => {
  const event = chat({content: "ab"});
  const log = new EventLog();
  const reader = new StreamReader(log, 0);
  const bytes = Buffer.from(`}\n\n${event}${DONE}`);
  for (let i = 0; i < 3; i++) reader.read(bytes, 3, 3 + event.length, i);
  reader.read(bytes, 3, 10, 3);
  reader.end(4);
  assert.deepEqual([...log.columns().kind], [KIND.content, KIND.content, KIND.content, KIND.malformed]);
  assert.equal(reader.text(), "ababab");
});

test("a stream cut at any byte reads the same", () => {
  for (const size of [1, 2, 3, 5, 7, 11, 64, 257]) {
    const stream = read(whole, size);
    assert.deepEqual(stream.kinds, kinds, `pieces of ${size}`);
    assert.equal(stream.text, 'é"}],\\ 🙂', `pieces of ${size}`);
  }
});

test("a chunk reads the same after any other, however alike the two are", () => {
  const chunks = [
    chat({content: "a"}),
    chat({content: "longer"}),
    chat({content: ""}),
    chat({content: "\\"}),
    chat({content: '"'}),
    chat({content: '\\"}'}),
    chat({content: "a", reasoning: "b"}),
    chat({content: "a", tool_calls: [{index: 0}]}),
    chat({content: "a"}, "stop"),
    chat({reasoning: "a"}),
    chat({role: "assistant", content: "a"}),
    json({id: "chatcmpl-1", error: {message: "a"}}),
    usage(1),
    chat({content: "a"}, null, {prompt_tokens: 7, total_tokens: 8, completion_tokens: 1}),
    chat({content: "bc"}, null, {prompt_tokens: 7, total_tokens: 20, completion_tokens: 13}),
    chat({content: "a"}, null, {completion_tokens: 1, total_tokens: 8, prompt_tokens: 7}),
    chat({content: "a"}, null, {prompt_tokens: 7, total_tokens: null, completion_tokens: 1}),
    chat({content: "a"}, null, {prompt_tokens: 7, total_tokens: 8, completion_tokens: 1.5}),
    chat({content: "a"}, null, {prompt_tokens: 7, total_tokens: 8})
  ];
  const toldApart = (...events: string[]) => {
    const {kinds, tokens, text: content, outcome} = read(events);
    const {finishReason: finish, completionTokens: completion} = outcome;
    return {kind: kinds.at(-1), tokens: tokens.at(-1), content, finish, completion};
  };
  for (const first of chunks) {
    for (const second of chunks) {
      const [alone, before, after] = [toldApart(second), toldApart(first), toldApart(first, first, second)];
      const isCounted = alone.kind === "content" && alone.completion !== null;
      const counted = Math.max(0, before.tokens ?? 0);
      const isAfterUncounted =
        before.tokens === -1 && ["content", "reasoning", "tool_call"].includes(before.kind ?? "");
      const more = (alone.completion ?? 0) - counted;
      const expected = {
        kind: alone.kind,
        tokens: isCounted ? (isAfterUncounted || more < 0 ? -1 : more) : alone.tokens,
        content: before.content + before.content + alone.content,
        finish: alone.finish ?? before.finish,
        completion: alone.completion ?? before.completion
      };
      assert.deepEqual(after, expected, `${first}${second}`);
    }
  }
});

test("CRLF, comments, keep-alives and other fields change nothing", () => {
  const noisy = `: ping\r\n\r\nretry: 10\r\nevent: message\r\n${whole.replaceAll("\n", "\r\n: keep-alive\r\n")}`;
  assert.deepEqual(read(noisy.replaceAll("\r\n: keep-alive\r\n\r\n", "\r\n\r\n"), 9).kinds, kinds);
});

test("a chunk has the time of the read that completes its line", () => {
  const first = chat({content: "a"});
  const log = new EventLog();
  const reader = new StreamReader(log, 0);
  const pieces: [text: string, timeMs: number][] = [
    [first.slice(0, 20), 1],
    [first.slice(20) + first, 2],
    [first, 5],
    [first.slice(0, -1), 6],
    [`\n${first}`, 8]
  ];
  for (const [text, timeMs] of pieces) reader.read(Buffer.from(text), 0, text.length, timeMs);
  assert.deepEqual([...log.columns().time_ns], [2e6, 2e6, 5e6, 6e6, 8e6]);
});

test("continuous usage gives each chunk its tokens, several per chunk with MTP", () => {
  const counted = (n: number) => ({prompt_tokens: 7, total_tokens: 7 + n, completion_tokens: n});
  const stream = read(
    chat({role: "assistant", content: ""}, null, counted(0)) +
      chat({content: "a"}, null, counted(1)) +
      chat({content: "bcd"}, null, counted(4)) +
      usage(4) +
      DONE
  );
  assert.deepEqual(stream.tokens, [0, 1, 3, 0, 0]);
});

test("tokens of a chunk without text count with the next text, and those of a silent last chunk with none", () => {
  const counted = (n: number) => ({prompt_tokens: 7, total_tokens: 7 + n, completion_tokens: n});
  const stream = read(
    chat({content: ""}, null, counted(2)) +
      chat({content: "字"}, null, counted(3)) +
      chat({content: ""}, null, counted(4)) +
      chat({content: "母"}, null, counted(5)) +
      chat({content: ""}, "stop", counted(6)) +
      DONE
  );
  assert.deepEqual(stream.tokens, [0, 3, 0, 2, 0, 0]);
  assert.equal(stream.outcome.completionTokens, 6);
  assert.equal(stream.countedByChunk, true);
});

test("without continuous usage the tokens of a chunk are unknown, not one", () => {
  assert.deepEqual(read(chat({content: "a"}) + DONE).tokens, [-1, 0]);
});

test("completions have text instead of a delta", () => {
  const stream = read(
    json({choices: [{index: 0, text: "ab", logprobs: null, finish_reason: null}]}) +
      json({choices: [{index: 0, text: "", finish_reason: "stop"}]}) +
      DONE
  );
  assert.deepEqual(stream.kinds, ["content", "empty", "done"]);
  assert.equal(stream.text, "ab");
});

test("an error object is an error, whatever its shape", () => {
  for (const [error, message] of [
    [{error: {message: "boom", code: 500}}, "boom"],
    [{object: "error", message: "boom"}, "boom"],
    [{error: "boom"}, "boom"],
    [{error: {message: null, code: 500}}, '{"message":null,"code":500}'],
    [{error: {message: ["x"]}, choices: []}, '{"message":["x"]}'],
    [{error: 500}, "500"],
    [{object: "error", code: 500}, '{"object":"error","code":500}']
  ] as const) {
    const stream = read(chat({content: "a"}) + json(error) + DONE);
    assert.deepEqual(stream.kinds, ["content", "error", "done"]);
    assert.equal(stream.outcome.error, message);
  }
});

test("an event of type error is an error, and the next one is not", () => {
  for (const [data, message] of [
    ['{"message":"boom","code":500}', "boom"],
    ['{"error":{"message":"boom"}}', "boom"],
    ["boom", "boom"]
  ] as const) {
    const stream = read(`event: error\ndata: ${data}\n\n${chat({content: "a"})}${DONE}`);
    assert.deepEqual(stream.kinds, ["error", "content", "done"]);
    assert.equal(stream.outcome.error, message);
  }
});

test("an error that is null, false or empty is not an error", () => {
  for (const error of [null, false, ""]) {
    const stream = read(json({error, choices: [{delta: {content: "a"}}]}) + DONE);
    assert.deepEqual(stream.kinds, ["content", "done"]);
    assert.equal(stream.outcome.error, null);
  }
});

test("tokens are counted by chunk where every chunk with output has a count", () => {
  const counted = (n: number) => ({prompt_tokens: 7, total_tokens: 7 + n, completion_tokens: n});
  const [a, b] = [chat({content: "a"}, null, counted(1)), chat({content: "bc"}, null, counted(3))];
  assert.equal(read(chat({role: "assistant", content: ""}) + a + b + usage(3)).countedByChunk, true);
  assert.equal(read(chat({content: "a"}) + usage(1)).countedByChunk, false);
  const atTheEnd = read(chat({content: "a"}) + chat({content: "b"}) + b);
  assert.equal(atTheEnd.countedByChunk, false);
  assert.deepEqual(atTheEnd.tokens, [-1, -1, -1]);
  assert.equal(atTheEnd.outcome.completionTokens, 3);
  const falls = read(a + b + chat({content: "d"}, null, counted(2)) + usage(2));
  assert.equal(falls.countedByChunk, false);
  assert.deepEqual(falls.tokens, [-1, -1, -1, 0]);
  const ofTwoChoices = read(a + a + b + b + usage(6));
  assert.equal(ofTwoChoices.countedByChunk, false);
  assert.deepEqual(ofTwoChoices.tokens, [-1, -1, -1, -1, 0]);
  const atTheFinish = read(chat({content: "a"}) + chat({}, "stop", counted(1)));
  assert.equal(atTheFinish.countedByChunk, false);
  assert.deepEqual(atTheFinish.tokens, [-1, 0]);
});

test("an impossible count is unknown", () => {
  for (const count of [-5, 2.5, "2", 5e9, 1e20]) {
    const all = {prompt_tokens: count, completion_tokens: count, total_tokens: count};
    for (const stream of [
      read(chat({content: "a"}) + json({choices: [], usage: all})),
      read(chat({content: "a"}, null, all)),
      read(chat({content: "a"}, null, {...all, completion_tokens: 0}) + chat({content: "b"}, null, all))
    ]) {
      assert.ok(!stream.outcome.completionTokens, String(count));
      assert.equal(stream.outcome.promptTokens, null, String(count));
      assert.ok(stream.tokens.every((tokens) => tokens <= 0));
    }
  }
});

test("an event without data is skipped, and a usage with odd details is still a usage", () => {
  assert.deepEqual(read(`data:\n\n${chat({content: "a"})}data: \n\n${DONE}`).kinds, ["content", "done"]);
  const odd = {completion_tokens: 4, prompt_tokens: 2, prompt_tokens_details: []};
  assert.equal(read(json({choices: [], usage: odd})).outcome.completionTokens, 4);
});

test("a byte order mark before the stream and blanks before the data are skipped", () => {
  assert.deepEqual(read(`\uFEFF${chat({content: "a"})}${DONE}`).kinds, ["content", "done"]);
  for (const blank of ["", "  ", "\t"])
    assert.deepEqual(read(whole.replaceAll("data: ", `data:${blank}`)).kinds, kinds);
});

test("empty choices without usage and null errors are not content", () => {
  assert.deepEqual(read(json({id: "1", choices: []}) + json({choices: [], error: null}) + DONE).kinds, [
    "other",
    "other",
    "done"
  ]);
});

test("what is not JSON is malformed, even if it starts well", () => {
  assert.deepEqual(read(`data: {"choices":[{"delta":{"content":"x"}\n\n${DONE}`).kinds, [
    "malformed",
    "done"
  ]);
  assert.deepEqual(read(`data: {"choices":[{"delta":{"content":"x"}}]} trailing\n\n${DONE}`).kinds, [
    "malformed",
    "done"
  ]);
  assert.deepEqual(read(`data: hello\n\n${DONE}`).outcome.malformed, "hello");
});

test("the data lines of an event are joined", () => {
  assert.deepEqual(read('data: {"choices":\ndata: [{"delta":{"content":"x"}}]}\n\n').kinds, ["content"]);
});

test("a last event without a line end still counts", () => {
  assert.deepEqual(read(chat({content: "a"}).trimEnd()).kinds, ["content"]);
});

test("keys that look like ours inside strings and nested objects are ignored", () => {
  const stream = read(
    json({
      meta: {choices: [{delta: {content: "no"}}], usage: {completion_tokens: 9}},
      choices: [{delta: {content: ""}}]
    })
  );
  assert.deepEqual(stream.kinds, ["empty"]);
  assert.equal(stream.outcome.completionTokens, null);
});

test("the byte walk agrees with JSON.parse on random chunks", () => {
  let seed = 1;
  const random = (n: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % n;
  };
  const strings = ["", "a", '"', "\\", '\\"', "\n\u0001", "é", "🙂", '{"choices":[', "data: [DONE]"];
  const pick = () => strings[random(strings.length)] ?? "";
  for (let i = 0; i < 500; i++) {
    const delta: Record<string, unknown> = {};
    if (random(3) === 0) delta.role = "assistant";
    if (random(2) === 0) delta.content = random(4) === 0 ? null : pick();
    if (random(4) === 0) delta.reasoning = pick();
    if (random(5) === 0) delta.tool_calls = random(2) ? [] : [{function: {arguments: pick()}}];
    const stream = read(
      `data: ${JSON.stringify(
        {id: pick(), choices: [{x: pick(), delta, finish_reason: null}]},
        null,
        random(2)
      ).replaceAll("\n", " ")}\n\n`
    );
    const has = (value: unknown) => typeof value === "string" && value !== "";
    const expected = has(delta.content)
      ? "content"
      : has(delta.reasoning)
        ? "reasoning"
        : Array.isArray(delta.tool_calls) && delta.tool_calls.length > 0
          ? "tool_call"
          : delta.role
            ? "role"
            : "empty";
    assert.deepEqual(stream.kinds, [expected], JSON.stringify(delta));
    assert.equal(stream.text, delta.content ?? "");
  }
});

test("a chunk with one byte changed is malformed where JSON.parse refuses it, and only there", () => {
  let seed = 1;
  const random = (n: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % n;
  };
  const counts = {
    prompt_tokens: 7,
    completion_tokens: 1,
    total_tokens: 8,
    prompt_tokens_details: {x: [1.5e-3, -0]}
  };
  const sound = [chat({content: "a\u0001\\"}, null, counts), chat({content: "b", x: [{y: {}}, [], true]})];
  const others = [...'{}[],:"\\0-+.eEnul ax\t\u0001'];
  let refused = 0;
  for (let i = 0; i < 4000; i++) {
    const chunk = sound[random(2)] ?? "";
    const at = "data: ".length + random(chunk.length - "data: \n\n".length);
    const text = chunk.slice(0, at) + others[random(others.length)] + chunk.slice(at + random(3)).trimEnd();
    const isJson = parses(text.slice("data: ".length));
    if (!isJson) refused++;
    const stream = read(`${chunk}${text}\n\n`);
    assert.equal(stream.kinds.at(-1) === "malformed", !isJson, text);
  }
  assert.ok(refused > 1000 && refused < 3800, `${refused} refused`);
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
