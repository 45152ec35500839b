// A client in its own process. It sends what `npm run bench` sends, in the same way, and reports its measurements of
// each request after every round, until it is ended.
// Usage: client-delay-probe.ts URL MODEL FEW MANY [PROCESSOR], where FEW and MANY are numbers of requests at once

import {drive} from "../bench/run/drive.js";
import {EventLog} from "../bench/stream/event-log.js";
import {OpenRequest} from "../bench/stream/open-request.js";
import {Transport} from "../bench/stream/transport.js";
import {KIND} from "../formats/events.js";
import {keepToProcessor} from "../machine/processor.js";

/** Requests at each concurrency in a round. */
const REQUESTS = 16;

const PATIENCE_MS = 10_000;

const [url = "", model = "", few, many, cpu] = process.argv.slice(2);
if (cpu !== undefined) keepToProcessor(Number(cpu));

/** A prompt of a usual length; two tokens use the connection as a whole answer does. */
const body = JSON.stringify({
  model,
  messages: [{role: "user", content: " bako".repeat(512)}],
  max_completion_tokens: 2,
  ignore_eos: true,
  stream: true,
  stream_options: {include_usage: true, continuous_usage_stats: true}
});

const transport = new Transport(url);

/** Sends waves of `concurrency` requests; returns each one's time to first token, and from there to the last. */
async function waves(name: string, concurrency: number, requests: number) {
  const log = new EventLog();
  const origin = performance.now();
  const startMs: number[] = [];
  await drive({
    origin,
    dueMs: new Array<number>(requests).fill(0),
    maxConcurrency: concurrency,
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
  const {request, kind, time_ns} = log.columns();
  const atMs = (event: number) => (time_ns[event] ?? Number.NaN) / 1e6;
  return startMs.map((start, index) => {
    const firstMs = atMs(request.indexOf(index));
    const lastMs = atMs(request.findLastIndex((of, event) => of === index && kind[event] === KIND.content));
    return {id: `${name}-${index}`, ttftMs: firstMs - start, decodeMs: lastMs - firstMs};
  });
}

// The first two waves open connections and compile code.
await waves("first", Number(many), 2 * Number(many));
for (let round = 1; ; round++) {
  process.send?.({
    few: await waves(`${round}-few`, Number(few), REQUESTS),
    many: await waves(`${round}-many`, Number(many), REQUESTS)
  });
}
