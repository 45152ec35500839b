import assert from "node:assert/strict";
import {test} from "node:test";
import {Tally} from "../../loaders/bench/run/tally.js";
import {EventLog} from "../../loaders/bench/stream/event-log.js";
import type {RequestResult} from "../../loaders/bench/stream/open-request.js";
import {StreamReader} from "../../loaders/bench/stream/stream-reader.js";

function ended(ttftMs: number | null, tokens: number | null, hasFailed = false): RequestResult {
  const {outcome} = new StreamReader(new EventLog(), 0);
  return {
    startMs: 10,
    sentMs: 10,
    firstByteMs: null,
    endMs: 100,
    status: 200,
    stream: {...outcome, firstContentMs: ttftMs === null ? null : 10 + ttftMs, completionTokens: tokens},
    countedByChunk: false,
    text: "",
    failure: hasFailed ? {kind: "reset", message: "", retry_after_s: null} : null
  };
}

test("a point's progress counts what ended, its tokens and the median of the latest TTFTs", () => {
  const tally = new Tally();
  assert.deepEqual(tally.progress(9, 5, 60), {
    ended: 0,
    failed: 0,
    total: 9,
    elapsedMs: 5,
    limitMs: 60,
    tokens: 0,
    ttftMs: null
  });
  tally.add(ended(900, 3));
  tally.add(ended(null, null, true));
  for (let i = 0; i < 256; i++) tally.add(ended(i, 1));
  const {ended: count, failed, tokens, ttftMs} = tally.progress(9, 5, 60);
  assert.deepEqual({count, failed, tokens, ttftMs}, {count: 258, failed: 1, tokens: 259, ttftMs: 128});
});

test("an answer with uncounted tokens leaves their number unknown", () => {
  const tally = new Tally();
  tally.add(ended(1, 3));
  tally.add(ended(1, null));
  assert.equal(tally.progress(9, 5, 60).tokens, null);
});
