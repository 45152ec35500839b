import {z} from "zod";
import type {RunRecord} from "../formats/run-record.js";

/**
 * The settings of a series card that a run records; null if its file does not say. The number of prompts is unknown
 * if the run was cut short, and not a setting if a duration ended it.
 */
export function recordedSettings({
  tool,
  settings,
  provenance,
  complete
}: RunRecord): Record<string, string | number | boolean | null> {
  const {endpoint, dataset, num_prompts, duration_s, num_warmups, ignore_eos, seed} = settings;
  const {temperature, chat_template_kwargs} = Sampling.parse(settings.extra_body ?? {});
  return {
    client: tool.name,
    engine_version: engineVersion(provenance),
    endpoint,
    dataset: dataset?.name ?? null,
    input_len: dataset?.input_len ?? null,
    output_len: dataset?.output_len ?? null,
    ...(complete && duration_s === null && {num_prompts}),
    num_warmups,
    ignore_eos,
    temperature,
    enable_thinking: chat_template_kwargs.enable_thinking,
    seed
  };
}

/** The parts of a request body for which cards have fields. */
const Sampling = z.object({
  temperature: z.number().nullable().catch(null),
  chat_template_kwargs: z
    .object({enable_thinking: z.boolean().nullable().catch(null)})
    .catch({enable_thinking: null})
});

/** A release as cards write it, without a build's suffix (`0.15.1+cu129`). A simulator is not an engine. */
function engineVersion(provenance: RunRecord["provenance"]): string | null {
  const version = provenance?.simulated === false ? provenance.server_version : null;
  return /^(\d+(?:\.\w+)+)(?:\+|$)/.exec(version ?? "")?.[1] ?? null;
}
