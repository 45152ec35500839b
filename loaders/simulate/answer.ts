import {decode, generatedToken} from "./toy-tokenizer.js";
import type {ChatDelta} from "./wire.js";

/** What a simulated model says: reasoning, then a tool call or content. */
export interface AnswerPlan {
  salt: number;
  reasoningTokens: number;
  toolName: string | null;
  callId: string;
}

interface AnswerPart {
  delta: ChatDelta;
  tokens: number;
}

/** The text of tokens `from` to `to` (exclusive). */
export function answerText({salt}: AnswerPlan, from: number, to: number): string {
  return decode(Array.from({length: Math.max(0, to - from)}, (_, i) => generatedToken(salt, from + i)));
}

/**
 * The deltas of one engine output. The token after the reasoning is `</think>`, which makes no chunk of its own. The
 * last token of an answer that stops by itself is the end-of-text token, which is empty.
 */
export function answerParts(plan: AnswerPlan, from: number, to: number, isStopped: boolean): AnswerPart[] {
  const parts: AnswerPart[] = [];
  const reasoningEnd = Math.min(to, plan.reasoningTokens);
  if (from < reasoningEnd) {
    parts.push({
      delta: {kind: "reasoning", text: answerText(plan, from, reasoningEnd)},
      tokens: reasoningEnd - from
    });
  }
  const contentStart = plan.reasoningTokens === 0 ? 0 : plan.reasoningTokens + 1;
  const start = Math.max(from, contentStart);
  if (start >= to) return parts;
  const tokens = to - Math.max(from, plan.reasoningTokens);
  const text = answerText(plan, start, isStopped ? to - 1 : to);
  if (plan.toolName === null) {
    parts.push({delta: {kind: "content", text}, tokens});
  } else if (start === contentStart) {
    parts.push({delta: {kind: "tool_call_start", callId: plan.callId, name: plan.toolName}, tokens});
  } else {
    parts.push({
      delta: {kind: "tool_call_arguments", text: argumentsText(plan, contentStart, start, to, isStopped)},
      tokens
    });
  }
  return parts;
}

/** The arguments are one JSON object, so that a client can parse them at the end. */
function argumentsText(
  plan: AnswerPlan,
  contentStart: number,
  from: number,
  to: number,
  isStopped: boolean
): string {
  const opening = from === contentStart + 1 ? '{"text":"' : "";
  return `${opening}${answerText(plan, from, isStopped ? to - 1 : to)}${isStopped ? '"}' : ""}`;
}
