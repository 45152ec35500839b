// Says what a call will do, before it does it.

import type {BenchOptions} from "./bench-flags.js";
import {duration} from "./duration.js";
import {ASSUMED_TPOT_MS, ASSUMED_TTFT_MS, expectedSeconds} from "./expected-time.js";
import {type PlanSettings, pointsOf, settingsOf} from "./plan.js";
import {resultFolder} from "./result-folder.js";

/** The plan as `--dry-run` shows it. */
export function describePlan(options: BenchOptions): string {
  const settings = settingsOf(options);
  const {num_prompts: prompts, extra_body: body, goodput_ms: goodput} = settings;
  const points = pointsOf(options).length;
  const concurrencies = (options["max-concurrency"] ?? ["unlimited"]).join(", ");
  const limits = Object.entries(goodput ?? {}).map(([metric, ms]) => `${metric} up to ${ms} ms`);
  const lines: [name: string, text: string | null][] = [
    ["Server", `${options["base-url"]}${options.endpoint} (${options.backend})`],
    ["Model", options["served-model-name"] ?? options.model ?? null],
    ["Dataset", `${datasetText(settings)}, seed ${options.seed}`],
    ["Concurrency", `${concurrencies} · ${arrivalText(settings)} · ${options.repeats} repeats, interleaved`],
    [
      "Requests",
      `${points} points × ${options.duration === undefined && !options.resume ? "" : "at most "}${prompts} = ${points * prompts} (and ${points * options["num-warmups"]} to warm up)`
    ],
    [
      "Duration",
      options.duration === undefined ? null : `no request starts after ${options.duration} s of a point`
    ],
    ["Payload", body && Object.keys(body).length > 0 ? JSON.stringify(body) : null],
    ["Goodput", limits.length > 0 ? limits.join(", ") : null],
    [
      "Time",
      `about ${duration(expectedSeconds(options))} if TTFT is ${ASSUMED_TTFT_MS} ms and TPOT ${ASSUMED_TPOT_MS} ms`
    ],
    ["Results", `${resultFolder(options)}/`],
    ["Resume", options.resume ? "skips the points that this call has already finished there" : null]
  ];
  return lines.flatMap(([name, text]) => (text === null ? [] : [`${name.padEnd(13)}${text}`])).join("\n");
}

function datasetText({dataset}: PlanSettings): string {
  if (dataset === null) return "none";
  const {name, input_len, prefix_len, suffix_len, output_len, range_ratio} = dataset;
  const lengths = [input_len ?? suffix_len, output_len].map((n) => n ?? "as in the file");
  const prefix = prefix_len ? `${prefix_len} + ` : "";
  const spread = range_ratio ? ` (range ratio ${range_ratio})` : "";
  return `${name}, input ${prefix}${lengths[0]}, output ${lengths[1]} tokens${spread}`;
}

function arrivalText({request_rate: rate, ramp_up: ramp, burstiness}: PlanSettings): string {
  const shape = burstiness === 1 ? "" : `, burstiness ${burstiness}`;
  if (ramp) return `request rate ${ramp.strategy} from ${ramp.start_rps} to ${ramp.end_rps} per s${shape}`;
  return rate === "inf" ? "request rate inf" : `request rate ${rate} per s${shape}`;
}
