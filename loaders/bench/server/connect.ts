// Connects to the server of a call: its connections, its model, its tokenizer.

import {Agent} from "undici";
import type {BenchOptions} from "../call/bench-flags.js";
import {ignoresEos, settingsOf} from "../call/plan.js";
import {Transport} from "../stream/transport.js";
import {findModel, type Host, preflight} from "./host.js";
import {serverTokenizer, wordTokenizer} from "./host-tokenizer.js";
import {httpJson} from "./http-json.js";
import type {Redact} from "./redact.js";
import {tokensAdded} from "./tokens-added.js";

export interface Connection {
  /** Rejects with a HostError if the server is not fit to be measured. */
  host: Promise<Host>;
  close(): Promise<void>;
}

interface ConnectEffects {
  apiKey: string | undefined;
  redact: Redact;
  say: (line: string) => void;
}

export function connect(options: BenchOptions, effects: ConnectEffects): Connection {
  const origin = new URL(options["base-url"]).origin;
  const transport = new Transport(origin, {insecure: options.insecure});
  const agent = new Agent({connect: {rejectUnauthorized: !options.insecure, timeout: 10_000}});
  return {
    host: hostOf(options, transport, agent, effects),
    close: async () => {
      await Promise.all([transport.close(), agent.destroy()]);
    }
  };
}

async function hostOf(
  options: BenchOptions,
  transport: Transport,
  agent: Agent,
  {apiKey, redact, say}: ConnectEffects
): Promise<Host> {
  const url = options["base-url"];
  const headers = {
    ...(apiKey ? {authorization: `Bearer ${apiKey}`} : {}),
    "content-type": "application/json",
    ...Object.fromEntries(Object.entries(options.header).map(([name, value]) => [name.toLowerCase(), value]))
  };
  const http = httpJson(agent, url, headers);
  const wanted = {model: options.model ?? null, servedModelName: options["served-model-name"] ?? null};
  const found = await findModel(http, url, wanted, redact, options.names);
  const base = {
    transport,
    http,
    headers,
    redact,
    ...found,
    names: options.names,
    backend: options.backend,
    path: new URL(url).pathname.replace(/\/$/, "") + options.endpoint,
    ignoreEos: ignoresEos(options),
    extraBody: settingsOf(options).extra_body ?? {},
    continuousUsage: !options["no-continuous-usage"],
    timeouts: {
      firstTokenMs: options["first-token-timeout"] * 1000,
      chunkMs: options["chunk-timeout"] * 1000,
      requestMs: options["request-timeout"] * 1000
    }
  };
  const continuousUsage = await preflight({...base, tokenizer: wordTokenizer(), tokensAdded: null});
  const tokenizer =
    (await serverTokenizer(
      http,
      found.model,
      {vocabSize: options["vocab-size"] ?? null, specialIds: options["special-ids"] ?? null},
      options.names
    )) ?? wordTokenizer();
  say(
    `${found.model} on vLLM ${found.identity.version ?? "(version unknown)"} at ${url}, tokenizer: ${tokenizer.name}`
  );
  if (!continuousUsage && !options["no-continuous-usage"]) {
    say("The server does not count tokens chunk by chunk: tokens per chunk are recorded as unknown.");
  }
  return {...base, continuousUsage, tokenizer, tokensAdded: await tokensAdded(http, tokenizer, base)};
}
