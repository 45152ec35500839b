import assert from "node:assert/strict";
import {test} from "node:test";
import {ChunkPattern} from "../../loaders/bench/pattern.js";

const chunk = (text: string, completion: string, {prompt = 7, end = "}"} = {}) =>
  `{"choices":[{"delta":{"content":"${text}"}}],"usage":{"prompt_tokens":${prompt},"total_tokens":99,"completion_tokens":${completion}}${end}`;

/** A pattern learnt from a chunk of one token. */
function learnt(): ChunkPattern {
  const bytes = Buffer.from(chunk("a", "1"));
  const spanOf = (text: string, from: string) => {
    const start = bytes.indexOf(text, bytes.indexOf(from) + from.length);
    return {start, end: start + text.length};
  };
  const completion = spanOf("1", '"completion_tokens":');
  const counts = [spanOf("99", '"total_tokens":'), completion];
  const pattern = new ChunkPattern();
  pattern.learn(bytes, {start: 0, end: bytes.length}, spanOf("a", '"content":"'), counts, completion);
  return pattern;
}

test("chunks that differ in text and counts match, wherever they stand", () => {
  const pattern = learnt();
  for (const [text, completion] of [
    ["a", "1"],
    ['some\\"more\\\\', "2"],
    ["🙂", "1234"]
  ] as const) {
    const bytes = Buffer.from(`data: ${chunk(text, completion)}\n`);
    assert.ok(pattern.matches(bytes, 6, bytes.length - 1), text);
    assert.equal(bytes.toString("utf8", pattern.textStart, pattern.textEnd), text);
    assert.equal(pattern.completionTokens, Number(completion));
  }
});

test("what differs elsewhere does not match", () => {
  const pattern = learnt();
  for (const other of [
    chunk("", "1"),
    chunk("a", "1.5"),
    chunk("a", "null"),
    chunk("a", ""),
    chunk("a", "-1"),
    chunk("a", "1", {prompt: 8}),
    chunk("a", "1", {end: ',"x":1}'}),
    chunk('a","reasoning":"b', "1"),
    chunk("a", "1").slice(0, -1),
    chunk("a\\", "1"),
    `${chunk("a", "1")} `
  ]) {
    const bytes = Buffer.from(other);
    assert.equal(pattern.matches(bytes, 0, bytes.length), false, other);
  }
});

test("nothing matches before a chunk was learnt", () => {
  const bytes = Buffer.from(chunk("a", "1"));
  assert.equal(new ChunkPattern().matches(bytes, 0, bytes.length), false);
});
