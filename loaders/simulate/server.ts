import {createServer, type IncomingMessage, type Server, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import type {z} from "zod";
import type {AnswerPlan} from "./answer.js";
import {nowMs, nowNs} from "./clock.js";
import {Engine} from "./engine.js";
import {EventStream} from "./event-stream.js";
import {chatAnswer, type Generation, streamChat, streamCompletion} from "./generation.js";
import {type LoggedRequest, SimulatorLog} from "./log.js";
import {Metrics, renderMetrics} from "./metrics.js";
import {type SimulatorInput, type SimulatorOptions, simulatorOptions} from "./options.js";
import {BLOCK_SIZE, PrefixCache} from "./prefix-cache.js";
import {presets} from "./presets.js";
import {hexId, seededRandom} from "./random.js";
import {
  type ChatRequest,
  type CompletionRequest,
  chatRequest,
  completionRequest,
  detokenizeRequest,
  tokenizeRequest
} from "./requests.js";
import {timingOf} from "./timing.js";
import {decode, encode, renderChat, tokenString, VOCAB_SIZE} from "./tokenizer.js";
import {chatResponse, completionResponse, errorBody, SSE_CONTENT_TYPE} from "./wire.js";

export interface Simulator {
  url: string;
  log: SimulatorLog;
  close(): Promise<void>;
}

export const VERSION = "0.15.1+benchbook.simulator";

const NUM_GPU_BLOCKS = 32_768;

/** An answer with an error status. */
class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
  }
}

function badRequest(message: string, type = "BadRequestError", param: string | null = null): Refusal {
  return new Refusal(400, errorBody(message, type, 400, param));
}

class SimulatedServer {
  readonly #options: SimulatorOptions;
  readonly #model: string;
  readonly #log: SimulatorLog;
  readonly #random: () => number;
  readonly #metrics: Metrics;
  readonly #cache = new PrefixCache(NUM_GPU_BLOCKS);
  readonly #engine: Engine;
  readonly #createdS = Date.now() / 1000;
  #served = 0;
  #heldTokens = 0;

  constructor(options: SimulatorOptions, log: SimulatorLog) {
    const preset = presets[options.preset];
    this.#options = options;
    this.#log = log;
    this.#model = options.model ?? preset.model;
    this.#random = seededRandom(options.seed);
    this.#metrics = new Metrics(preset.speculation?.draftTokens ?? 0);
    this.#engine = new Engine({
      timing: timingOf(preset, options.speed),
      speculation: preset.speculation,
      maxNumSeqs: options.maxNumSeqs,
      random: this.#random,
      observer: {
        onDraft: (draftTokens, accepted) => this.#metrics.draft(draftTokens, accepted),
        onStep: (tokens) => {
          this.#metrics.generationTokens += tokens;
        }
      }
    });
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivalNs = nowNs();
    const arrivalMs = nowMs();
    response.setHeader("server", "benchbook-simulator");
    response.setHeader("x-benchbook-simulated", "true");
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    try {
      this.#authorize(request, path);
      await this.#route(`${request.method} ${path}`, request, response, arrivalNs, arrivalMs);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendJson(response, error.status, error.body);
    }
  }

  #authorize(request: IncomingMessage, path: string): void {
    const {apiKey} = this.#options;
    if (apiKey === null || !path.startsWith("/v1")) return;
    if (request.headers.authorization !== `Bearer ${apiKey}`) throw new Refusal(401, {error: "Unauthorized"});
  }

  async #route(
    target: string,
    request: IncomingMessage,
    response: ServerResponse,
    arrivalNs: bigint,
    arrivalMs: number
  ): Promise<void> {
    switch (target) {
      case "POST /v1/chat/completions":
      case "POST /v1/completions":
        return this.#generate(target.slice("POST ".length), request, response, arrivalNs, arrivalMs);
      case "GET /v1/models":
        return sendJson(response, 200, this.#models());
      case "GET /version":
        return sendJson(response, 200, {version: VERSION});
      case "GET /health":
        response.writeHead(200, {"content-length": "0"}).end();
        return;
      case "GET /metrics":
        response.writeHead(200, {"content-type": "text/plain; version=0.0.4; charset=utf-8"});
        response.end(this.#metricsText());
        return;
      case "POST /tokenize":
        return sendJson(response, 200, this.#tokenize(await readJson(request, tokenizeRequest)));
      case "POST /detokenize":
        return sendJson(response, 200, {
          prompt: this.#detokenize(await readJson(request, detokenizeRequest))
        });
      case "POST /reset_prefix_cache":
        if (!this.#options.devMode) break;
        this.#cache.reset();
        response.writeHead(200, {"content-length": "0"}).end();
        return;
      case "GET /server_info":
        if (!this.#options.devMode) break;
        return sendJson(response, 200, this.#serverInfo());
    }
    throw new Refusal(404, {detail: "Not Found"});
  }

  async #generate(
    endpoint: string,
    request: IncomingMessage,
    response: ServerResponse,
    arrivalNs: bigint,
    arrivalMs: number
  ): Promise<void> {
    const header = request.headers["x-request-id"];
    const id = typeof header === "string" ? header : hexId(this.#random, 32);
    const logged = this.#log.open(id, endpoint, arrivalNs);
    try {
      if (endpoint === "/v1/chat/completions") {
        this.#chat(await readJson(request, chatRequest), logged, response, arrivalMs);
      } else {
        this.#complete(await readJson(request, completionRequest), logged, response, arrivalMs);
      }
    } catch (error) {
      if (error instanceof Refusal) {
        logged.status = error.status;
        this.#log.finish(logged, "refused", nowNs());
      }
      throw error;
    }
  }

  #chat(body: ChatRequest, logged: LoggedRequest, response: ServerResponse, arrivalMs: number): void {
    this.#checkModel(body.model);
    this.#checkCommon(body);
    const prompt = encode(renderChat(body.messages, true), false);
    const maxTokens = this.#maxTokens(prompt.length, body.max_completion_tokens ?? body.max_tokens);
    const thinks = body.chat_template_kwargs?.enable_thinking !== false;
    const plan = this.#plan(thinks ? this.#options.reasoningTokens : 0, toolNameOf(body));
    const generation = this.#generation(`chatcmpl-${logged.id}`, plan, prompt.length, body);
    if (body.stream === true) {
      const stream = this.#openStream(response, logged);
      this.#run(
        prompt,
        maxTokens,
        body.ignore_eos,
        logged,
        response,
        arrivalMs,
        streamChat(generation, stream)
      );
      return;
    }
    this.#runWhole(prompt, maxTokens, body.ignore_eos, logged, response, arrivalMs, (total, finish) =>
      chatResponse(generation.head, chatAnswer(plan, prompt.length, total, finish))
    );
  }

  #complete(
    body: CompletionRequest,
    logged: LoggedRequest,
    response: ServerResponse,
    arrivalMs: number
  ): void {
    this.#checkModel(body.model);
    this.#checkCommon(body);
    const prompt =
      typeof body.prompt === "string" ? encode(body.prompt, body.add_special_tokens) : body.prompt;
    const maxTokens = this.#maxTokens(prompt.length, body.max_tokens ?? 16);
    const plan = this.#plan(0, null);
    const generation = this.#generation(`cmpl-${logged.id}`, plan, prompt.length, body);
    if (body.stream === true) {
      const stream = this.#openStream(response, logged);
      this.#run(
        prompt,
        maxTokens,
        body.ignore_eos,
        logged,
        response,
        arrivalMs,
        streamCompletion(generation, stream)
      );
      return;
    }
    this.#runWhole(prompt, maxTokens, body.ignore_eos, logged, response, arrivalMs, (total, finish) => {
      const answer = chatAnswer(plan, prompt.length, total, finish);
      return completionResponse(generation.head, answer.content ?? "", finish, answer.usage);
    });
  }

  #openStream(response: ServerResponse, logged: LoggedRequest): EventStream {
    const stream = new EventStream(response, logged, this.#log);
    stream.open({"content-type": SSE_CONTENT_TYPE});
    return stream;
  }

  #plan(reasoningTokens: number, toolName: string | null): AnswerPlan {
    return {
      salt: this.#served++,
      reasoningTokens,
      toolName,
      callId: `chatcmpl-tool-${hexId(this.#random, 32)}`
    };
  }

  #generation(
    id: string,
    plan: AnswerPlan,
    promptTokens: number,
    {stream_options}: Pick<ChatRequest, "stream_options">
  ): Generation {
    const includeUsage = stream_options?.include_usage ?? stream_options != null;
    return {
      head: {id, created: Math.floor(Date.now() / 1000), model: this.#model},
      plan,
      promptTokens,
      usage: {includeUsage, isContinuous: includeUsage && stream_options?.continuous_usage_stats === true}
    };
  }

  #run(
    prompt: readonly number[],
    maxTokens: number,
    ignoreEos: boolean,
    logged: LoggedRequest,
    response: ServerResponse,
    arrivalMs: number,
    onOutput: Parameters<Engine["submit"]>[0]["onOutput"]
  ): void {
    const cached = this.#cache.lookup(prompt);
    const metrics = this.#metrics;
    logged.promptTokens = prompt.length;
    logged.cachedTokens = cached;
    metrics.prefixCacheQueries += prompt.length;
    metrics.prefixCacheHits += cached;
    this.#heldTokens += prompt.length;
    const release = () => {
      this.#heldTokens -= prompt.length;
    };
    let isFirst = true;
    let lastMs = arrivalMs;
    const abort = this.#engine.submit({
      arrivalMs,
      uncachedTokens: prompt.length - cached,
      maxTokens,
      stopAfter: ignoreEos ? null : 64 + Math.floor(this.#random() * 448),
      onOutput: (output) => {
        const now = nowMs();
        if (isFirst) {
          this.#cache.insert(prompt);
          metrics.promptTokens += prompt.length;
          metrics.timeToFirstToken.observe((now - arrivalMs) / 1000);
        } else {
          metrics.interTokenLatency.observe((now - lastMs) / 1000);
        }
        isFirst = false;
        lastMs = now;
        onOutput(output);
        if (output.finishReason === null) return;
        metrics.finish(output.finishReason);
        metrics.e2eLatency.observe((now - arrivalMs) / 1000);
        release();
      }
    });
    response.on("close", () => {
      if (logged.ending !== null) return;
      abort();
      release();
      metrics.finish("abort");
      this.#log.finish(logged, "aborted", nowNs());
    });
  }

  #runWhole(
    prompt: readonly number[],
    maxTokens: number,
    ignoreEos: boolean,
    logged: LoggedRequest,
    response: ServerResponse,
    arrivalMs: number,
    bodyOf: (total: number, finish: "stop" | "length") => unknown
  ): void {
    let total = 0;
    this.#run(prompt, maxTokens, ignoreEos, logged, response, arrivalMs, ({tokens, finishReason}) => {
      total += tokens;
      if (finishReason === null) return;
      logged.status = 200;
      logged.chunks.push({kind: "content", tokens: total, sentNs: nowNs()});
      this.#log.finish(logged, "complete", nowNs());
      sendJson(response, 200, bodyOf(total, finishReason));
    });
  }

  #checkModel(model: string | null | undefined): void {
    if (model == null || model === this.#model) return;
    throw new Refusal(
      404,
      errorBody(`The model \`${model}\` does not exist.`, "NotFoundError", 404, "model")
    );
  }

  #checkCommon({stream, stream_options, n}: Pick<ChatRequest, "stream" | "stream_options" | "n">): void {
    if (stream_options != null && stream !== true) {
      throw badRequest(
        "Stream options can only be defined when `stream=True`.",
        "Bad Request",
        "stream_options"
      );
    }
    if (n != null && n !== 1) throw badRequest("The simulator answers with n = 1 only.");
  }

  #maxTokens(promptTokens: number, asked: number | null | undefined): number {
    const {maxModelLen} = this.#options;
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

  #models(): unknown {
    const created = Math.floor(Date.now() / 1000);
    return {
      object: "list",
      data: [
        {
          id: this.#model,
          object: "model",
          created,
          owned_by: "benchbook-simulator",
          root: presets[this.#options.preset].model,
          parent: null,
          max_model_len: this.#options.maxModelLen,
          permission: []
        }
      ]
    };
  }

  #metricsText(): string {
    return renderMetrics({
      metrics: this.#metrics,
      model: this.#model,
      isSpeculating: presets[this.#options.preset].speculation !== null,
      createdS: this.#createdS,
      gauges: {
        numRequestsRunning: this.#engine.numRunning,
        numRequestsWaiting: this.#engine.numWaiting,
        kvCacheUsage: Math.min(1, this.#heldTokens / (NUM_GPU_BLOCKS * BLOCK_SIZE))
      }
    });
  }

  #tokenize(body: z.infer<typeof tokenizeRequest>): unknown {
    this.#checkModel(body.model);
    const text = "prompt" in body ? body.prompt : renderChat(body.messages, body.add_generation_prompt);
    const tokens = encode(text, body.add_special_tokens);
    return {
      count: tokens.length,
      max_model_len: this.#options.maxModelLen,
      tokens,
      token_strs: body.return_token_strs === true ? tokens.map(tokenString) : null
    };
  }

  #detokenize({model, tokens}: z.infer<typeof detokenizeRequest>): string {
    this.#checkModel(model);
    const outside = tokens.find((token) => token >= VOCAB_SIZE);
    if (outside !== undefined) throw badRequest(`Token id ${outside} is out of vocabulary`);
    return decode(tokens);
  }

  #serverInfo(): unknown {
    const {preset, speed, seed, maxModelLen, maxNumSeqs, reasoningTokens} = this.#options;
    return {
      vllm_config: {
        simulator: {preset, speed, seed, vocab_size: VOCAB_SIZE},
        maxModelLen,
        maxNumSeqs,
        reasoningTokens
      },
      vllm_env: {VLLM_SERVER_DEV_MODE: "1"}
    };
  }
}

function toolNameOf({tools, tool_choice}: ChatRequest): string | null {
  if (tool_choice === "none" || tools == null || tools.length === 0) return null;
  if (typeof tool_choice === "object" && tool_choice !== null) return tool_choice.function.name;
  return tools[0]?.function.name ?? null;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(text))
  });
  response.end(text);
}

async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema
): Promise<z.output<Schema>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch (error) {
    throw badRequest(
      `[{'type': 'json_invalid', 'loc': ('body', 0), 'msg': 'JSON decode error', 'ctx': {'error': '${error instanceof Error ? error.message : ""}'}}]`,
      "Bad Request"
    );
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw badRequest(`${issue?.message ?? "Invalid request"} at ('body', '${field}')`, "Bad Request", field);
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("The server has no address."));
      else resolve(address);
    });
  });
}

/** Starts a server on a free port unless one is given. */
export async function startSimulator(input: SimulatorInput = {}): Promise<Simulator> {
  const options = simulatorOptions.parse(input);
  const log = new SimulatorLog(options.logFile);
  const simulated = new SimulatedServer(options, log);
  const server = createServer({keepAliveTimeout: 75_000}, (request, response) => {
    void simulated.handle(request, response);
  });
  const {address, port} = await listen(server, options.host, options.port);
  return {
    url: `http://${address}:${port}`,
    log,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await log.close();
    }
  };
}
