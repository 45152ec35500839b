// The floor: a Node socket a stream, which counts its reads and does nothing else.
// Usage: bare-socket.ts URL STREAMS TOKENS [ARRIVALS-FILE]
// With a file it also notes when each chunk of one stream arrived: the least error this machine allows.

import {writeFileSync} from "node:fs";
import {connect} from "node:net";

const [url = "", streams = "1", tokens = "1", arrivals] = process.argv.slice(2);
const {hostname, port} = new URL(url);
let reads = 0;

const times: string[] = [];

function onRead(read: Buffer): void {
  reads++;
  if (!arrivals) return;
  const at = process.hrtime.bigint();
  const chunks = read.toString("latin1").split('"text":').length - 1;
  for (let i = 0; i < chunks; i++) times.push(String(at));
}

function stream(count: number, id: string): Promise<void> {
  const body = JSON.stringify({
    model: "raw",
    prompt: "Hello",
    max_tokens: count,
    ignore_eos: true,
    stream: true,
    stream_options: {include_usage: true}
  });
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.on("data", onRead);
    socket.on("close", () => resolve());
    socket.on("error", reject);
    socket.write(
      `POST /v1/completions HTTP/1.1\r\nHost: ${hostname}\r\nX-Request-Id: ${id}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    );
  });
}

const all = (count: number, prefix: string) =>
  Promise.all(Array.from({length: Number(streams)}, (_, i) => stream(count, `${prefix}${i}`)));

await all(Math.max(1, Math.min(120, Number(tokens))), "warm-");
reads = 0;
times.length = 0;
const before = process.cpuUsage();
await all(Number(tokens), "timed-");
const cpu = process.cpuUsage(before);
if (arrivals) writeFileSync(arrivals, JSON.stringify({"timed-0": times}));
process.stdout.write(
  JSON.stringify({cpuS: (cpu.user + cpu.system) / 1e6, chunks: Number(streams) * Number(tokens), reads})
);
