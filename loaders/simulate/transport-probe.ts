// A client in a process of its own: sends what `npm run bench` sends, as it sends it, and tells the TTFT of each.
// Usage: transport-probe.ts URL MODEL CONCURRENCY REQUESTS [PROCESSOR]

import {EventLog} from "../bench/event-log.js";
import {drive} from "../bench/load.js";
import {OpenRequest} from "../bench/request.js";
import {Transport} from "../bench/transport.js";
import {keepToProcessor} from "../processor.js";

const [url = "", model = "", concurrency = "", requests = "", cpu] = process.argv.slice(2);
if (cpu !== undefined) keepToProcessor(Number(cpu));

/** A prompt as long as the published ones; with two tokens the connection is used as by a whole answer. */
const body = JSON.stringify({
  model,
  messages: [{role: "user", content: " bako".repeat(512)}],
  max_completion_tokens: 2,
  ignore_eos: true,
  stream: true,
  stream_options: {include_usage: true, continuous_usage_stats: true}
});
const PATIENCE_MS = 10_000;

const transport = new Transport(url);
const log = new EventLog();
const origin = performance.now();
const startMs: number[] = [];
await drive({
  origin,
  dueMs: new Array<number>(Number(requests)).fill(0),
  maxConcurrency: Number(concurrency),
  durationMs: Number.POSITIVE_INFINITY,
  signal: new AbortController().signal,
  start: async (index) => {
    const request = new OpenRequest({
      transport,
      path: "/v1/chat/completions",
      headers: {"content-type": "application/json", "x-request-id": String(index)},
      body,
      log,
      index,
      origin,
      timeouts: {firstTokenMs: PATIENCE_MS, chunkMs: PATIENCE_MS, requestMs: PATIENCE_MS},
      redact: (text) => text
    });
    const result = await request.result;
    if (result.failure) throw new Error(result.failure.message);
    startMs[index] = result.startMs;
  }
});
await transport.close();
const {request, time_ns} = log.columns();
const ttftMs = startMs.map((start, index) => (time_ns[request.indexOf(index)] ?? Number.NaN) / 1e6 - start);
process.send?.(Object.fromEntries(ttftMs.entries()));
process.disconnect?.();
