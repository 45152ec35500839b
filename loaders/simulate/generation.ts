import {type AnswerPlan, answerParts, answerText} from "./answer.js";
import type {EngineOutput} from "./engine.js";
import type {EventSink} from "./event-stream.js";
import {type ChatAnswer, chatWire, completionWire, DONE, type FinishReason, type StreamHead} from "./wire.js";

interface UsageOptions {
  includeUsage: boolean;
  isContinuous: boolean;
}

export interface Generation {
  head: StreamHead;
  plan: AnswerPlan;
  promptTokens: number;
  usage: UsageOptions;
}

/** Receives the engine’s outputs of one request in order. */
export type OutputHandler = (output: EngineOutput) => void;

function chatFinishReason(plan: AnswerPlan, reason: EngineOutput["finishReason"]): FinishReason | null {
  return reason === "stop" && plan.toolName !== null ? "tool_calls" : reason;
}

export function streamChat({head, plan, promptTokens, usage}: Generation, sink: EventSink): OutputHandler {
  const wire = chatWire(head);
  let completionTokens = 0;
  const usageNow = () => (usage.isContinuous ? {promptTokens, completionTokens} : null);
  return ({tokens, finishReason}) => {
    if (completionTokens === 0) sink.send({kind: "role", tokens: 0, text: wire.role(usageNow())});
    const from = completionTokens;
    completionTokens += tokens;
    const parts = answerParts(plan, from, completionTokens, finishReason === "stop");
    const reason = chatFinishReason(plan, finishReason);
    if (parts.length === 0 && reason !== null) parts.push({delta: {kind: "content", text: ""}, tokens: 0});
    for (const [index, {delta, tokens: partTokens}] of parts.entries()) {
      const kind = delta.kind === "content" || delta.kind === "reasoning" ? delta.kind : "tool_call";
      const isLast = index === parts.length - 1;
      sink.send({kind, tokens: partTokens, text: wire.delta(delta, isLast ? reason : null, usageNow())});
    }
    if (reason === null) return;
    if (usage.includeUsage) {
      sink.send({kind: "usage", tokens: 0, text: wire.usage({promptTokens, completionTokens})});
    }
    sink.send({kind: "done", tokens: 0, text: DONE});
    sink.end("complete");
  };
}

export function streamCompletion(
  {head, plan, promptTokens, usage}: Generation,
  sink: EventSink
): OutputHandler {
  const wire = completionWire(head);
  let completionTokens = 0;
  return ({tokens, finishReason}) => {
    const from = completionTokens;
    completionTokens += tokens;
    const text = answerText(plan, from, finishReason === "stop" ? completionTokens - 1 : completionTokens);
    const now = {promptTokens, completionTokens};
    sink.send({
      kind: "content",
      tokens,
      text: wire.text(text, finishReason, usage.isContinuous ? now : null)
    });
    if (finishReason === null) return;
    if (usage.includeUsage) sink.send({kind: "usage", tokens: 0, text: wire.usage(now)});
    sink.send({kind: "done", tokens: 0, text: DONE});
    sink.end("complete");
  };
}

/** The whole chat answer at once, for a request that does not stream. */
export function chatAnswer(
  plan: AnswerPlan,
  promptTokens: number,
  total: number,
  finish: "stop" | "length"
): ChatAnswer {
  const parts = answerParts(plan, 0, total, finish === "stop");
  const textOf = (kind: "content" | "reasoning") =>
    parts.find((part) => part.delta.kind === kind && "text" in part.delta)?.delta;
  const content = textOf("content");
  const reasoning = textOf("reasoning");
  return {
    content: content !== undefined && "text" in content ? content.text : null,
    reasoning: reasoning !== undefined && "text" in reasoning ? reasoning.text : null,
    toolCall:
      plan.toolName === null
        ? null
        : {
            callId: plan.callId,
            name: plan.toolName,
            arguments: JSON.stringify({text: answerText(plan, 0, total)})
          },
    finishReason: chatFinishReason(plan, finish) ?? finish,
    usage: {promptTokens, completionTokens: total}
  };
}
