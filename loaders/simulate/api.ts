import type {IncomingMessage, ServerResponse} from "node:http";
import type {z} from "zod";
import {readJson, sendEmpty, sendJson, sendText} from "./answer-json.js";
import type {Arrivals} from "./arrivals.js";
import type {Clock} from "./clock.js";
import {Engine} from "./engine.js";
import {BLOCK_SIZE, PrefixCache} from "./prefix-cache.js";
import {RawPacer} from "./raw-pacer.js";
import {Refusal} from "./refusal.js";
import {detokenizeRequest, tokenizeRequest} from "./request-schemas.js";
import {hexId, seededRandom} from "./seeded-random.js";
import {checkModel, checkVocabulary, Serving} from "./serving.js";
import type {SimulatorLog} from "./simulator-log.js";
import type {SimulatorOptions} from "./simulator-options.js";
import {timingOf} from "./timing.js";
import {decode, encode, renderChat, SPECIAL_IDS, tokenString, VOCAB_SIZE} from "./toy-tokenizer.js";
import {Metrics, renderMetrics} from "./vllm-counters.js";
import {errorBody} from "./wire.js";

const VERSION = "0.15.1+benchbook.simulator";

const NUM_GPU_BLOCKS = 32_768;

const METHODS = {
  "/v1/chat/completions": "POST",
  "/v1/completions": "POST",
  "/v1/models": "GET",
  "/version": "GET",
  "/health": "GET",
  "/load": "GET",
  "/metrics": "GET",
  "/tokenize": "POST",
  "/detokenize": "POST",
  "/tokenizer_info": "GET",
  "/reset_prefix_cache": "POST",
  "/server_info": "GET"
} as const;
type Path = keyof typeof METHODS;

function isPath(text: string): text is Path {
  return Object.hasOwn(METHODS, text);
}

/** The endpoints of one server process, whose counters and cache begin empty. */
export class Api {
  readonly #options: SimulatorOptions;
  readonly #model: string;
  readonly #metrics: Metrics;
  readonly #cache = new PrefixCache(NUM_GPU_BLOCKS);
  readonly #source: Engine | RawPacer;
  readonly #serving: Serving;
  /** A generator for everything that is not part of an answer, so that its draws change no answer. */
  readonly #random: () => number;
  readonly #createdS = Date.now() / 1000;

  constructor(
    options: SimulatorOptions,
    clock: Clock,
    arrivals: Arrivals,
    log: SimulatorLog,
    restart: () => void
  ) {
    const {deployment} = options;
    const random = seededRandom(options.seed);
    this.#random = seededRandom(options.seed);
    const metrics = new Metrics(deployment.speculation?.draftTokens ?? 0);
    this.#options = options;
    this.#model = options.model ?? deployment.model;
    this.#metrics = metrics;
    this.#source =
      options.raw === null
        ? new Engine({
            clock,
            timing: timingOf(deployment, options.speed, options),
            speculation: deployment.speculation,
            maxNumSeqs: options.maxNumSeqs,
            random,
            onDraft: (draftTokens, accepted) => metrics.draft(draftTokens, accepted)
          })
        : new RawPacer(options.raw);
    this.#serving = new Serving({
      options,
      model: this.#model,
      arrivals,
      log,
      metrics,
      cache: this.#cache,
      source: this.#source,
      random,
      restart
    });
  }

  get model(): string {
    return this.#model;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("server", "benchbook-simulator");
    response.setHeader("x-benchbook-simulated", "true");
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    try {
      this.#authorize(request, path);
      await this.#route(request, response, path);
    } catch (error) {
      if (error instanceof Refusal) {
        sendJson(response, error.status, error.body, error.headers);
      } else if (response.headersSent || request.destroyed) {
        response.destroy();
      } else {
        sendJson(response, 500, errorBody(String(error), "InternalServerError", 500));
      }
    }
  }

  /** Checks the key. vLLM guards only what is under /v1. */
  #authorize({headers}: IncomingMessage, path: string): void {
    const {apiKey} = this.#options;
    if (apiKey === null || !path.startsWith("/v1")) return;
    if (headers.authorization !== `Bearer ${apiKey}`) throw new Refusal(401, {error: "Unauthorized"});
  }

  #isOpen(path: Path): boolean {
    const {devMode, enableTokenizerInfoEndpoint} = this.#options;
    if (path === "/tokenizer_info") return enableTokenizerInfoEndpoint;
    return devMode || (path !== "/reset_prefix_cache" && path !== "/server_info");
  }

  async #route(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (!isPath(path) || !this.#isOpen(path)) throw new Refusal(404, {detail: "Not Found"});
    const allow = METHODS[path];
    if (request.method !== allow) throw new Refusal(405, {detail: "Method Not Allowed"}, {allow});
    switch (path) {
      case "/v1/chat/completions":
      case "/v1/completions":
        return this.#serving.generate(path, request, response);
      case "/v1/models":
        return sendJson(response, 200, this.#models());
      case "/version":
        return sendJson(response, 200, {version: VERSION});
      case "/health":
        return sendEmpty(response);
      case "/load":
        return sendJson(response, 200, {server_load: this.#source.numRunning + this.#source.numWaiting});
      case "/metrics":
        return sendText(response, 200, "text/plain; version=0.0.4; charset=utf-8", this.#metricsText());
      case "/tokenize":
        return sendJson(response, 200, this.#tokenize(await readJson(request, tokenizeRequest)));
      case "/detokenize":
        return sendJson(response, 200, this.#detokenize(await readJson(request, detokenizeRequest)));
      case "/tokenizer_info":
        return sendJson(response, 200, tokenizerInfo());
      case "/reset_prefix_cache":
        this.#cache.reset();
        return sendEmpty(response);
      case "/server_info":
        return sendJson(response, 200, this.#serverInfo(isJsonAsked(request)));
    }
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
          root: this.#options.deployment.model,
          parent: null,
          max_model_len: this.#options.maxModelLen,
          permission: [modelPermission(hexId(this.#random, 32), created)]
        }
      ]
    };
  }

  #metricsText(): string {
    return renderMetrics({
      metrics: this.#metrics,
      model: this.#model,
      isSpeculating: this.#options.deployment.speculation !== null,
      createdS: this.#createdS,
      gauges: {
        numRequestsRunning: this.#source.numRunning,
        numRequestsWaiting: this.#source.numWaiting,
        kvCacheUsage: Math.min(1, this.#serving.promptTokensHeld / (NUM_GPU_BLOCKS * BLOCK_SIZE))
      }
    });
  }

  #tokenize(body: z.output<typeof tokenizeRequest>): unknown {
    checkModel(body.model, this.#model);
    const text = "prompt" in body ? body.prompt : renderChat(body.messages, body.add_generation_prompt);
    const tokens = encode(text, body.add_special_tokens);
    return {
      count: tokens.length,
      max_model_len: this.#options.maxModelLen,
      tokens,
      token_strs: body.return_token_strs === true ? tokens.map(tokenString) : null
    };
  }

  #detokenize({model, tokens}: z.output<typeof detokenizeRequest>): unknown {
    checkModel(model, this.#model);
    checkVocabulary(tokens);
    return {prompt: decode(tokens)};
  }

  /** The server's configuration, which vLLM gives as one text unless asked for JSON. */
  #serverInfo(isJson: boolean): unknown {
    const {deployment, speed, transportMs, batchMs, seed, maxModelLen, maxNumSeqs, reasoningTokens} =
      this.#options;
    const {model, name} = deployment;
    const config = {
      model_config: {model, max_model_len: maxModelLen, vocab_size: VOCAB_SIZE},
      scheduler_config: {max_num_seqs: maxNumSeqs},
      simulator: {
        series: name,
        speed,
        transport_ms: transportMs,
        batch_ms: batchMs,
        seed,
        reasoning_tokens: reasoningTokens
      }
    };
    return {
      vllm_config: isJson ? config : `model='${model}', max_seq_len=${maxModelLen}, seed=${seed}`,
      vllm_env: {VLLM_SERVER_DEV_MODE: "1"}
    };
  }
}

function isJsonAsked({url}: IncomingMessage): boolean {
  return new URLSearchParams((url ?? "").split("?")[1]).get("config_format") === "json";
}

function modelPermission(id: string, created: number): unknown {
  return {
    id: `modelperm-${id}`,
    object: "model_permission",
    created,
    allow_create_engine: false,
    allow_sampling: true,
    allow_logprobs: true,
    allow_search_indices: false,
    allow_view: true,
    allow_fine_tuning: false,
    organization: "*",
    group: null,
    is_blocking: false
  };
}

/** The tokenizer’s own configuration; vLLM turns its added tokens into their texts. */
function tokenizerInfo(): unknown {
  return {
    added_tokens_decoder: Object.fromEntries(SPECIAL_IDS.map((id) => [id, tokenString(id)])),
    tokenizer_class: "BenchbookSimulatorTokenizer"
  };
}
