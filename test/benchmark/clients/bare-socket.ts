// The floor: one Node socket per stream, which counts its reads and does nothing else.
// Usage: bare-socket.ts URL STREAMS TOKENS [ARRIVALS-FILE]
// With a file it also notes when each chunk of each stream arrived: the least error this machine allows.

import {writeFileSync} from "node:fs";
import {connect} from "node:net";

const [url = "", streams = "1", tokens = "1", arrivals] = process.argv.slice(2);
const {hostname, port} = new URL(url);
let reads = 0;

/** By stream, in nanoseconds. */
const times: Record<string, bigint[]> = {};

const count = () => {
  reads++;
};

function note(id: string) {
  const own: bigint[] = [];
  times[id] = own;
  return (read: Buffer) => {
    const at = process.hrtime.bigint();
    reads++;
    const chunks = read.toString("latin1").split('"text":').length - 1;
    for (let i = 0; i < chunks; i++) own.push(at);
  };
}

function stream(length: number, id: string): Promise<void> {
  const body = JSON.stringify({
    model: "raw",
    prompt: "Hello",
    max_tokens: length,
    ignore_eos: true,
    stream: true,
    stream_options: {include_usage: true}
  });
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.on("data", arrivals ? note(id) : count);
    socket.on("close", () => resolve());
    socket.on("error", reject);
    socket.write(
      `POST /v1/completions HTTP/1.1\r\nHost: ${hostname}\r\nX-Request-Id: ${id}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    );
  });
}

const all = (length: number, prefix: string) =>
  Promise.all(Array.from({length: Number(streams)}, (_, i) => stream(length, `${prefix}${i}`)));

await all(Math.max(1, Math.min(120, Number(tokens))), "warm-");
reads = 0;
const before = process.cpuUsage();
await all(Number(tokens), "timed-");
const cpu = process.cpuUsage(before);
if (arrivals) {
  const timed = Object.entries(times).filter(([id]) => id.startsWith("timed-"));
  writeFileSync(
    arrivals,
    JSON.stringify(Object.fromEntries(timed.map(([id, own]) => [id, own.map(String)])))
  );
}
process.stdout.write(
  JSON.stringify({cpuS: (cpu.user + cpu.system) / 1e6, chunks: Number(streams) * Number(tokens), reads})
);
