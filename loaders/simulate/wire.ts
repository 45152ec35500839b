// The bytes of vLLM 0.15.1, with field order and nulls as pydantic writes them.

export type FinishReason = "stop" | "length" | "tool_calls";

interface Usage {
  promptTokens: number;
  completionTokens: number;
}

export interface StreamHead {
  id: string;
  created: number;
  model: string;
}

export type ChatDelta =
  | {kind: "content"; text: string}
  | {kind: "reasoning"; text: string}
  | {kind: "tool_call_start"; callId: string; name: string}
  | {kind: "tool_call_arguments"; text: string};

export const DONE = "data: [DONE]\n\n";

export const SSE_CONTENT_TYPE = "text/event-stream; charset=utf-8";

function event(json: string): string {
  return `data: ${json}\n\n`;
}

function usageJson({promptTokens, completionTokens}: Usage): string {
  return `{"prompt_tokens":${promptTokens},"total_tokens":${promptTokens + completionTokens},"completion_tokens":${completionTokens}}`;
}

function usageField(usage: Usage | null): string {
  return usage === null ? "" : `,"usage":${usageJson(usage)}`;
}

function headJson(object: string, {id, created, model}: StreamHead): string {
  return `{"id":${JSON.stringify(id)},"object":"${object}","created":${created},"model":${JSON.stringify(model)},"choices":`;
}

function deltaJson(delta: ChatDelta): string {
  switch (delta.kind) {
    case "content":
      return `{"content":${JSON.stringify(delta.text)},"reasoning_content":null}`;
    case "reasoning": {
      const text = JSON.stringify(delta.text);
      return `{"reasoning":${text},"reasoning_content":${text}}`;
    }
    case "tool_call_start":
      return `{"reasoning_content":null,"tool_calls":[{"id":${JSON.stringify(delta.callId)},"type":"function","index":0,"function":{"name":${JSON.stringify(delta.name)}}}]}`;
    case "tool_call_arguments":
      return `{"reasoning_content":null,"tool_calls":[{"index":0,"function":{"arguments":${JSON.stringify(delta.text)}}}]}`;
  }
}

function finishJson(finishReason: FinishReason | null): string {
  return finishReason === null ? "null" : `"${finishReason}","stop_reason":null`;
}

/** Writes the chunks of one chat stream. */
export function chatWire(head: StreamHead) {
  const start = headJson("chat.completion.chunk", head);
  return {
    role(usage: Usage | null): string {
      const choice = `{"index":0,"delta":{"role":"assistant","content":"","reasoning_content":null},"logprobs":null,"finish_reason":null}`;
      return event(`${start}[${choice}]${usageField(usage)},"prompt_token_ids":null}`);
    },
    delta(delta: ChatDelta, finishReason: FinishReason | null, usage: Usage | null): string {
      const choice = `{"index":0,"delta":${deltaJson(delta)},"logprobs":null,"finish_reason":${finishJson(finishReason)},"token_ids":null}`;
      return event(`${start}[${choice}]${usageField(usage)}}`);
    },
    usage(usage: Usage): string {
      return event(`${start}[]${usageField(usage)}}`);
    }
  };
}

/** Writes the chunks of one completion stream. */
export function completionWire(head: StreamHead) {
  const start = headJson("text_completion", head);
  return {
    text(text: string, finishReason: FinishReason | null, usage: Usage | null): string {
      const finish = finishReason === null ? "null" : `"${finishReason}"`;
      const choice = `{"index":0,"text":${JSON.stringify(text)},"logprobs":null,"finish_reason":${finish},"stop_reason":null,"prompt_token_ids":null,"token_ids":null}`;
      return event(`${start}[${choice}]${usageField(usage)}}`);
    },
    usage(usage: Usage): string {
      return event(`${start}[]${usageField(usage)}}`);
    }
  };
}

function fullUsage({promptTokens, completionTokens}: Usage) {
  return {
    prompt_tokens: promptTokens,
    total_tokens: promptTokens + completionTokens,
    completion_tokens: completionTokens,
    prompt_tokens_details: null
  };
}

export interface ChatAnswer {
  content: string | null;
  reasoning: string | null;
  toolCall: {callId: string; name: string; arguments: string} | null;
  finishReason: FinishReason;
  usage: Usage;
}

export function chatResponse(head: StreamHead, answer: ChatAnswer) {
  const toolCalls =
    answer.toolCall === null
      ? []
      : [
          {
            id: answer.toolCall.callId,
            type: "function",
            function: {name: answer.toolCall.name, arguments: answer.toolCall.arguments}
          }
        ];
  return {
    id: head.id,
    object: "chat.completion",
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: answer.content,
          refusal: null,
          annotations: null,
          audio: null,
          function_call: null,
          tool_calls: toolCalls,
          reasoning: answer.reasoning,
          reasoning_content: answer.reasoning
        },
        logprobs: null,
        finish_reason: answer.finishReason,
        stop_reason: null,
        token_ids: null
      }
    ],
    service_tier: null,
    system_fingerprint: null,
    usage: fullUsage(answer.usage),
    prompt_logprobs: null,
    prompt_token_ids: null,
    kv_transfer_params: null
  };
}

export function completionResponse(head: StreamHead, text: string, finishReason: FinishReason, usage: Usage) {
  return {
    id: head.id,
    object: "text_completion",
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0,
        text,
        logprobs: null,
        finish_reason: finishReason,
        stop_reason: null,
        token_ids: null,
        prompt_logprobs: null,
        prompt_token_ids: null
      }
    ],
    service_tier: null,
    system_fingerprint: null,
    usage: fullUsage(usage),
    kv_transfer_params: null
  };
}

interface ErrorBody {
  error: {message: string; type: string; param: string | null; code: number};
}

export function errorBody(
  message: string,
  type: string,
  code: number,
  param: string | null = null
): ErrorBody {
  return {error: {message, type, param, code}};
}

export function errorEvent(body: ErrorBody): string {
  return event(JSON.stringify(body));
}
