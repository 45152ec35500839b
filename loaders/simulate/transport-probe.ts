// A client in a process of its own: sends what `npm run bench` sends, as it sends it, and tells the TTFT of each
// request, a batch at a time, until it is ended.
// Usage: transport-probe.ts URL MODEL [PROCESSOR]

import {EventLog} from "../bench/event-log.js";
import {drive} from "../bench/load.js";
import {OpenRequest} from "../bench/request.js";
import {Transport} from "../bench/transport.js";
import {keepToProcessor} from "../processor.js";

/** As many at once as in the middle row of the published tables, four times in a row. */
const CONCURRENCY = 4;
const REQUESTS = 4 * CONCURRENCY;

const PATIENCE_MS = 10_000;

const [url = "", model = "", cpu] = process.argv.slice(2);
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

const transport = new Transport(url);

/** TTFT in milliseconds by the id of the request, which no other batch has. */
async function batch(name: number, requests: number): Promise<Record<string, number>> {
  const log = new EventLog();
  const origin = performance.now();
  const startMs: number[] = [];
  await drive({
    origin,
    dueMs: new Array<number>(requests).fill(0),
    maxConcurrency: CONCURRENCY,
    durationMs: Number.POSITIVE_INFINITY,
    signal: new AbortController().signal,
    start: async (index) => {
      const request = new OpenRequest({
        transport,
        path: "/v1/chat/completions",
        headers: {"content-type": "application/json", "x-request-id": `${name}-${index}`},
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
  const {request, time_ns} = log.columns();
  return Object.fromEntries(
    startMs.map((start, index) => [
      `${name}-${index}`,
      (time_ns[request.indexOf(index)] ?? Number.NaN) / 1e6 - start
    ])
  );
}

// Connections are opened and code is compiled in the first two waves.
await batch(0, 2 * CONCURRENCY);
for (let name = 1; ; name++) process.send?.(await batch(name, REQUESTS));
