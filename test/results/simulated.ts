// The way from the simulator to a page: simulate, bench, evidence, page.

import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {readFileSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import MarkdownIt from "markdown-it";
import {z} from "zod";
import {PRESETS} from "../../loaders/bench/options.js";
import {KIND} from "../../loaders/formats/events.js";
import type {Run} from "../../loaders/formats/run.js";
import {reportSyntax} from "../../loaders/pages/markdown.js";
import type {Report} from "../../loaders/pages/report.js";
import {makeSeriesPages, type SeriesPages} from "../../loaders/pages/series/make.js";
import {paths} from "../../loaders/paths.js";
import {type Computed, compute} from "../../loaders/report.js";
import {readData} from "../../loaders/results/data.js";
import type {PresetName} from "../../loaders/simulate/presets.js";
import type {Transport} from "../../loaders/simulate/timing.js";
import {runBench} from "../bench/server.js";
import {transportOf} from "../simulate/client.js";
import type {DataFolder} from "./fixture.js";

const ns = z.string().transform(BigInt);
const LogLine = z.object({
  id: z.string(),
  arrivalNs: ns,
  firstDueNs: ns,
  lastDueNs: ns,
  chunks: z.array(z.object({sentNs: ns}))
});
type Planned = z.output<typeof LogLine>;
type Log = ReadonlyMap<string, Planned>;

/** One request as the client measured it and as the simulator had planned it. */
export interface Matched {
  ttftMs: number;
  plannedTtftMs: number;
  tpotMs: number;
  plannedTpotMs: number;
  /** What `ttftMs` is longer than planned, in the order it went: to the simulator, in it, and back. */
  lateMs: {sending: number; simulator: number; receiving: number};
}

export interface Measured extends Transport {
  /** The file of the run. */
  path: string;
  concurrency: number;
  /** How late the client’s event loop was on average, for messages. */
  lateMs: number;
  /** The longest that a request came, by the simulator’s log, after it could: see `heldUpMs`. */
  heldUpMs: number;
  /** Of the processor time wanted, what the host took. */
  stealShare: number | null;
  requests: Matched[];
}

export interface Measurement {
  preset: PresetName;
  speed: number;
  series: string;
  /** Processors for the simulator and the client; elsewhere the system chooses. */
  cpus?: {simulator: number; client: number};
  /** What a client adds; elsewhere the simulator measures it. */
  transport?: Transport;
}

/** A simulator in a process of its own, so that it does not share a thread with the client. */
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
    /** Its log is whole when it has ended. */
    async end() {
      child.kill("SIGINT");
      await ended;
    }
  };
}

/** Runs the benchmark into the folder of a series. */
export async function measure(
  data: DataFolder,
  {preset, speed, series, cpus, transport}: Measurement,
  flags: string[]
): Promise<Measured[]> {
  const logFile = join(dirname(data.path), `${series}-${speed}.jsonl`);
  const server = await simulator([
    ...["--preset", preset, "--port", "0"],
    ...["--speed", String(speed), "--log", logFile],
    ...(cpus ? ["--cpu", String(cpus.simulator)] : []),
    ...(transport === undefined
      ? []
      : ["--transport-ms", String(transport.transportMs), "--batch-ms", String(transport.batchMs)])
  ]);
  const folder = join(data.path, "results", series);
  const own = ["--repeats", "1", "--series", series, ...(cpus ? ["--cpu", String(cpus.client)] : [])];
  const {runs, paths: files} = await runBench(server.url, folder, [...flags, ...own]).finally(server.end);
  const log = new Map(
    readFileSync(logFile, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => LogLine.parse(JSON.parse(line)))
      .map((request) => [request.id, request])
  );
  return runs.map((run, i) => {
    const concurrency = run.settings.max_concurrency ?? assert.fail();
    const planned = (run.requests ?? []).map(({id}) => plannedOf(id, log));
    return {
      path: files[i] ?? assert.fail(),
      concurrency,
      lateMs: run.health?.event_loop_delay_ms.mean ?? assert.fail(),
      heldUpMs: heldUpMs(planned, concurrency),
      stealShare: run.health?.steal_share ?? null,
      ...transportOf(run.provenance?.server_info),
      requests: match(run, log)
    };
  });
}

function plannedOf(id: string | null, log: Log): Planned {
  return log.get(id ?? "") ?? assert.fail(`request ${id} is not in the simulator’s log`);
}

/** Why a point does not say what was planned: the machine got in its way. `null` where it did not. */
type Disturbance = (point: Measured) => string | null;

/**
 * The sweep of a series, and up to `again` times more each point that the machine disturbed. What disturbs is told by
 * the times of the simulator’s log and the client’s, without the printed table.
 */
export async function measureUndisturbed(
  data: DataFolder,
  measurement: Measurement,
  changes: Record<string, string>,
  disturbance: Disturbance,
  again: number
): Promise<Measured[]> {
  const points = await measure(data, measurement, published(changes));
  for (const [i, first] of points.entries()) {
    const {concurrency} = first;
    const alone = published({...changes, "max-concurrency": String(concurrency)});
    for (let point = first, left = again; left > 0; left--) {
      const why = disturbance(point);
      if (why === null) break;
      console.warn(`${measurement.series} at C=${concurrency} is measured again: ${why}`);
      for (const end of [".json", ".events.bin.gz"]) rmSync(point.path.replace(/\.json$/, end));
      point = points[i] = (await measure(data, measurement, alone))[0] ?? assert.fail();
    }
  }
  return points;
}

/** The first of a closed loop can come at once, each later one when an answer before it has ended. */
function heldUpMs(planned: readonly Planned[], concurrency: number): number {
  const sorted = (times: bigint[]) => times.sort((a, b) => (a < b ? -1 : 1));
  const arrivals = sorted(planned.map(({arrivalNs}) => arrivalNs));
  const ends = sorted(planned.map(({lastDueNs}) => lastDueNs));
  const could = arrivals.map((_, i) => (i < concurrency ? arrivals[0] : ends[i - concurrency]));
  return Math.max(...arrivals.map((arrival, i) => Number(arrival - (could[i] ?? arrival)) / 1e6));
}

function match({requests, events, monotonic_origin_ns}: Run, log: Log): Matched[] {
  const originNs = BigInt(monotonic_origin_ns ?? assert.fail());
  /** Milliseconds from the client’s origin, which is a reading of the same clock. */
  const sinceOrigin = (atNs: bigint) => Number(atNs - originNs) / 1e6;
  return (requests ?? []).map(({index, id, start_ms, completion_tokens}) => {
    const planned = plannedOf(id, log);
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

/** The published preset with other values for some of its flags. */
export function published(changes: Record<string, string>): string[] {
  return Object.entries({...PRESETS.published, ...changes}).flatMap(([flag, value]) => [`--${flag}`, value]);
}

export interface Site {
  computed: Computed;
  pages: SeriesPages;
}

/** The pages of everything in the folder; the warehouse is closed. */
export async function siteOf(data: DataFolder): Promise<Site> {
  const {evidence, results} = await readData(data.path);
  const computed = await compute(evidence, results);
  const pages = await makeSeriesPages(evidence, computed.facts, computed.warehouse.connection, {
    now: new Date(),
    measured: [],
    stale: []
  });
  computed.warehouse.close();
  return {computed, pages};
}

/** Values by fact as a page prints them. */
export function factsOnPage({computed, pages}: Site, labels: string[], path: string): Map<string, number> {
  const report: Report = {
    facts: Object.fromEntries(computed.facts),
    texts: Object.fromEntries(labels.map((id) => [`label.${id}`, id])),
    links: {},
    claims: {},
    explorables: {},
    figures: pages.figures,
    tables: pages.tables
  };
  const md = new MarkdownIt({html: true});
  reportSyntax(md, () => report);
  const html = md.render(pages.pages.get(path) ?? assert.fail(`no page ${path}`));
  return new Map(
    Array.from(html.matchAll(/<data data-fact="([^"]+)" value="([^"]+)">/g), ([, id = "", value]) => [
      id,
      Number(value)
    ])
  );
}

/** A request that a busy machine keeps from its wave leaves a smaller batch behind for some steps. */
const STRAGGLERS = 0.02;

export function near(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);
}

export function asPrinted(actual: number, printed: number, halfADigit: number, what: string): void {
  near(actual, printed, halfADigit + STRAGGLERS * printed, what);
}
