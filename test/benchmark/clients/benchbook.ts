// The client under test in its own process: reads streams into the event log and prints the cost.
// Usage: benchbook.ts URL STREAMS TOKENS [--arrivals FILE] [--continuous-usage]

import {writeFileSync} from "node:fs";
import {setTimeout} from "node:timers/promises";
import {parseArgs} from "node:util";
import {drive} from "../../../loaders/bench/run/drive.js";
import {watchSocketWait} from "../../../loaders/bench/run/socket-wait.js";
import {EventLog} from "../../../loaders/bench/stream/event-log.js";
import {OpenRequest, type RequestResult} from "../../../loaders/bench/stream/open-request.js";
import {Transport} from "../../../loaders/bench/stream/transport.js";
import {KIND} from "../../../loaders/formats/events.js";
import {readClocks} from "../../../loaders/machine/clocks.js";

const {
  positionals: [url = "", streams = "1", tokens = "1"],
  values: {arrivals, "continuous-usage": continuousUsage = false}
} = parseArgs({
  allowPositionals: true,
  options: {arrivals: {type: "string"}, "continuous-usage": {type: "boolean"}}
});
const transport = new Transport(new URL(url).origin);

async function run(count: number, prefix: string) {
  const log = new EventLog();
  const {ms: origin, ns: originNs} = readClocks();
  const body = JSON.stringify({
    model: "raw",
    prompt: "Hello",
    max_tokens: count,
    ignore_eos: true,
    stream: true,
    stream_options: {include_usage: true, continuous_usage_stats: continuousUsage}
  });
  const results: RequestResult[] = [];
  let socketWaits = 0;
  await drive({
    origin,
    dueMs: new Array<number>(Number(streams)).fill(0),
    maxConcurrency: Infinity,
    durationMs: Infinity,
    signal: new AbortController().signal,
    start: async (index) => {
      const request = new OpenRequest({
        transport,
        path: "/v1/completions",
        headers: {"content-type": "application/json", "x-request-id": `${prefix}${index}`},
        body,
        log,
        index,
        origin,
        timeouts: {firstTokenMs: 60_000, chunkMs: 60_000, requestMs: 60_000},
        redact: (text) => text
      });
      const hasWaited = await watchSocketWait(transport, request);
      const result = await request.result;
      results[index] = result;
      if (hasWaited(result)) socketWaits++;
    }
  });
  const failed = results.find((result) => result.failure);
  if (failed) throw new Error(failed.failure?.message);
  return {log, originNs, socketWaits};
}

await run(Math.max(1, Math.min(120, Number(tokens))), "warm-");
await setTimeout(100);
globalThis.gc?.();
const before = {
  cpu: process.cpuUsage(),
  reads: transport.reads,
  sockets: transport.socketsOpened,
  memory: process.memoryUsage(),
  wall: performance.now()
};
const {log, originNs, socketWaits} = await run(Number(tokens), "timed-");
const wallS = (performance.now() - before.wall) / 1000;
const cpu = process.cpuUsage(before.cpu);
globalThis.gc?.();
const memory = process.memoryUsage();
const columns = log.columns();
if (arrivals) {
  const times: Record<string, string[]> = {};
  columns.kind.forEach((kind, i) => {
    if (kind !== KIND.content) return;
    const id = `timed-${columns.request[i]}`;
    times[id] ??= [];
    times[id].push(String(originNs + BigInt(columns.time_ns[i] ?? 0)));
  });
  writeFileSync(arrivals, JSON.stringify(times));
}
await transport.close();
process.stdout.write(
  JSON.stringify({
    cpuS: (cpu.user + cpu.system) / 1e6,
    wallS,
    chunks: columns.kind.filter((kind) => kind === KIND.content).length,
    reads: transport.reads - before.reads,
    memoryBytes: memory.heapUsed + memory.arrayBuffers - before.memory.heapUsed - before.memory.arrayBuffers,
    socketsOpened: transport.socketsOpened - before.sockets,
    socketWaits
  })
);
