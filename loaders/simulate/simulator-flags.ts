// The flags of npm run simulate: the simulator's options as words, with the same checks and defaults.

import {z} from "zod";
import {UsageError} from "../errors/usage-error.js";
import {type FlagGroup, flag, toggle} from "../flags/flag.js";
import {numeric, numericOption, text} from "../flags/flag-schemas.js";
import type {Deployment} from "./deployment.js";
import {FAULT_NAMES, faultText} from "./planned-faults.js";
import {type SimulatorOptions, simulatorOptions} from "./simulator-options.js";

const {shape} = simulatorOptions;

const played = {
  series: flag(
    text.optional(),
    "ID",
    "the series of data/ whose points it plays; by default the first by name that has points, or a plain model if none has"
  ),
  "ttft-of": flag(
    text.optional(),
    "ID",
    "the series whose TTFT it plays if its own states none; without it, a first token takes as long as any other"
  ),
  acceptance: flag(
    numeric(z.number().min(0).max(1)).optional(),
    "RATE",
    "acceptance of draft tokens, from 0 to 1, if the series drafts any; by default what its source states"
  ),
  speed: flag(
    numericOption(shape.speed),
    "FACTOR",
    "divides every time: with 10, a benchmark takes a tenth of the time and its numbers come out ten times too fast"
  ),
  seed: flag(
    numericOption(shape.seed),
    "SEED",
    "decides the answers, where they end and which drafts are accepted"
  )
};

const server = {
  port: flag(numeric(shape.port.unwrap()).default(8000), "PORT", "port to listen on, 0 for any free one"),
  host: flag(text.default(shape.host.def.defaultValue), "HOST", "address to listen on"),
  "served-model-name": flag(
    text.optional(),
    "NAME",
    "name of the model in requests; by default the series' own"
  ),
  "max-model-len": flag(numericOption(shape.maxModelLen), "TOKENS", "longest prompt and answer together"),
  "max-num-seqs": flag(numericOption(shape.maxNumSeqs), "N", "requests in a batch; others wait"),
  "reasoning-tokens": flag(
    numericOption(shape.reasoningTokens),
    "N",
    "tokens of reasoning before each chat answer"
  ),
  "api-key": flag(
    text.optional(),
    "KEY",
    "require it as a bearer token under /v1; VLLM_API_KEY does the same"
  ),
  "no-dev-mode": toggle(
    "close /server_info and /reset_prefix_cache, as vLLM does without VLLM_SERVER_DEV_MODE"
  ),
  "enable-tokenizer-info-endpoint": toggle("open /tokenizer_info")
};

const machine = {
  cpu: flag(
    numeric(z.int().nonnegative()).optional(),
    "N",
    "keep to processor N (Linux); on a machine with few processors, give the client another"
  ),
  "transport-ms": flag(
    numeric(shape.transportMs.unwrap()).optional(),
    "MS",
    "what client and network add to a first token; the engine takes that much less, so that the client measures the printed TTFT (measured at the start, with a client on this machine)"
  ),
  "batch-ms": flag(
    numeric(shape.batchMs.unwrap()).optional(),
    "MS",
    `the median delay with which a client reads many tokens that leave together; the engine is that much earlier (measured like --transport-ms, or ${shape.batchMs.def.defaultValue} if that is given)`
  ),
  log: flag(
    text.optional(),
    "FILE",
    "append every request to FILE as a line of JSON, with the true send time of each chunk"
  )
};

const {chunksPerSecond, chunksPerWrite} = shape.raw.unwrap().unwrap().shape;

const tests = {
  raw: flag(
    z
      .union(
        [z.literal("max").transform(() => null), numeric(chunksPerSecond.unwrap())],
        "not a rate above 0, or max"
      )
      .optional(),
    "RATE",
    "no engine: every stream sends RATE chunks per second, or “max”"
  ),
  "chunks-per-write": flag(
    numeric(chunksPerWrite.unwrap()).optional(),
    "N",
    `chunks joined into one write, with --raw (${chunksPerWrite.def.defaultValue})`
  ),
  fault: flag(
    faultText.optional(),
    "NAME[@CHUNKS]",
    `a fault in every request, or in every n-th; CHUNKS are sent before it. A request can also ask for one with the header x-simulate-fault. Faults: ${FAULT_NAMES.join(", ")}`
  ),
  "fault-every": flag(numeric(z.int().positive()).optional(), "N", "with --fault: in every N-th request (1)")
};

export const SimulatorFlags = z.object({...played, ...server, ...machine, ...tests});
export type SimulatorFlags = z.output<typeof SimulatorFlags>;

/** The groups of the help, in order. */
export const SIMULATOR_GROUPS: readonly FlagGroup[] = [
  {title: "What it plays", flags: played},
  {title: "Server", flags: server},
  {title: "This machine", flags: machine},
  {title: "To test a client", flags: tests}
];

/**
 * @throws UsageError if flags contradict each other
 */
export function simulatorOptionsOf(flags: SimulatorFlags, deployment: Deployment): SimulatorOptions {
  const usual = simulatorOptions.parse({deployment});
  return {
    ...usual,
    port: flags.port,
    host: flags.host,
    speed: flags.speed,
    seed: flags.seed,
    transportMs: flags["transport-ms"] ?? usual.transportMs,
    batchMs: flags["batch-ms"] ?? usual.batchMs,
    apiKey: flags["api-key"] ?? null,
    model: flags["served-model-name"] ?? null,
    maxModelLen: flags["max-model-len"],
    maxNumSeqs: flags["max-num-seqs"],
    reasoningTokens: flags["reasoning-tokens"],
    devMode: !flags["no-dev-mode"],
    enableTokenizerInfoEndpoint: flags["enable-tokenizer-info-endpoint"],
    raw: rawOf(flags),
    faults: faultsOf(flags),
    logFile: flags.log ?? null,
    keepsLog: false
  };
}

function rawOf({raw, "chunks-per-write": perWrite, ...flags}: SimulatorFlags): SimulatorOptions["raw"] {
  if (raw === undefined) {
    if (perWrite !== undefined) throw new UsageError("--chunks-per-write needs --raw.");
    return null;
  }
  for (const name of ["transport-ms", "batch-ms"] as const) {
    if (flags[name] !== undefined)
      throw new UsageError(`--${name} is for an engine, and --raw has none. Leave one of them out.`);
  }
  return {chunksPerSecond: raw, chunksPerWrite: perWrite ?? chunksPerWrite.def.defaultValue};
}

function faultsOf({fault, "fault-every": every}: SimulatorFlags): SimulatorOptions["faults"] {
  if (fault !== undefined) return [{fault, every: every ?? 1}];
  if (every !== undefined) throw new UsageError("--fault-every needs --fault.");
  return [];
}
