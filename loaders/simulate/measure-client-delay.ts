import {type ChildProcess, fork} from "node:child_process";
import {on} from "node:events";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {quantile} from "../bench/tools/quantile.js";
import type {LoggedRequest} from "./simulator-log.js";
import {startSimulator} from "./start-simulator.js";
import {batchShare, type ClientDelay} from "./timing.js";

/** First tokens are measured in waves of a few requests, last tokens in waves of many. */
const FEW = 4;
const MANY = 8;

const ROUNDS = 5;

/** Milliseconds measured by the client, with the unique id of the request. */
const Answer = z.object({id: z.string(), ttftMs: z.number(), decodeMs: z.number()});
type Answer = z.output<typeof Answer>;

/** One report of the client: waves of few requests, for its delay of a first token, and waves of many. */
const Round = z.tuple([z.object({few: z.array(Answer), many: z.array(Answer)})]);

const PROBE = fileURLToPath(new URL("client-delay-probe.ts", import.meta.url));

/**
 * What `npm run bench` currently measures on top of the schedule on this machine: medians over 80 requests each, since
 * occasional hold-ups of a machine occur in a benchmark too. Takes five seconds.
 * @param clientCpu the processor for the client, `null` for any
 * @throws Error if the client fails
 */
export async function measureClientDelay(clientCpu: number | null): Promise<ClientDelay> {
  const simulator = await startSimulator({transportMs: 0});
  const processor = clientCpu === null ? [] : [clientCpu];
  const args = [simulator.url, simulator.model, FEW, MANY, ...processor].map(String);
  const client = fork(PROBE, args, {stdio: ["ignore", "ignore", "pipe", "ipc"]});
  try {
    const firsts: number[] = [];
    const lasts: number[] = [];
    let rounds = 0;
    for await (const [{few, many}] of roundsOf(client)) {
      const {requests} = simulator.log;
      firsts.push(...few.map((answer) => answer.ttftMs - plannedMs(answer, requests).ttftMs));
      lasts.push(...many.map((answer) => answer.decodeMs - plannedMs(answer, requests).decodeMs));
      if (++rounds === ROUNDS) break;
    }
    return {transportMs: median(firsts), batchMs: Math.max(0, median(lasts) / batchShare(MANY))};
  } finally {
    client.kill();
    await simulator.close();
  }
}

/** The reports of the client. Throws if the client ends, which it never should by itself. */
async function* roundsOf(client: ChildProcess): AsyncGenerator<z.output<typeof Round>> {
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
    for await (const round of on(client, "message", {signal: ending.signal}))
      yield Round.parse(round.slice(0, 1));
  } catch (error) {
    throw ending.signal.aborted ? ending.signal.reason : error;
  }
}

function plannedMs({id}: Answer, requests: readonly LoggedRequest[]) {
  const {arrivalNs, firstDueNs, lastDueNs} = requests.find((request) => request.id === id) ?? {};
  if (arrivalNs === undefined || !firstDueNs || !lastDueNs)
    throw new Error(`the simulator’s log has no answer to request ${id}.`);
  return {ttftMs: Number(firstDueNs - arrivalNs) / 1e6, decodeMs: Number(lastDueNs - firstDueNs) / 1e6};
}

function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5
  );
}
