// The command without its process: what a call does, given where to write and what to read.

import {Agent} from "undici";
import type {Run} from "../formats/run.js";
import {findModel, type Host, preflight} from "./host.js";
import {httpJson} from "./http.js";
import type {BenchOptions} from "./options.js";
import {ignoresEos, settingsOf} from "./plan.js";
import {type ProgressOutput, progressOn} from "./progress.js";
import {redacting, redactor} from "./redact.js";
import {prepareFolder, resultFolder} from "./result-folder.js";
import {runSweep, type SweepEnd} from "./sweep.js";
import {serverTokenizer, wordTokenizer} from "./tokenizer.js";
import {Transport} from "./transport.js";

export interface BenchEffects {
  stdout: {write(text: string): unknown};
  stderr: ProgressOutput;
  apiKey: string | undefined;
  signal: AbortSignal;
}

/**
 * Measures. Throws a UsageError when the results could not be written, a HostError when the server is not fit for
 * it before the first measured request.
 */
export async function bench(options: BenchOptions, effects: BenchEffects): Promise<SweepEnd> {
  const {apiKey, signal} = effects;
  await prepareFolder(resultFolder(options));
  const redact = redactor([apiKey ?? "", ...Object.values(options.header)]);
  const stderr = redacting(effects.stderr, redact);
  const stdout = redacting(effects.stdout, redact);
  const say = (line: string) => {
    if (!options.quiet) stderr.write(`${line}\n`);
  };
  const headers = {
    ...(apiKey ? {authorization: `Bearer ${apiKey}`} : {}),
    "content-type": "application/json",
    ...Object.fromEntries(Object.entries(options.header).map(([name, value]) => [name.toLowerCase(), value]))
  };
  const origin = new URL(options["base-url"]).origin;
  const transport = new Transport(origin, {insecure: options.insecure});
  const agent = new Agent({connect: {rejectUnauthorized: !options.insecure, timeout: 10_000}});
  try {
    const http = httpJson(agent, options["base-url"], headers);
    const wanted = {model: options.model ?? null, servedModelName: options["served-model-name"] ?? null};
    const found = await findModel(http, options["base-url"], wanted, redact);
    const settings = settingsOf(options);
    const base = {
      transport,
      http,
      headers,
      redact,
      ...found,
      backend: options.backend,
      path: new URL(options["base-url"]).pathname.replace(/\/$/, "") + options.endpoint,
      ignoreEos: ignoresEos(options),
      extraBody: settings.extra_body ?? {},
      continuousUsage: !options["no-continuous-usage"],
      timeouts: {
        firstTokenMs: options["first-token-timeout"] * 1000,
        chunkMs: options["chunk-timeout"] * 1000,
        requestMs: options["request-timeout"] * 1000
      }
    };
    const continuousUsage = await preflight({...base, tokenizer: wordTokenizer()});
    const tokenizer =
      (await serverTokenizer(http, found.model, {
        vocabSize: options["vocab-size"] ?? null,
        specialIds: options["special-ids"] ?? null
      })) ?? wordTokenizer();
    const host: Host = {...base, continuousUsage, tokenizer};
    say(
      `${found.model} on vLLM ${found.identity.version ?? "(version not told)"}, tokenizer: ${tokenizer.name}`
    );
    if (!continuousUsage && !options["no-continuous-usage"]) {
      say("The server does not count tokens chunk by chunk: tokens per chunk are recorded as unknown.");
    }
    return await runSweep(options, host, resultFolder(options), {
      signal,
      progress: progressOn(stderr, options.quiet || options["disable-tqdm"]),
      say,
      onRun: (run, path) => {
        stdout.write(`${summary(run)}  ${path}\n`);
        for (const {code, message} of run.warnings) say(`  ${code}: ${message}`);
      }
    });
  } catch (error) {
    if (error instanceof Error) {
      error.message = redact(error.message);
      error.stack = redact(error.stack ?? "");
    }
    throw error;
  } finally {
    await Promise.all([transport.close(), agent.destroy()]);
  }
}

/** One line a run. */
export function summary(run: Run): string {
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
