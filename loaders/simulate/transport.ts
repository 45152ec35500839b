import {type ChildProcess, fork} from "node:child_process";
import {on} from "node:events";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {quantile} from "../bench/quantile.js";
import type {SimulatorLog} from "./log.js";
import {startSimulator} from "./server.js";

/** TTFT in milliseconds as the client measured it, by the id of the request. */
const Batch = z.tuple([z.record(z.string(), z.number())]);

/** So many medians within so many milliseconds of the least, itself among them, are enough. */
const AGREEING = 3;
const AGREEMENT_MS = 0.1;

/** A machine on which they do not agree has them measured this often. */
const MOST_BATCHES = 20;

const PROBE = fileURLToPath(new URL("transport-probe.ts", import.meta.url));

/**
 * What `npm run bench` measures on top of the engine on this machine, now: both HTTP stacks and two wake-ups, in
 * milliseconds. It is the least of several medians of 16 first tokens each: what holds a machine up only adds to one.
 * Takes three seconds where they agree, and up to twelve.
 * @param clientCpu the processor for the client, `null` for any
 * @throws Error where the client fails
 */
export async function measureTransport(clientCpu: number | null): Promise<number> {
  const simulator = await startSimulator({transportMs: 0});
  const args = [simulator.url, simulator.model, ...(clientCpu === null ? [] : [String(clientCpu)])];
  const client = fork(PROBE, args, {stdio: ["ignore", "ignore", "pipe", "ipc"]});
  try {
    const medians: number[] = [];
    for await (const [ttftMs] of batchesOf(client)) {
      medians.push(medianAdded(ttftMs, simulator.log));
      if (doAgree(medians) || medians.length === MOST_BATCHES) break;
    }
    return Math.min(...medians);
  } finally {
    client.kill();
    await simulator.close();
  }
}

/** What the client sends, until it ends; then it throws, since it never ends by itself. */
async function* batchesOf(client: ChildProcess): AsyncGenerator<z.output<typeof Batch>> {
  const ending = new AbortController();
  let said = "";
  client.stderr?.on("data", (part) => {
    said += part;
  });
  client.once("close", () => {
    const [, reason = "it ended by itself."] = /^\w*Error: (.*)$/m.exec(said) ?? [];
    ending.abort(new Error(`what a client adds could not be measured: ${reason}`));
  });
  try {
    for await (const batch of on(client, "message", {signal: ending.signal}))
      yield Batch.parse(batch.slice(0, 1));
  } catch (error) {
    throw ending.signal.aborted ? ending.signal.reason : error;
  }
}

function medianAdded(ttftMs: Readonly<Record<string, number>>, {requests}: SimulatorLog): number {
  const added = requests.flatMap(({id, arrivalNs, firstDueNs}) => {
    const ms = ttftMs[id];
    // The next batch is on its way already.
    return ms === undefined || firstDueNs === null ? [] : [ms - Number(firstDueNs - arrivalNs) / 1e6];
  });
  return quantile(
    added.sort((a, b) => a - b),
    0.5
  );
}

export function doAgree(medians: readonly number[]): boolean {
  const least = Math.min(...medians);
  return medians.filter((median) => median - least <= AGREEMENT_MS).length >= AGREEING;
}
