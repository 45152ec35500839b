import {writeDay} from "../dates.js";
import type {Evidence} from "./schema.js";

/** Names and settings that pages and claims refer to: `label.fp8`, `card.fp8.kernel`, `metric.ttft_p99`, `source.vllm`. */
export function texts({series, metrics, sources, hardware}: Evidence): Record<string, string> {
  return Object.fromEntries([
    ...series.map(({id, label}) => [`label.${id}`, label]),
    ...series.flatMap(({id, settings}) =>
      Object.entries(settings)
        .filter(([, value]) => value !== null && typeof value !== "number")
        .map(([field, value]) => [
          `card.${id}.${field}`,
          field === "date" ? writeDay(new Date(String(value))) : String(value)
        ])
    ),
    ...hardware.flatMap(({id, label, link}) => [
      [`gpu.${id}`, label],
      [`gpu_link.${id}`, link.text]
    ]),
    ...metrics.map(({id, name}) => [`metric.${id}`, name]),
    ...sources.flatMap(({id, title, author}) => [
      [`source.${id}`, title],
      [`author.${id}`, author]
    ])
  ]);
}
