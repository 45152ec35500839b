import assert from "node:assert/strict";
import {test} from "node:test";
import {EventPattern} from "../../loaders/bench/stream/event-pattern.js";

const event = (text: string, completion: string, {prompt = 7, end = "}\n\n"} = {}) =>
  `data: {"choices":[{"delta":{"content":"${text}"}}],"usage":{"prompt_tokens":${prompt},"total_tokens":99,"completion_tokens":${completion}}${end}`;

/** A pattern learnt from an event with one token. */
function learnt(): EventPattern {
  const bytes = Buffer.from(event("a", "1"));
  const spanOf = (text: string, from: string) => {
    const start = bytes.indexOf(text, bytes.indexOf(from) + from.length);
    return {start, end: start + text.length};
  };
  const completion = spanOf("1", '"completion_tokens":');
  const counts = [spanOf("99", '"total_tokens":'), completion];
  const pattern = new EventPattern();
  pattern.learn(bytes, {start: 0, end: bytes.length}, spanOf("a", '"content":"'), counts, completion);
  return pattern;
}

test("events that differ only in text and counts match, wherever they are", () => {
  const pattern = learnt();
  for (const [text, completion] of [
    ["a", "1"],
    ['some\\"more\\\\', "2"],
    ["🙂", "1234"]
  ] as const) {
    const bytes = Buffer.from(`…${event(text, completion)}…`);
    const [start, end] = [3, bytes.length - 3];
    assert.equal(pattern.endOf(bytes, start, bytes.length), end, text);
    assert.equal(pattern.endOf(bytes, start, end), end, text);
    assert.equal(pattern.endOf(bytes, start, end - 1), -1, text);
    assert.equal(bytes.toString("utf8", pattern.textStart, pattern.textEnd), text);
    assert.equal(pattern.completionTokens, Number(completion));
  }
});

test("events that differ elsewhere do not match", () => {
  const pattern = learnt();
  for (const other of [
    event("", "1"),
    event("a", "1.5"),
    event("a", "null"),
    event("a", ""),
    event("a", "-1"),
    event("a", "1", {prompt: 8}),
    event("a", "1", {end: ',"x":1}\n\n'}),
    event('a","reasoning":"b', "1"),
    event("a", "1").slice(0, -1),
    event("a", "1", {end: "}\n"}),
    event("a\\", "1"),
    event("a", "1", {end: "}\ndata: 1\n\n"}),
    ` ${event("a", "1")}`
  ]) {
    const bytes = Buffer.from(other);
    assert.equal(pattern.endOf(bytes, 0, bytes.length), -1, other);
  }
});

test("nothing matches before an event was learnt", () => {
  const bytes = Buffer.from(event("a", "1"));
  assert.equal(new EventPattern().endOf(bytes, 0, bytes.length), -1);
});
