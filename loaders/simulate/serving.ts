import type {IncomingMessage, ServerResponse} from "node:http";
import type {AnswerPlan} from "./answer.js";
import {readJson, sendJson, sendText} from "./answer-json.js";
import type {Arrivals} from "./arrivals.js";
import {nowMs, nowNs, toNs} from "./clock.js";
import type {EngineOutput, TokenSource} from "./engine.js";
import {type EventSink, EventStream} from "./event-stream.js";
import {chatAnswer, type Generation, type OutputHandler, streamChat, streamCompletion} from "./generation.js";
import {type Fault, faultText, faultySink, plannedFault, refusedAnswer} from "./planned-faults.js";
import type {PrefixCache} from "./prefix-cache.js";
import {badRequest, invalidRequest, Refusal} from "./refusal.js";
import {type ChatRequest, chatRequest, completionRequest} from "./request-schemas.js";
import {hexId} from "./seeded-random.js";
import type {LoggedRequest, SimulatorLog} from "./simulator-log.js";
import type {SimulatorOptions} from "./simulator-options.js";
import {encode, renderChat, VOCAB_SIZE} from "./toy-tokenizer.js";
import type {Metrics} from "./vllm-counters.js";
import {chatResponse, completionResponse, errorBody, SSE_CONTENT_TYPE} from "./wire.js";

type Endpoint = "/v1/chat/completions" | "/v1/completions";

/** An answer that the model stops by itself has at least this many tokens … */
const SHORTEST_STOP = 64;

/** … and fewer than this many more. */
const STOP_RANGE = 448;

interface ServingContext {
  options: SimulatorOptions;
  model: string;
  arrivals: Arrivals;
  log: SimulatorLog;
  metrics: Metrics;
  cache: PrefixCache;
  source: TokenSource;
  random: () => number;
  restart: () => void;
}

/** One request being served. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  logged: LoggedRequest;
  arrivalMs: number;
  fault: Fault | null;
}

type Body = Pick<ChatRequest, "model" | "stream" | "stream_options" | "n" | "ignore_eos">;

/** The two endpoints that generate. */
export class Serving {
  readonly #context: ServingContext;
  /** Prompt tokens of the requests in flight: their share of the KV cache. */
  promptTokensHeld = 0;
  #served = 0;

  constructor(context: ServingContext) {
    this.#context = context;
  }

  async generate(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const {arrivals, log, random, options} = this.#context;
    const arrivalMs = arrivals.arrivalMs(request.socket);
    const header = request.headers["x-request-id"];
    const logged = log.open(
      typeof header === "string" ? header : hexId(random, 32),
      endpoint,
      toNs(arrivalMs)
    );
    const number = this.#served++;
    try {
      const fault = askedFault(request) ?? plannedFault(options.faults, number);
      logged.fault = fault?.name ?? null;
      const exchange = {request, response, logged, arrivalMs, fault};
      if (endpoint === "/v1/chat/completions") await this.#chat(exchange, number);
      else await this.#complete(exchange, number);
    } catch (error) {
      if (error instanceof Refusal) {
        logged.status = error.status;
        log.finish(logged, "refused", nowNs());
      }
      throw error;
    }
  }

  async #chat(exchange: Exchange, number: number): Promise<void> {
    const body = await readJson(exchange.request, chatRequest);
    await this.#context.arrivals.waveEnded();
    if (this.#isOverByFault(exchange)) return;
    this.#check(body);
    const prompt = encode(renderChat(body.messages, true), false);
    const maxTokens = this.#maxTokens(prompt.length, body.max_completion_tokens ?? body.max_tokens);
    const thinks = body.chat_template_kwargs?.enable_thinking !== false;
    const plan = this.#plan(number, thinks ? this.#context.options.reasoningTokens : 0, toolNameOf(body));
    const generation = this.#generation(`chatcmpl-${exchange.logged.id}`, plan, prompt.length, body);
    if (body.stream === true) {
      this.#run(exchange, prompt, maxTokens, body, streamChat(generation, this.#openStream(exchange)));
    } else {
      this.#runWhole(exchange, prompt, maxTokens, body, (total, finish) =>
        chatResponse(generation.head, chatAnswer(plan, prompt.length, total, finish))
      );
    }
  }

  async #complete(exchange: Exchange, number: number): Promise<void> {
    const body = await readJson(exchange.request, completionRequest);
    await this.#context.arrivals.waveEnded();
    if (this.#isOverByFault(exchange)) return;
    this.#check(body);
    const [asked, ...others] = body.prompt;
    if (others.length > 0) throw badRequest("The simulator answers one prompt a request only.");
    const prompt = typeof asked === "string" ? encode(asked, body.add_special_tokens) : asked;
    checkVocabulary(prompt);
    const maxTokens = this.#maxTokens(prompt.length, body.max_tokens ?? 16);
    const plan = this.#plan(number, 0, null);
    const generation = this.#generation(`cmpl-${exchange.logged.id}`, plan, prompt.length, body);
    if (body.stream === true) {
      this.#run(exchange, prompt, maxTokens, body, streamCompletion(generation, this.#openStream(exchange)));
    } else {
      this.#runWhole(exchange, prompt, maxTokens, body, (total, finish) => {
        const {content, usage} = chatAnswer(plan, prompt.length, total, finish);
        return completionResponse(generation.head, content ?? "", finish, usage);
      });
    }
  }

  /** Carries out faults that leave no stream to distort. */
  #isOverByFault({fault, response, logged}: Exchange): boolean {
    if (fault === null) return false;
    const refused = refusedAnswer(fault);
    if (refused !== null) throw new Refusal(refused.status, refused.body, refused.headers);
    if (fault.name === "reset-before-stream") {
      this.#context.log.finish(logged, "fault", nowNs());
      response.socket?.resetAndDestroy();
      return true;
    }
    if (fault.name === "not-a-stream") {
      logged.status = 200;
      this.#context.log.finish(logged, "fault", nowNs());
      sendText(response, 200, "text/html", "<!doctype html><title>Sign in</title>");
      return true;
    }
    return false;
  }

  #openStream({response, logged, fault}: Exchange): EventSink {
    const {log, options, restart} = this.#context;
    const stream = new EventStream(response, logged, log, options.raw?.chunksPerWrite ?? 1);
    stream.open({"content-type": SSE_CONTENT_TYPE});
    return fault === null ? stream : faultySink(fault, stream, restart);
  }

  #plan(salt: number, reasoningTokens: number, toolName: string | null): AnswerPlan {
    return {salt, reasoningTokens, toolName, callId: `chatcmpl-tool-${hexId(this.#context.random, 16)}`};
  }

  #generation(id: string, plan: AnswerPlan, promptTokens: number, {stream_options}: Body): Generation {
    const includeUsage = stream_options != null && stream_options.include_usage !== false;
    return {
      head: {id, created: Math.floor(Date.now() / 1000), model: this.#context.model},
      plan,
      promptTokens,
      usage: {includeUsage, isContinuous: includeUsage && stream_options.continuous_usage_stats === true}
    };
  }

  #run(
    {response, logged, arrivalMs, fault}: Exchange,
    prompt: readonly number[],
    maxTokens: number,
    {ignore_eos}: Body,
    onOutput: OutputHandler
  ): void {
    if (fault?.name === "zero-tokens") {
      onOutput({tokens: 0, finishReason: "stop", dueMs: arrivalMs});
      return;
    }
    const {cache, metrics, source, random, log} = this.#context;
    const cached = cache.lookup(prompt);
    logged.promptTokens = prompt.length;
    logged.cachedTokens = cached;
    metrics.prefixCacheQueries += prompt.length;
    metrics.prefixCacheHits += cached;
    this.promptTokensHeld += prompt.length;
    let isFinished = false;
    const finish = (reason: "stop" | "length" | "abort") => {
      if (isFinished) return;
      isFinished = true;
      this.promptTokensHeld -= prompt.length;
      metrics.finish(reason);
    };
    let lastMs: number | null = null;
    const abort = source.submit({
      arrivalMs,
      uncachedTokens: prompt.length - cached,
      maxTokens,
      stopAfter: ignore_eos ? null : SHORTEST_STOP + Math.floor(random() * STOP_RANGE),
      isWritable: () => response.socket?.writableNeedDrain === false,
      onAdmitted: () => metrics.queueTime.observe((nowMs() - arrivalMs) / 1000),
      onOutput: (output: EngineOutput) => {
        onOutput(output);
        const now = nowMs();
        if (lastMs === null) {
          logged.firstDueNs = toNs(output.dueMs);
          cache.insert(prompt);
          metrics.promptTokens += prompt.length;
          metrics.timeToFirstToken.observe((now - arrivalMs) / 1000);
        } else {
          metrics.interTokenLatency.observe((now - lastMs) / 1000);
        }
        lastMs = now;
        metrics.generationTokens += output.tokens;
        if (output.finishReason === null) return;
        logged.lastDueNs = toNs(output.dueMs);
        metrics.e2eLatency.observe((now - arrivalMs) / 1000);
        finish(output.finishReason);
      }
    });
    response.on("close", () => {
      abort();
      finish("abort");
      log.finish(logged, "aborted", nowNs());
    });
  }

  #runWhole(
    exchange: Exchange,
    prompt: readonly number[],
    maxTokens: number,
    body: Body,
    bodyOf: (total: number, finish: "stop" | "length") => unknown
  ): void {
    const {logged, response} = exchange;
    let total = 0;
    this.#run(exchange, prompt, maxTokens, body, ({tokens, finishReason}) => {
      total += tokens;
      if (finishReason === null) return;
      logged.status = 200;
      logged.chunks.push({kind: "content", tokens: total, sentNs: nowNs()});
      this.#context.log.finish(logged, "complete", nowNs());
      sendJson(response, 200, bodyOf(total, finishReason));
    });
  }

  #check({model, stream, stream_options, n}: Body): void {
    checkModel(model, this.#context.model);
    if (stream_options != null && stream !== true) {
      throw invalidRequest("Stream options can only be defined when `stream=True`.", "stream_options");
    }
    if (n != null && n !== 1) throw badRequest("The simulator answers with n = 1 only.");
  }

  #maxTokens(promptTokens: number, asked: number | null | undefined): number {
    const {maxModelLen} = this.#context.options;
    if (promptTokens >= maxModelLen) {
      throw badRequest(
        `This model's maximum context length is ${maxModelLen} tokens. However, your request has ${promptTokens} input tokens. Please reduce the length of the input messages.`
      );
    }
    if (asked == null) return maxModelLen - promptTokens;
    if (asked < 1) throw badRequest(`max_tokens must be at least 1, got ${asked}.`);
    if (asked + promptTokens > maxModelLen) {
      throw badRequest(
        `'max_tokens' or 'max_completion_tokens' is too large: ${asked}. This model's maximum context length is ${maxModelLen} tokens and your request has ${promptTokens} input tokens (${asked} > ${maxModelLen} - ${promptTokens}).`
      );
    }
    return asked;
  }
}

export function checkModel(asked: string | null | undefined, served: string): void {
  if (asked == null || asked === served) return;
  throw new Refusal(404, errorBody(`The model \`${asked}\` does not exist.`, "NotFoundError", 404, "model"));
}

function askedFault({headers}: IncomingMessage): Fault | null {
  const header = headers["x-simulate-fault"];
  if (typeof header !== "string") return null;
  const parsed = faultText.safeParse(header);
  if (!parsed.success) throw badRequest(parsed.error.issues[0]?.message ?? "unknown fault");
  return parsed.data;
}

/** Refuses ids without an embedding in the model, as vLLM does. */
export function checkVocabulary(ids: readonly number[]): void {
  const outside = ids.find((id) => id >= VOCAB_SIZE);
  if (outside !== undefined) throw badRequest(`Token id ${outside} is out of vocabulary`);
}

function toolNameOf({tools, tool_choice}: ChatRequest): string | null {
  if (tool_choice === "none" || tools == null || tools.length === 0) return null;
  if (typeof tool_choice === "object" && tool_choice !== null) return tool_choice.function.name;
  return tools[0]?.function.name ?? null;
}
