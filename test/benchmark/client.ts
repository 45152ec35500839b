// How accurately and cheaply the benchmark client reads, against the simulator's log, a bare socket and aiohttp.

import {type ChildProcess, execFile, spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {z} from "zod";
import {quantile} from "../../loaders/bench/tools/quantile.js";
import {type Row, row} from "./row.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const clients = fileURLToPath(new URL("clients/", import.meta.url));
const PYTHON = "/usr/bin/python3";

const Report = z.object({
  cpuS: z.number(),
  chunks: z.number(),
  reads: z.number(),
  wallS: z.number().optional(),
  memoryBytes: z.number().optional(),
  socketsOpened: z.number().optional(),
  socketWaits: z.number().optional()
});

type Reading = z.output<typeof Report>;

const LogLine = z.object({
  id: z.string(),
  chunks: z.array(z.object({kind: z.string(), sentNs: z.string()}))
});
const Arrivals = z.record(z.string(), z.array(z.string()));

/** About four minutes on two cores. Rejects when a client fails or the simulator does not start. */
export async function measureClient(say: (text: string) => void): Promise<Row[]> {
  say("reading streams …");
  const folder = await mkdtemp(join(tmpdir(), "benchbook-client-"));
  try {
    return [
      ...(await arrivalErrors(folder, 1, 200, 400, {median: 0.1, p99: 1})),
      ...(await arrivalErrors(folder, 64, 5000 / 64, 160, {median: 0.5, p99: 5})),
      ...(await cpu()),
      ...(await throughput()),
      ...(await sockets())
    ];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** The client and a bare socket take turns, so that both include what the machine adds. */
async function arrivalErrors(
  folder: string,
  streams: number,
  perSecond: number,
  tokens: number,
  budget: {median: number; p99: number}
): Promise<Row[]> {
  const errorsOf = async (client: "benchbook" | "bare", round: number) => {
    const log = join(folder, `${client}-${streams}-${round}.jsonl`);
    const arrivals = join(folder, `${client}-${streams}-${round}.json`);
    await withSimulator(["--raw", String(perSecond), "--log", log], (url) =>
      client === "benchbook"
        ? benchbook(url, streams, tokens, ["--arrivals", arrivals])
        : bareSocket(url, streams, tokens, [arrivals])
    );
    const errors = matchArrivals(await readFile(log, "utf8"), await readFile(arrivals, "utf8"));
    if (errors.length !== streams * tokens)
      throw new Error(`${errors.length} arrivals match the simulator's log`);
    return errors;
  };
  const ours: number[][] = [];
  const bare: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await errorsOf("benchbook", round));
    bare.push(await errorsOf("bare", round));
  }
  const at = `C=${streams}, ${Math.round(perSecond * streams)} chunks/s`;
  const rowOf = (name: string, q: number, atMost: number) => {
    const ofRounds = (rounds: number[][]) => medianOf(rounds, (errors) => quantile(errors, q));
    return row(`arrival-time error, ${name}, ${at}`, ofRounds(ours), "ms", {
      reference: ofRounds(bare),
      atMost
    });
  };
  return [rowOf("median", 0.5, budget.median), rowOf("p99", 0.99, budget.p99)];
}

/** Milliseconds from the simulator's send to arrival at the client, ascending. */
function matchArrivals(log: string, arrivals: string): number[] {
  const seen = Arrivals.parse(JSON.parse(arrivals));
  return log
    .split("\n")
    .filter(Boolean)
    .flatMap((line) => {
      const {id, chunks} = LogLine.parse(JSON.parse(line));
      const sent = chunks.filter(({kind}) => kind === "content");
      return (seen[id] ?? []).map((at, i) => Number(BigInt(at) - BigInt(sent[i]?.sentNs ?? at)) / 1e6);
    })
    .sort((a, b) => a - b);
}

/** How often the clients take turns, because the machine's speed drifts; each counts with its median. */
const ROUNDS = 3;

function medianOf<T>(rounds: readonly T[], figureOf: (round: T) => number): number {
  return quantile(
    rounds.map(figureOf).sort((a, b) => a - b),
    0.5
  );
}

const STREAMS = 256;

/** The highest speed of the simulator, 22,000 chunks per second, and the tokens of a stream at that speed. */
const FASTEST = 24;
const TOKENS = 1600;

/** With more, it sometimes falls behind; with less, all clients sleep and wake more often for the same chunks. */
const AIOHTTP_WORKS = 0.6;

/**
 * The speed of the simulator at which aiohttp is busy for that share of the time on this machine, and so reads
 * chunk by chunk. The cost of one read hardly depends on the rate.
 */
async function comparableSpeed(): Promise<number> {
  const {cpuS, wallS, reads, chunks} = await withEngine(FASTEST, (url) => aiohttp(url, TOKENS / 4));
  const works = ((cpuS / reads) * chunks) / (wallS ?? NaN);
  return FASTEST * Math.min(1, AIOHTTP_WORKS / works);
}

function withEngine<T>(speed: number, use: (url: string) => Promise<T>): Promise<T> {
  return withSimulator(["--transport-ms", "0", "--speed", String(speed)], use);
}

/**
 * 256 streams that all get one chunk per step, as an engine sends them; each client alone with the same simulator.
 * They are long, so that the cost is in the chunks, not the requests.
 */
async function cpu(): Promise<Row[]> {
  const hasPython = existsSync(PYTHON);
  const speed = hasPython ? await comparableSpeed() : FASTEST;
  const tokens = Math.round((TOKENS * speed) / FASTEST);
  return withEngine(speed, async (url) => {
    const bare: Reading[] = [];
    const ours: Reading[] = [];
    const python: Reading[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await bareSocket(url, STREAMS, tokens));
      ours.push(await benchbook(url, STREAMS, tokens));
      if (hasPython) python.push(await aiohttp(url, tokens));
    }
    const perMillion = ({cpuS, chunks}: Reading) => (cpuS / chunks) * 1e6;
    const chunksARead = ({chunks, reads}: Reading) => chunks / reads;
    const perSecond = Math.round(medianOf(ours, ({chunks, wallS}) => chunks / (wallS ?? NaN)) / 1000) * 1000;
    const compared = (name: string, readings: Reading[], atMostTimes: number) =>
      row(
        `CPU a million chunks, ${STREAMS} streams, ${perSecond} a second, against ${name}`,
        medianOf(ours, perMillion),
        "s",
        {
          reference: medianOf(readings, perMillion),
          atMostTimes
        }
      );
    const rows = [
      compared("a bare socket", bare, 1.6),
      row("chunks a read, this client", medianOf(ours, chunksARead), "chunks", {atMost: 1.5})
    ];
    if (!hasPython) return rows;
    // A client that falls behind reads several chunks at once and looks cheap, so the comparison reports how many.
    return [
      compared("aiohttp and json", python, 1 / 3),
      ...rows,
      row("chunks a read, aiohttp", medianOf(python, chunksARead), "chunks", {atMost: 1.5})
    ];
  });
}

/** What one core sustains if the sockets are never empty, also with a token count in each chunk, as by default. */
async function throughput(): Promise<Row[]> {
  return withSimulator(["--raw", "max", "--chunks-per-write", "8"], async (url) => {
    const ours = await benchbook(url, 64, 8000);
    const counted = await benchbook(url, 64, 8000, ["--continuous-usage"]);
    const perSecond = ({chunks, cpuS}: Reading) => chunks / cpuS;
    return [
      row("chunks one core sustains", perSecond(ours), "chunks/s", {atLeast: 200_000}),
      row("chunks one core sustains, with their tokens counted", perSecond(counted), "chunks/s", {
        reference: perSecond(ours),
        atLeast: 200_000
      }),
      row("memory an event", (ours.memoryBytes ?? NaN) / ours.chunks, "bytes", {atMost: 64})
    ];
  });
}

async function sockets(): Promise<Row[]> {
  return withSimulator(["--raw", "20", "--max-num-seqs", "2000"], async (url) => {
    const rows: Row[] = [];
    for (const streams of [1, 16, 256, 1024]) {
      const ours = await benchbook(url, streams, 5);
      rows.push(
        row(`requests that waited for a socket, C=${streams}`, ours.socketWaits ?? NaN, "", {atMost: 0})
      );
    }
    return rows;
  });
}

function benchbook(url: string, streams: number, tokens: number, rest: string[] = []) {
  const script = join(clients, "benchbook.ts");
  return report(process.execPath, [
    "--expose-gc",
    "--import",
    "tsx",
    script,
    url,
    String(streams),
    String(tokens),
    ...rest
  ]);
}

function bareSocket(url: string, streams: number, tokens: number, rest: string[] = []) {
  const script = join(clients, "bare-socket.ts");
  return report(process.execPath, ["--import", "tsx", script, url, String(streams), String(tokens), ...rest]);
}

function aiohttp(url: string, tokens: number) {
  return report(PYTHON, [join(clients, "aiohttp_client.py"), url, String(STREAMS), String(tokens)]);
}

async function report(command: string, args: string[]): Promise<Reading> {
  const {stdout} = await run(command, args, {cwd: root, timeout: 60_000});
  return Report.parse(JSON.parse(stdout));
}

/** The simulator in its own process, ended with SIGINT so that its log is complete. */
async function withSimulator<T>(flags: string[], use: (url: string) => Promise<T>): Promise<T> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "loaders/cli/simulate.ts", "--port", "0", "--served-model-name", "raw", ...flags],
    {cwd: root, stdio: ["ignore", "pipe", "pipe"]}
  );
  try {
    const result = await use(await urlOf(child));
    await sleep(300);
    return result;
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await ended;
  }
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const look = (part: Buffer) => {
      text += part.toString();
      const url = /http:\/\/[\w.]+:\d+/.exec(text)?.[0];
      if (url) resolve(url);
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.once("exit", () => reject(new Error(`the simulator did not start: ${text}`)));
  });
}
