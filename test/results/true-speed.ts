// The whole published sweep in two processes, at the speed of the tables.

import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {readFileSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import {z} from "zod";
import {KIND} from "../../loaders/formats/events.js";
import type {Run} from "../../loaders/formats/run-record.js";
import {paths} from "../../loaders/paths.js";
import type {ClientDelay} from "../../loaders/simulate/timing.js";
import {runBench} from "../bench/server.js";
import {clientDelayOf} from "../simulate/client.js";
import type {DataFolder} from "./fixture.js";
import {published} from "./simulated.js";

const ns = z.string().transform(BigInt);
const LogLine = z.object({
  id: z.string(),
  arrivalNs: ns,
  firstDueNs: ns,
  lastDueNs: ns,
  chunks: z.array(z.object({sentNs: ns}))
});
type Log = ReadonlyMap<string, z.output<typeof LogLine>>;

/** One request as the client measured it and as the simulator had planned it. */
export interface Matched {
  ttftMs: number;
  plannedTtftMs: number;
  tpotMs: number;
  plannedTpotMs: number;
  /** How much `ttftMs` exceeds the plan, in order: on the way to the simulator, in it, and on the way back. */
  lateMs: {sending: number; simulator: number; receiving: number};
}

export interface Measured extends ClientDelay {
  /** The file of the run. */
  path: string;
  concurrency: number;
  /** The share of the processor time wanted that the host took. */
  stealShare: number | null;
  requests: Matched[];
}

/** Processors, so that server and client do not get in each other’s way. */
const SIMULATOR_CPU = 1;
const CLIENT_CPU = 0;

/** A simulator in its own process, so that it does not share a thread with the client. */
async function simulator(flags: string[]) {
  const child = spawn(
    process.execPath,
    ["--no-memory-reducer", "--import", "tsx", "loaders/cli/simulate.ts", ...flags],
    {
      cwd: paths.root,
      stdio: ["ignore", "pipe", "inherit"]
    }
  );
  const ended = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.once("exit", (code) => reject(new Error(`the simulator ended with ${code}`)));
    child.stdout.on("data", (part) => {
      text += String(part);
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (found) resolve(found);
    });
  });
  return {
    url,
    /** Its log is complete once it has ended. */
    async end() {
      child.kill("SIGINT");
      await ended;
    }
  };
}

/** Runs the benchmark into the folder of the series `sim-…` of another. */
async function measure(data: DataFolder, simulated: string, flags: string[]): Promise<Measured[]> {
  const series = `sim-${simulated}`;
  const logFile = join(dirname(data.path), `${series}.jsonl`);
  const server = await simulator([
    ...["--series", simulated, "--port", "0"],
    ...["--log", logFile, "--cpu", String(SIMULATOR_CPU)]
  ]);
  const folder = join(data.path, "results", series);
  const own = ["--repeats", "1", "--series", series, "--cpu", String(CLIENT_CPU)];
  const {runs, paths: files} = await runBench(server.url, folder, [...flags, ...own]).finally(server.end);
  const log = new Map(
    readFileSync(logFile, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => LogLine.parse(JSON.parse(line)))
      .map((request) => [request.id, request])
  );
  return runs.map((run, i) => ({
    path: files[i] ?? assert.fail(),
    concurrency: run.settings.max_concurrency ?? assert.fail(),
    stealShare: run.health?.steal_share ?? null,
    ...clientDelayOf(run.provenance?.server_info),
    requests: match(run, log)
  }));
}

/** How the machine kept a point from showing what was planned; `null` if it did not. */
type Disturbance = (point: Measured) => string | null;

/**
 * The sweep of a series; each point that the machine disturbed is repeated up to `again` times. The times in the
 * simulator’s log and the client’s show a disturbance, without the printed table.
 */
export async function measureUndisturbed(
  data: DataFolder,
  simulated: string,
  disturbance: Disturbance,
  again: number
): Promise<Measured[]> {
  const points = await measure(data, simulated, published({}));
  for (const [i, first] of points.entries()) {
    const {concurrency} = first;
    const alone = published({"max-concurrency": String(concurrency)});
    for (let point = first, left = again; left > 0; left--) {
      const why = disturbance(point);
      if (why === null) break;
      console.warn(`${simulated} at C=${concurrency} is measured again: ${why}`);
      for (const end of [".json", ".events.bin.gz"]) rmSync(point.path.replace(/\.json$/, end));
      point = points[i] = (await measure(data, simulated, alone))[0] ?? assert.fail();
    }
  }
  return points;
}

function match({requests, events, monotonic_origin_ns}: Run, log: Log): Matched[] {
  const originNs = BigInt(monotonic_origin_ns ?? assert.fail());
  /** Milliseconds from the client’s origin, which is a reading of the same clock. */
  const sinceOrigin = (atNs: bigint) => Number(atNs - originNs) / 1e6;
  return (requests ?? []).map(({index, id, start_ms, completion_tokens}) => {
    const planned = log.get(id ?? "") ?? assert.fail(`request ${id} is not in the simulator’s log`);
    const isOf = (kind: number) => (of: number, i: number) => of === index && events?.kind[i] === kind;
    const arrivalMs = (event = -1) => (events?.time_ns[event] ?? Number.NaN) / 1e6;
    const firstMs = arrivalMs(events?.request.findIndex(isOf(KIND.role)));
    const lastMs = arrivalMs(events?.request.findLastIndex(isOf(KIND.content)));
    const gaps = (completion_tokens ?? 0) - 1;
    const {arrivalNs, firstDueNs, lastDueNs, chunks} = planned;
    const startMs = start_ms ?? Number.NaN;
    const sentNs = chunks[0]?.sentNs ?? assert.fail(`request ${id} was sent nothing`);
    return {
      ttftMs: firstMs - startMs,
      plannedTtftMs: Number(firstDueNs - arrivalNs) / 1e6,
      tpotMs: (lastMs - firstMs) / gaps,
      plannedTpotMs: Number(lastDueNs - firstDueNs) / 1e6 / gaps,
      lateMs: {
        sending: sinceOrigin(arrivalNs) - startMs,
        simulator: Number(sentNs - firstDueNs) / 1e6,
        receiving: firstMs - sinceOrigin(sentNs)
      }
    };
  });
}
