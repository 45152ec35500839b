import type {RunRecord} from "../formats/run.js";

/**
 * What a run records of its workload, by the names of a series card's settings; null where its file does not say.
 * How many prompts a run that was cut short had is not known.
 */
export function recordedSettings({
  tool,
  settings,
  complete
}: RunRecord): Record<string, string | number | null> {
  const {endpoint, dataset, num_prompts} = settings;
  return {
    client: tool.name,
    endpoint,
    dataset: dataset?.name ?? null,
    input_len: dataset?.input_len ?? null,
    output_len: dataset?.output_len ?? null,
    ...(complete && {num_prompts})
  };
}
