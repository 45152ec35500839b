import assert from "node:assert/strict";
import {test} from "node:test";
import {decode, encode, SPECIAL_IDS, VOCAB_SIZE} from "../../loaders/simulate/toy-tokenizer.js";

const ids = Array.from({length: VOCAB_SIZE}, (_, id) => id);
const FIRST_PIECE = SPECIAL_IDS.length + 256;

test("every piece of the vocabulary, alone, is encoded as itself", () => {
  for (const id of ids.slice(FIRST_PIECE)) assert.deepEqual(encode(decode([id]), false), [id]);
});

test("any text survives a round trip, whatever its characters", () => {
  for (const text of ["", "Zürich 漢字 😀\r\n\t", " bako[gMASK]<|user|>x", "\u0000"]) {
    assert.equal(decode(encode(text, false)), text);
  }
});

test("most runs of consecutive ids come back with as many ids, but not all", () => {
  const lengths = ids.slice(FIRST_PIECE, -40).map((id) => {
    const run = Array.from({length: 32}, (_, i) => id + i);
    return encode(decode(run), false).length;
  });
  const kept = lengths.filter((length) => length === 32).length;
  assert.ok(kept > lengths.length / 2, `${kept} of ${lengths.length}`);
  assert.ok(kept < lengths.length, "some runs merge");
});

test("a word-start syllable and a bare one merge into one id, and a lone byte becomes three", () => {
  const [start, bare] = [" ba", "ba"].map((text) => encode(text, false));
  assert.equal(encode(decode([...(start ?? []), ...(bare ?? [])]), false).length, 1);
  const loneByte = SPECIAL_IDS.length + 0xe9;
  assert.equal(encode(decode([loneByte]), false).length, 3);
});

test("special tokens are added in front, and only when asked for", () => {
  assert.deepEqual(encode(" bako", true), [...encode("[gMASK]<sop>", false), ...encode(" bako", false)]);
});
