// The command without its process: what a call does, given its inputs and outputs.

import {setMaxListeners} from "node:events";
import {messageOf} from "../errors/message-of.js";
import {UsageError} from "../errors/usage-error.js";
import type {Run} from "../formats/run-record.js";
import {keepToProcessor} from "../machine/processor.js";
import type {BenchOptions} from "./call/bench-flags.js";
import {headerFault} from "./call/contradictions.js";
import {prepareFolder, resultFolder} from "./call/result-folder.js";
import {progressOn} from "./run/progress.js";
import {type Arm, runSweep, type SweepOutcome} from "./run/sweep.js";
import {type Connection, connect} from "./server/connect.js";
import {type ProgressOutput, redacting, redactor} from "./server/redact.js";
import {untilAborted} from "./tools/until-aborted.js";

interface BenchEffects {
  stdout: {write(text: string): unknown};
  stderr: ProgressOutput;
  apiKey: string | undefined;
  signal: AbortSignal;
}

/**
 * Measures all arms of a call, interleaved.
 * @throws UsageError if the key cannot be sent, results cannot be written or the processor is not available
 * @throws HostError if a server turns out to be unfit before the first measured request
 */
export async function bench(calls: readonly BenchOptions[], effects: BenchEffects): Promise<SweepOutcome> {
  const {apiKey, signal} = effects;
  const fault = headerFault("authorization", apiKey ?? "");
  if (fault !== null) throw new UsageError(`OPENAI_API_KEY: ${fault}`);
  // Every request in flight listens for an interruption.
  setMaxListeners(0, signal);
  for (const options of calls) await prepareFolder(resultFolder(options));
  takeProcessor(calls[0]?.cpu);
  const redact = redactor([apiKey ?? "", ...calls.flatMap(({header}) => Object.values(header))]);
  const stderr = redacting(effects.stderr, redact);
  const isQuiet = calls.every(({quiet}) => quiet);
  const say = (line: string) => {
    if (!isQuiet) stderr.write(`${line}\n`);
  };
  const open: Connection[] = [];
  try {
    const arms: Arm[] = [];
    for (const options of calls) {
      const connection = connect(options, {apiKey, redact, say});
      open.push(connection);
      const host = await untilAborted(signal, connection.host);
      arms.push({options, host, folder: resultFolder(options)});
    }
    return await runSweep(arms, {
      signal,
      progress: progressOn(stderr, isQuiet || calls.every((options) => options["disable-tqdm"])),
      say,
      onRun: (run, path) => {
        const series = arms.length > 1 ? `${run.series}  ` : "";
        // The path is not redacted: it contains no secret, and must stay usable.
        effects.stdout.write(`${redact(`${series}${summary(run)}`)}  ${path}\n`);
        for (const {code, message} of run.warnings) say(`  ${code}: ${message}`);
      }
    });
  } catch (error) {
    if (signal.aborted && error === signal.reason) return {end: "interrupted", cutShort: null};
    if (error instanceof Error) {
      error.message = redact(error.message);
      error.stack = redact(error.stack ?? "");
    }
    throw error;
  } finally {
    await Promise.all(open.map((connection) => connection.close()));
  }
}

function takeProcessor(cpu: number | undefined): void {
  if (cpu === undefined) return;
  try {
    keepToProcessor(cpu);
  } catch (error) {
    throw new UsageError(`--cpu: ${messageOf(error)}`);
  }
}

/** One line for each run. */
function summary(run: Run): string {
  const metrics = run.metrics["benchbook-1"] ?? {};
  const figure = (name: string, digits: number) => {
    const value = metrics[name];
    return value == null ? "–" : value.toFixed(digits);
  };
  return [
    `C=${run.settings.max_concurrency ?? "∞"}`,
    `${figure("output_throughput", 1)} tok/s`,
    `TTFT ${figure("median_ttft_ms", 1)} ms`,
    `TPOT ${figure("median_tpot_ms", 2)} ms`,
    `${metrics.completed ?? 0} good, ${metrics.failed ?? 0} failed`
  ].join("  ");
}
