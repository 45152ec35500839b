import assert from "node:assert/strict";
import {z} from "zod";
import {seededRandom} from "../../loaders/simulate/seeded-random.js";
import type {LoggedRequest} from "../../loaders/simulate/simulator-log.js";
import type {Simulator} from "../../loaders/simulate/start-simulator.js";
import type {ClientDelay} from "../../loaders/simulate/timing.js";

const ServerInfo = z.object({
  vllm_config: z.object({simulator: z.object({transport_ms: z.number(), batch_ms: z.number()})})
});

/** What the simulator subtracted for the client, according to `/server_info`. */
export function clientDelayOf(info: unknown): ClientDelay {
  const {transport_ms, batch_ms} = ServerInfo.parse(info).vllm_config.simulator;
  return {transportMs: transport_ms, batchMs: batch_ms};
}

export type Body = Record<string, unknown>;

export const CHAT = "/v1/chat/completions";
export const COMPLETIONS = "/v1/completions";

/** The published method’s payload, shorter if a test says so. */
export function chatBody(prompt: string, maxTokens: number, more: Body = {}): Body {
  return {
    messages: [{role: "user", content: [{type: "text", text: prompt}]}],
    max_completion_tokens: maxTokens,
    stream: true,
    stream_options: {include_usage: true},
    ignore_eos: true,
    ...more
  };
}

export function post(url: string, body: Body, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: {"content-type": "application/json", ...headers},
    body: JSON.stringify(body)
  });
}

/** The data of every event, without the empty line between them. */
export function eventsOf(text: string): string[] {
  assert.ok(text.endsWith("\n\n"));
  return text
    .slice(0, -2)
    .split("\n\n")
    .map((event) => {
      assert.ok(event.startsWith("data: "), event);
      return event.slice("data: ".length);
    });
}

export async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

export async function metric(simulator: Simulator, name: string, label = ""): Promise<number> {
  const text = await (await fetch(`${simulator.url}/metrics`)).text();
  const line = text
    .split("\n")
    .find((candidate) => candidate.startsWith(`${name}{`) && candidate.includes(label));
  assert.ok(line !== undefined, `${name} is on the page`);
  return Number(line.split(" ").at(-1));
}

/** A prompt of whole words, `tokens` tokens long; prompts of different seeds share no block. */
export function promptOf(tokens: number, seed: number): string {
  const words = [" bako", " dego", " fuhi", " gajo", " rolu"];
  const random = seededRandom(seed);
  return Array.from({length: tokens}, () => words[Math.floor(random() * words.length)]).join("");
}

/** As numpy: linear between the neighbours. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(rank)] ?? Number.NaN, sorted[Math.ceil(rank)] ?? Number.NaN];
  return low + (high - low) * (rank - Math.floor(rank));
}

/** By the server’s own schedule: from arrival to the first chunk. */
export function plannedTtftMs({arrivalNs, firstDueNs}: LoggedRequest): number {
  assert.ok(firstDueNs !== null);
  return Number(firstDueNs - arrivalNs) / 1e6;
}
