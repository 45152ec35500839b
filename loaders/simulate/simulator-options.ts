import {z} from "zod";
import {Deployment, PLAIN} from "./deployment.js";
import {faultPlan} from "./planned-faults.js";
import {CLIENT_DELAY} from "./timing.js";

export const simulatorOptions = z.object({
  deployment: Deployment.default(PLAIN),
  host: z.string().default("127.0.0.1"),
  /** 0 takes any free port. */
  port: z.number().int().min(0).max(65535).default(0),
  /** Every time is divided by it. */
  speed: z.number().positive().default(1),
  /** What a client measures on top of the schedule; see `ClientDelay` and `measureClientDelay`. */
  transportMs: z.number().nonnegative().default(CLIENT_DELAY.transportMs),
  batchMs: z.number().nonnegative().default(CLIENT_DELAY.batchMs),
  seed: z.number().int().nonnegative().default(0),
  apiKey: z.string().min(1).nullable().default(null),
  /** The name it is served under; by default that of the deployment. */
  model: z.string().min(1).nullable().default(null),
  maxModelLen: z.number().int().positive().default(200_000),
  maxNumSeqs: z.number().int().positive().default(256),
  /** Tokens of reasoning at the start of each chat answer, unless thinking is switched off. */
  reasoningTokens: z.number().int().nonnegative().default(0),
  /** As VLLM_SERVER_DEV_MODE: opens /server_info and /reset_prefix_cache. */
  devMode: z.boolean().default(true),
  /** Opens /tokenizer_info, as the flag of that name does in vLLM. */
  enableTokenizerInfoEndpoint: z.boolean().default(false),
  /** Replaces the engine by streams at a steady rate, to measure clients. */
  raw: z
    .object({
      /** In each stream; `null` is as fast as the sockets take them. */
      chunksPerSecond: z.number().positive().nullable(),
      chunksPerWrite: z.number().int().positive().default(1)
    })
    .nullable()
    .default(null),
  /** Faults by the number of the request; the header `x-simulate-fault` asks for one directly. */
  faults: faultPlan.default([]),
  /** How long a restart keeps the port closed. */
  restartMs: z.number().nonnegative().default(500),
  logFile: z.string().nullable().default(null),
  /** Whether the log stays in memory too: a server that runs for long would grow by all that it sent. */
  keepsLog: z.boolean().default(true)
});
export type SimulatorOptions = z.output<typeof simulatorOptions>;
export type SimulatorInput = z.input<typeof simulatorOptions>;
