// Request bodies exactly as vLLM's client sends them (endpoint_request_func.py, 0.15.1).

import type {BACKENDS} from "../../formats/run-record.js";

export interface Prompt {
  text: string;
  /** Tokens as vLLM's client counts them: those of the text, and in the datasets of files the special ones too. */
  inputTokens: number;
  outputTokens: number;
}

export type Backend = (typeof BACKENDS)[number];

export interface PayloadOptions {
  backend: Backend;
  model: string;
  ignoreEos: boolean;
  /** Merged last and shallowly, so it wins over every other key: sampling parameters, then --extra-body. */
  extraBody: Readonly<Record<string, unknown>>;
  /** Ask for token counts chunk by chunk; the payload is then no longer vLLM's. */
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
