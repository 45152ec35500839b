import assert from "node:assert/strict";
import type {LoggedRequest} from "../../loaders/simulate/log.js";
import {seededRandom} from "../../loaders/simulate/random.js";
import type {Simulator} from "../../loaders/simulate/server.js";

export type Body = Record<string, unknown>;

export const CHAT = "/v1/chat/completions";
export const COMPLETIONS = "/v1/completions";

/** The published method’s payload, shorter where a test says so. */
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

/** A prompt of whole words, so many tokens long; prompts of different seeds share no block. */
export function promptOf(tokens: number, seed: number): string {
  const words = [" bako", " dego", " fuhi", " gajo", " rolu"];
  const random = seededRandom(seed);
  return Array.from({length: tokens}, () => words[Math.floor(random() * words.length)]).join("");
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

const MS = 1e6;

/** By the server’s own log: from arrival to the first chunk. */
export function ttftMs({arrivalNs, chunks}: LoggedRequest): number {
  const [first] = chunks;
  assert.ok(first !== undefined);
  return Number(first.sentNs - arrivalNs) / MS;
}

/** By the server’s own log: from the first to the last chunk with tokens, over the tokens after the first. */
export function tpotMs({chunks}: LoggedRequest): number {
  const generated = chunks.filter(({tokens}) => tokens > 0);
  const [first] = generated;
  const last = generated.at(-1);
  assert.ok(first !== undefined && last !== undefined);
  const tokens = generated.reduce((sum, chunk) => sum + chunk.tokens, 0);
  return Number(last.sentNs - first.sentNs) / MS / (tokens - first.tokens);
}

/** So many requests at so many at a time, each started when another has ended. */
export async function closedLoop(
  concurrency: number,
  requests: number,
  send: (i: number) => Promise<unknown>
) {
  let next = 0;
  const worker = async () => {
    while (next < requests) await send(next++);
  };
  await Promise.all(Array.from({length: concurrency}, worker));
}
