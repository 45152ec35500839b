import {fork} from "node:child_process";
import {once} from "node:events";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {quantile} from "../bench/quantile.js";
import {startSimulator} from "./server.js";

/** TTFT in milliseconds as the client measured it, by the id of the request. */
const Measured = z.record(z.string(), z.number());

/** As many at once as in the middle row of the published tables. */
const CONCURRENCY = 4;

/** Connections are opened and code is compiled in the first two waves. */
const UNMEASURED = 2 * CONCURRENCY;

/** What holds a machine up for a second lengthens one batch: the shortest counts. */
const BATCHES = 6;
const BATCH = 4 * CONCURRENCY;

const PROBE = fileURLToPath(new URL("transport-probe.ts", import.meta.url));
const PATIENCE_MS = 30_000;

/**
 * What `npm run bench` measures on top of the engine on this machine, now: both HTTP stacks and two wake-ups, in
 * milliseconds. The least of six medians of 16 first tokens each, which takes about five seconds.
 * @param clientCpu the processor for the client, `null` for any
 * @throws Error where the client fails
 */
export async function measureTransport(clientCpu: number | null): Promise<number> {
  const simulator = await startSimulator({transportMs: 0});
  try {
    const args = [simulator.url, simulator.model, String(CONCURRENCY), String(UNMEASURED + BATCHES * BATCH)];
    const client = fork(PROBE, clientCpu === null ? args : [...args, String(clientCpu)], {
      timeout: PATIENCE_MS
    });
    const [message] = await Promise.race([
      once(client, "message"),
      once(client, "exit").then(([code, signal]) => {
        throw new Error(`the client that measures what one adds ended with ${code ?? signal}`);
      })
    ]);
    const ttftMs = Measured.parse(message);
    const added = simulator.log.requests.slice(UNMEASURED).map(({id, arrivalNs, firstDueNs}) => {
      return (ttftMs[id] ?? Number.NaN) - Number((firstDueNs ?? arrivalNs) - arrivalNs) / 1e6;
    });
    const medians = Array.from({length: BATCHES}, (_, batch) =>
      quantile(
        added.slice(batch * BATCH, (batch + 1) * BATCH).sort((a, b) => a - b),
        0.5
      )
    );
    return Math.min(...medians);
  } finally {
    await simulator.close();
  }
}
