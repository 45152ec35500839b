import type {DuckDBValue} from "@duckdb/node-api";
import type {Result} from "../results/result.js";

/** What a run records of its workload, a row a field of series cards. How many prompts one that was cut short had is not known. */
export function runSettings({id, run}: Result): DuckDBValue[][] {
  const {tool, settings} = run;
  const recorded = {
    client: tool.name,
    endpoint: settings.endpoint,
    dataset: settings.dataset?.name ?? null,
    input_len: settings.dataset?.input_len ?? null,
    output_len: settings.dataset?.output_len ?? null,
    ...(run.complete && {num_prompts: settings.num_prompts})
  };
  return Object.entries(recorded).map(([field, value]) => [
    id,
    field,
    value === null ? null : String(value),
    typeof value === "number" ? value : null
  ]);
}
