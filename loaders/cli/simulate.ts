import {cpus} from "node:os";
import {parseArgs} from "node:util";
import {messageOf} from "../errors/message-of.js";
import {keepToProcessor} from "../machine/processor.js";
import {measureClientDelay} from "../simulate/measure-client-delay.js";
import {FAULT_NAMES} from "../simulate/planned-faults.js";
import {presets} from "../simulate/presets.js";
import {type SimulatorOptions, simulatorOptions} from "../simulate/simulator-options.js";
import {launchSimulator, type Simulator} from "../simulate/start-simulator.js";
import {tryPort} from "../site/port.js";

const HELP = `A vLLM-like server for people without a GPU: it answers as vLLM 0.15.1 does, at the published speed.

Usage:  npm run simulate -- [options]

  --preset NAME            the deployment it plays: ${Object.keys(presets).join(", ")} (awq)
  --port PORT              port to listen on, 0 for any free one (8000)
  --host HOST              address to listen on (127.0.0.1)
  --speed FACTOR           divides every time: 10 runs a benchmark in a tenth of the time, and its numbers
                           come out ten times too fast (1)
  --seed SEED              of the answers, where they end and which drafts are accepted (0)
  --served-model-name NAME name of the model in requests (that of the preset)
  --max-model-len TOKENS   longest prompt and answer together (200000)
  --max-num-seqs N         requests in a batch; the others wait (256)
  --reasoning-tokens N     tokens of reasoning before each chat answer (0)
  --api-key KEY            ask for it as a bearer token under /v1; VLLM_API_KEY does the same
  --no-dev-mode            close /server_info and /reset_prefix_cache, as vLLM does without VLLM_SERVER_DEV_MODE
  --enable-tokenizer-info-endpoint
                           open /tokenizer_info
  --cpu N                  keep to processor N (Linux); on a machine of few give the client another
  --transport-ms MS        what client and network add to a first token; the engine takes as much less, so that the
                           client measures the printed TTFT (measured at the start, with a client on this machine)
  --batch-ms MS            what it reads later of tokens that leave together, many at a time, in the middle; the
                           engine is as much sooner (measured with --transport-ms, or 0.7 where that is said)
  --log FILE               append every request to FILE as a line of JSON, with the true send time of each chunk

To test a client:
  --raw RATE               no engine: every stream sends RATE chunks a second, or “max”
  --chunks-per-write N     chunks joined into one write, with --raw (1)
  --fault NAME[@CHUNKS]    a fault in every request, or in every n-th one; CHUNKS go out before it
  --fault-every N          (1)
                           A request can also ask for a fault by the header x-simulate-fault. Faults:
${wrap(FAULT_NAMES.join(", "), 83, " ".repeat(27))}

Exit codes: 0 closed by Ctrl-C, 1 the server could not start, 2 the call was wrong.
Example:  npm run simulate -- --preset awq-mtp1 --port 8001
`;

function wrap(text: string, width: number, indent: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.map((line) => indent + line).join("\n");
}

function fail(code: 1 | 2, message: string): never {
  console.error(message);
  process.exit(code);
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        help: {type: "boolean", short: "h"},
        preset: {type: "string"},
        port: {type: "string", default: "8000"},
        host: {type: "string"},
        speed: {type: "string"},
        seed: {type: "string"},
        "served-model-name": {type: "string"},
        "max-model-len": {type: "string"},
        "max-num-seqs": {type: "string"},
        "reasoning-tokens": {type: "string"},
        "api-key": {type: "string", default: process.env.VLLM_API_KEY || undefined},
        "no-dev-mode": {type: "boolean"},
        "enable-tokenizer-info-endpoint": {type: "boolean"},
        cpu: {type: "string"},
        "transport-ms": {type: "string"},
        "batch-ms": {type: "string"},
        log: {type: "string"},
        raw: {type: "string"},
        "chunks-per-write": {type: "string"},
        fault: {type: "string"},
        "fault-every": {type: "string"}
      }
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? "") : String(error);
    return fail(2, `simulate: ${reason}. See npm run simulate -- --help`);
  }
}

type Flags = ReturnType<typeof readFlags>;

/** Numbers are checked with the rest of the options, so a text that is none becomes NaN here. */
function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : text.trim() === "" ? Number.NaN : Number(text);
}

function given<Options extends Record<string, unknown>>(options: Options) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function rawOf({raw, "chunks-per-write": perWrite, ...flags}: Flags) {
  for (const flag of ["transport-ms", "batch-ms"] as const) {
    if (raw !== undefined && flags[flag] !== undefined)
      fail(2, `simulate: --${flag} is for an engine, and --raw has none. Leave one of them out.`);
  }
  if (raw === undefined) {
    if (perWrite !== undefined) fail(2, "simulate: --chunks-per-write needs --raw.");
    return undefined;
  }
  return given({
    chunksPerSecond: raw === "max" ? null : numberOf(raw),
    chunksPerWrite: numberOf(perWrite)
  });
}

function faultsOf({fault, "fault-every": every}: Flags) {
  if (fault === undefined) {
    if (every !== undefined) fail(2, "simulate: --fault-every needs --fault.");
    return undefined;
  }
  return [{fault, every: numberOf(every) ?? 1}];
}

const FLAG_OF: Record<string, string> = {
  model: "served-model-name",
  maxModelLen: "max-model-len",
  maxNumSeqs: "max-num-seqs",
  reasoningTokens: "reasoning-tokens",
  apiKey: "api-key",
  faults: "fault",
  every: "fault-every",
  transportMs: "transport-ms",
  batchMs: "batch-ms"
};

function optionsOf(flags: Flags): SimulatorOptions {
  const input = given({
    preset: flags.preset,
    host: flags.host,
    port: numberOf(flags.port),
    speed: numberOf(flags.speed),
    transportMs: numberOf(flags["transport-ms"]),
    batchMs: numberOf(flags["batch-ms"]),
    seed: numberOf(flags.seed),
    model: flags["served-model-name"],
    maxModelLen: numberOf(flags["max-model-len"]),
    maxNumSeqs: numberOf(flags["max-num-seqs"]),
    reasoningTokens: numberOf(flags["reasoning-tokens"]),
    apiKey: flags["api-key"],
    devMode: flags["no-dev-mode"] === true ? false : undefined,
    enableTokenizerInfoEndpoint: flags["enable-tokenizer-info-endpoint"],
    logFile: flags.log,
    keepsLog: false,
    raw: rawOf(flags),
    faults: faultsOf(flags)
  });
  const parsed = simulatorOptions.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[issue.path.at(-1) === "every" ? 2 : 0] ?? "");
  return fail(
    2,
    `simulate: --${FLAG_OF[field] ?? field}: ${issue?.message ?? "not valid"}. See npm run simulate -- --help`
  );
}

function takeProcessor(flag: string | undefined): number | null {
  const cpu = numberOf(flag);
  if (cpu === undefined) return null;
  if (!Number.isInteger(cpu) || cpu < 0)
    fail(2, "simulate: --cpu: expected the number of a processor, from 0.");
  try {
    keepToProcessor(cpu);
  } catch (error) {
    fail(2, `simulate: --cpu: ${messageOf(error)}`);
  }
  return cpu;
}

/** The processor of the client, where the server keeps to one of several. */
function clientCpu(cpu: number | null): number | null {
  if (cpu === null || cpus().length === 1) return null;
  return cpu === 0 ? 1 : 0;
}

/** What a client here adds, unless it is said or there is no schedule. */
async function withClientDelay(options: SimulatorOptions, flags: Flags, client: number | null) {
  if (flags["transport-ms"] !== undefined || options.raw !== null) return options;
  console.error("Measuring what a client on this machine adds …");
  try {
    const measured = await measureClientDelay(client);
    const batchMs = flags["batch-ms"] === undefined ? measured.batchMs : options.batchMs;
    const transport = {...measured, batchMs};
    console.error(
      `${transport.transportMs.toFixed(2)} ms to a first token and ${batchMs.toFixed(2)} ms to tokens that leave together, by which the engine is sooner (--transport-ms, --batch-ms).`
    );
    return {...options, ...transport};
  } catch (error) {
    const reason = messageOf(error);
    return fail(1, `simulate: ${reason} Say it by --transport-ms, such as 0.5.`);
  }
}

async function startOrFail(
  options: SimulatorOptions,
  flags: Flags,
  client: number | null
): Promise<Simulator> {
  try {
    // A port that cannot be had is told before anything is measured.
    await tryPort(options.port, options.host);
    return await launchSimulator(await withClientDelay(options, flags, client));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EADDRINUSE") {
      return fail(
        1,
        `simulate: port ${options.port} is in use. Choose another with --port, or --port 0 for any free one.`
      );
    }
    const path = error instanceof Error && "path" in error ? error.path : null;
    if (options.logFile !== null && path === options.logFile)
      return fail(2, `simulate: --log: ${messageOf(error)}. Name a file that can be written.`);
    return fail(1, `simulate: the server could not start: ${messageOf(error)}`);
  }
}

const flags = readFlags();
if (flags.help === true) {
  console.log(HELP);
  process.exit(0);
}
const options = optionsOf(flags);
const client = clientCpu(takeProcessor(flags.cpu));
const simulator = await startOrFail(options, flags, client);
console.log(`Simulating ${simulator.model} at ${simulator.url} (Ctrl-C ends it). Benchmark it with

  ${options.apiKey === null ? "" : "OPENAI_API_KEY=… "}npm run bench -- --base-url ${simulator.url} --preset published${client === null ? "" : ` --cpu ${client}`}
`);

const close = () => void simulator.close().then(() => process.exit(0));
process.once("SIGINT", close);
process.once("SIGTERM", close);
