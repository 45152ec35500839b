import {setImmediate as nextTurn} from "node:timers/promises";
import type {Clock} from "../../loaders/simulate/clock.js";
import type {Deployment} from "../../loaders/simulate/deployment.js";
import {Engine, type EngineOutput} from "../../loaders/simulate/engine.js";
import {seededRandom} from "../../loaders/simulate/seeded-random.js";
import {CLIENT_DELAY, timingOf} from "../../loaders/simulate/timing.js";

/** Time that passes as soon as anyone waits for it, so that only due times show. */
class VirtualClock implements Pick<Clock, "nowMs" | "waitUntil"> {
  #now = 0;

  nowMs(): number {
    return this.#now;
  }

  async waitUntil(dueMs: number): Promise<void> {
    await nextTurn();
    this.#now = Math.max(this.#now, dueMs);
  }
}

export interface VirtualRequest {
  arrivalMs: number;
  outputs: EngineOutput[];
}

export interface VirtualLoad {
  deployment: Deployment;
  concurrency: number;
  requests: number;
  maxTokens: number;
  /** How far apart the requests of a wave arrive. */
  apartMs: number;
  /** Requests before the measured ones, such as a preflight. */
  earlier: number;
  /** What a client adds to tokens that leave together; by default as in `CLIENT_DELAY`. */
  batchMs?: number;
}

/** A closed loop of prompts with the published length against the engine alone, in virtual time. */
export async function virtualRun(load: VirtualLoad): Promise<VirtualRequest[]> {
  const {
    deployment,
    concurrency,
    requests,
    maxTokens,
    apartMs,
    earlier,
    batchMs = CLIENT_DELAY.batchMs
  } = load;
  const clock = new VirtualClock();
  const engine = new Engine({
    clock,
    timing: timingOf(deployment, 1, {...CLIENT_DELAY, batchMs}),
    speculation: deployment.speculation,
    maxNumSeqs: 256,
    random: seededRandom(0),
    onDraft: () => undefined
  });
  const send = (place: number) =>
    new Promise<VirtualRequest>((resolve) => {
      const request: VirtualRequest = {arrivalMs: clock.nowMs() + place * apartMs, outputs: []};
      engine.submit({
        uncachedTokens: deployment.inputTokens,
        maxTokens,
        stopAfter: null,
        arrivalMs: request.arrivalMs,
        isWritable: () => true,
        onAdmitted: () => undefined,
        onOutput: (output) => {
          request.outputs.push(output);
          if (output.finishReason !== null) resolve(request);
        }
      });
    });
  for (let i = 0; i < earlier; i++) await send(0);
  const done: VirtualRequest[] = [];
  let started = 0;
  const worker = async (place: number) => {
    while (started < requests) {
      started++;
      done.push(await send(place));
    }
  };
  await Promise.all(Array.from({length: concurrency}, (_, place) => worker(place)));
  return done;
}
