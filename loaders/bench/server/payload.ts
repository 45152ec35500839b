// Request bodies exactly as vLLM's client sends them (endpoint_request_func.py, 0.15.1).

import type {BACKENDS} from "../../formats/run-record.js";

export interface Prompt {
  text: string;
  /** Tokens as vLLM's client counts them: the text's and, in datasets from files, the special ones. */
  inputTokens: number;
  outputTokens: number;
}

export type Backend = (typeof BACKENDS)[number];

export interface PayloadOptions {
  backend: Backend;
  model: string;
  ignoreEos: boolean;
  /** Sampling parameters, then --extra-body. Merged last and shallowly, so that it overrides every other key. */
  extraBody: Readonly<Record<string, unknown>>;
  /** Asks for token counts in each chunk; the payload then differs from vLLM's. */
  continuousUsage: boolean;
}

/** The JSON text of one request. */
export function payload(prompt: Prompt, options: PayloadOptions): string {
  const {backend, model, ignoreEos, extraBody, continuousUsage} = options;
  const usage = {include_usage: true, ...(continuousUsage ? {continuous_usage_stats: true} : {})};
  const eos = ignoreEos ? {ignore_eos: true} : {};
  if (backend === "openai-chat") {
    return JSON.stringify({
      model,
      messages: [{role: "user", content: [{type: "text", text: prompt.text}]}],
      max_completion_tokens: prompt.outputTokens,
      stream: true,
      stream_options: usage,
      ...eos,
      ...extraBody
    });
  }
  return JSON.stringify({
    model,
    prompt: prompt.text,
    repetition_penalty: 1,
    max_tokens: prompt.outputTokens,
    logprobs: null,
    stream: true,
    stream_options: usage,
    ...eos,
    ...extraBody
  });
}
