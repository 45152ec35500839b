// npm run simulate: starts a vLLM-like server that plays a series of the evidence.

import {cpus} from "node:os";
import {messageOf} from "../errors/message-of.js";
import {UsageError} from "../errors/usage-error.js";
import {checkFlags, readFlags} from "../flags/read-flags.js";
import {keepToProcessor} from "../machine/processor.js";
import {paths} from "../paths.js";
import {type Deployment, PLAIN} from "../simulate/deployment.js";
import {measureClientDelay} from "../simulate/measure-client-delay.js";
import {playableSeries, seriesDeployment} from "../simulate/series-deployment.js";
import {SIMULATOR_GROUPS, SimulatorFlags, simulatorOptionsOf} from "../simulate/simulator-flags.js";
import type {SimulatorOptions} from "../simulate/simulator-options.js";
import {launchSimulator, type Simulator} from "../simulate/start-simulator.js";
import {tryPort} from "../site/port.js";
import {readData} from "../site/read-data.js";
import {runCommand} from "./run.js";

const HINT = "See npm run simulate -- --help.";

const help = {
  before: `A vLLM-like server for people without a GPU: it answers as vLLM 0.15.1 does, at the speed of a series.

  npm run simulate -- --series ID --port 8001`,
  groups: SIMULATOR_GROUPS,
  after: "Exit codes: 0 closed by Ctrl-C, 1 the server could not start, 2 the call was wrong."
};

async function work(argv: readonly string[]): Promise<void> {
  const {values} = readFlags(argv, SimulatorFlags.shape, HINT);
  const flags = checkFlags(
    SimulatorFlags,
    {"api-key": process.env.VLLM_API_KEY || undefined, ...values},
    HINT
  );
  const options = simulatorOptionsOf(flags, await deploymentOf(flags));
  if (flags.cpu !== undefined) takeProcessor(flags.cpu);
  const client = clientCpu(flags.cpu);
  const simulator = await start(options, flags, client);
  console.log(`Simulating ${simulator.model} at ${simulator.url} (Ctrl-C ends it). Benchmark it with

  ${options.apiKey === null ? "" : "OPENAI_API_KEY=… "}npm run bench -- --base-url ${simulator.url} --preset published${client === null ? "" : ` --cpu ${client}`}
`);
  const close = () => void simulator.close().then(() => process.exit(0));
  process.once("SIGINT", close);
  process.once("SIGTERM", close);
}

/** The series asked for, or the first that can be played; none if there is no engine to model. */
async function deploymentOf({
  series,
  "ttft-of": ttftOf,
  acceptance,
  raw
}: SimulatorFlags): Promise<Deployment> {
  if (raw !== undefined && series === undefined) return PLAIN;
  const {evidence, results} = await readData(paths.data);
  const all = {...evidence, results};
  const id = series ?? playableSeries(all)[0];
  return id === undefined ? PLAIN : seriesDeployment(all, id, {ttftOf, acceptance});
}

function takeProcessor(cpu: number): void {
  try {
    keepToProcessor(cpu);
  } catch (error) {
    throw new UsageError(`--cpu: ${messageOf(error)}`);
  }
}

/** The processor left to the client, if the server keeps to one of several. */
function clientCpu(cpu: number | undefined): number | null {
  if (cpu === undefined || cpus().length === 1) return null;
  return cpu === 0 ? 1 : 0;
}

async function start(
  options: SimulatorOptions,
  flags: SimulatorFlags,
  client: number | null
): Promise<Simulator> {
  try {
    // An unavailable port is reported before anything is measured.
    await tryPort(options.port, options.host);
    return await launchSimulator(await withClientDelay(options, flags, client));
  } catch (error) {
    throw startError(error, options);
  }
}

/** The delay of a client on this machine, unless it is given or there is no schedule. */
async function withClientDelay(
  options: SimulatorOptions,
  flags: SimulatorFlags,
  client: number | null
): Promise<SimulatorOptions> {
  if (flags["transport-ms"] !== undefined || options.raw !== null) return options;
  console.error("Measuring the delay of a client on this machine …");
  const measured = await measureClientDelay(client).catch((error: unknown) => {
    throw new Error(`${messageOf(error)} Set it with --transport-ms, for example 0.5.`);
  });
  const {transportMs} = measured;
  const batchMs = flags["batch-ms"] ?? measured.batchMs;
  console.error(
    `${transportMs.toFixed(2)} ms to a first token and ${batchMs.toFixed(2)} ms to tokens that leave together; the engine is that much earlier (--transport-ms, --batch-ms).`
  );
  return {...options, transportMs, batchMs};
}

function startError(error: unknown, {port, logFile}: SimulatorOptions): unknown {
  if (!(error instanceof Error)) return error;
  if ("code" in error && error.code === "EADDRINUSE") {
    return new Error(`Port ${port} is in use. Choose another with --port, or --port 0 for any free one.`);
  }
  if (logFile !== null && "path" in error && error.path === logFile) {
    return new UsageError(`--log: ${error.message}. Name a writable file.`);
  }
  return new Error(`The server could not start: ${error.message}`);
}

await runCommand({help, work});
