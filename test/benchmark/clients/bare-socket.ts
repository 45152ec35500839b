// The floor: a Node socket a stream, which counts its reads and does nothing else.
// Usage: bare-socket.ts URL STREAMS TOKENS

import {connect} from "node:net";

const [url = "", streams = "1", tokens = "1"] = process.argv.slice(2);
const {hostname, port} = new URL(url);
let reads = 0;

function stream(count: number): Promise<void> {
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
    socket.on("data", () => reads++);
    socket.on("close", () => resolve());
    socket.on("error", reject);
    socket.write(
      `POST /v1/completions HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    );
  });
}

const all = (count: number) => Promise.all(Array.from({length: Number(streams)}, () => stream(count)));

await all(Math.max(1, Math.min(120, Number(tokens))));
reads = 0;
const before = process.cpuUsage();
await all(Number(tokens));
const cpu = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({cpuS: (cpu.user + cpu.system) / 1e6, chunks: Number(streams) * Number(tokens), reads})
);
