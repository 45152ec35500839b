import {z} from "zod";
import {Deployment, PLAIN} from "./deployment.js";
import {faultPlan} from "./planned-faults.js";
import {CLIENT_DELAY} from "./timing.js";

export const simulatorOptions = z.object({
  deployment: Deployment.default(PLAIN),
  host: z.string().default("127.0.0.1"),
  /** 0 picks any free port. */
  port: z.number().int().min(0).max(65535).default(0),
  /** Divides every time. */
  speed: z.number().positive().default(1),
  /** What a client measures on top of the schedule; see `ClientDelay` and `measureClientDelay`. */
  transportMs: z.number().nonnegative().default(CLIENT_DELAY.transportMs),
  batchMs: z.number().nonnegative().default(CLIENT_DELAY.batchMs),
  seed: z.number().int().nonnegative().default(0),
  apiKey: z.string().min(1).nullable().default(null),
  /** The model's served name; by default the deployment's. */
  model: z.string().min(1).nullable().default(null),
  maxModelLen: z.number().int().positive().default(200_000),
  maxNumSeqs: z.number().int().positive().default(256),
  /** Tokens of reasoning at the start of each chat answer, unless thinking is switched off. */
  reasoningTokens: z.number().int().nonnegative().default(0),
  /** Like VLLM_SERVER_DEV_MODE: opens /server_info and /reset_prefix_cache. */
  devMode: z.boolean().default(true),
  /** Opens /tokenizer_info, like vLLM's flag of that name. */
  enableTokenizerInfoEndpoint: z.boolean().default(false),
  /** Replaces the engine by streams at a steady rate, to measure clients. */
  raw: z
    .object({
      /** Per stream; `null` is as fast as the sockets take them. */
      chunksPerSecond: z.number().positive().nullable(),
      chunksPerWrite: z.number().int().positive().default(1)
    })
    .nullable()
    .default(null),
  /** Faults by request number; the header `x-simulate-fault` asks for one directly. */
  faults: faultPlan.default([]),
  /** How long a restart keeps the port closed. */
  restartMs: z.number().nonnegative().default(500),
  logFile: z.string().nullable().default(null),
  /** Whether the log stays in memory too, where it would grow for as long as the server runs. */
  keepsLog: z.boolean().default(true)
});
export type SimulatorOptions = z.output<typeof simulatorOptions>;
export type SimulatorInput = z.input<typeof simulatorOptions>;
