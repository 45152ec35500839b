import type {RunRecord} from "../formats/run.js";

/**
 * What a run records of its workload, by the names of a series card's settings; null where its file does not say.
 * How many prompts a run that was cut short had is not known; of one that a duration ended it is no setting.
 */
export function recordedSettings({
  tool,
  settings,
  complete
}: RunRecord): Record<string, string | number | null> {
  const {endpoint, dataset, num_prompts, duration_s} = settings;
  return {
    client: tool.name,
    endpoint,
    dataset: dataset?.name ?? null,
    input_len: dataset?.input_len ?? null,
    output_len: dataset?.output_len ?? null,
    ...(complete && duration_s === null && {num_prompts})
  };
}
