// Checks the server before the first measured request: whether it answers, and what it can do.

import type {FailureKind, RunSettings} from "../../formats/run-record.js";
import {type FlagNames, TYPED} from "../call/flag-names.js";
import {EventLog} from "../stream/event-log.js";
import {Abort, failureOf, isRedirect, redirectMessage, serverMessage} from "../stream/failure.js";
import {OpenRequest, type RequestResult, type Timeouts} from "../stream/open-request.js";
import type {Transport} from "../stream/transport.js";
import {HostError} from "./host-error.js";
import type {Tokenizer} from "./host-tokenizer.js";
import type {HttpJson} from "./http-json.js";
import {type Backend, type Prompt, payload} from "./payload.js";
import {identify, modelCards, type ServerIdentity, serverVersion} from "./provenance.js";

export interface Host {
  transport: Transport;
  http: HttpJson;
  /** Sent with every measured request. */
  headers: Readonly<Record<string, string>>;
  redact: (text: string) => string;
  identity: ServerIdentity;
  backend: Backend;
  path: string;
  /** The model's name in the payload, and its id for the record. */
  model: string;
  modelId: string;
  tokenizer: Tokenizer;
  /** Tokens that the server adds to each prompt; `null` if it does not say. */
  tokensAdded: number | null;
  ignoreEos: boolean;
  extraBody: NonNullable<RunSettings["extra_body"]>;
  continuousUsage: boolean;
  timeouts: Timeouts;
  names: FlagNames;
}

/** What to do if the server does not answer. */
function connectRemedy(kind: FailureKind, {of}: FlagNames): string {
  const url = of("base-url");
  switch (kind) {
    case "refused":
      return `Start the server or correct ${url}.`;
    case "dns":
      return `Correct the host in ${url}.`;
    case "unreachable":
      return `Check the network and ${url}.`;
    case "tls":
      return `Use http:// in ${url}, a valid certificate or ${of("insecure")}.`;
    case "reset":
      return `Check that ${url} speaks HTTP (or https://).`;
    case "timeout_request":
      return "See the server's log; restart it if it hangs.";
    default:
      return `Check ${url}.`;
  }
}

function redirectRemedy({of}: FlagNames): string {
  return `Use that address, without the endpoint, as ${of("base-url")}.`;
}

/**
 * The model to request, from GET /v1/models: the one named, or else the first card. As in vLLM, its `id` goes into the
 * payload and its `root` into the record.
 * @throws HostError
 */
export async function findModel(
  http: HttpJson,
  baseUrl: string,
  wanted: {model: string | null; servedModelName: string | null},
  redact: (text: string) => string,
  names = TYPED
): Promise<{model: string; modelId: string; identity: ServerIdentity}> {
  const answer = await http("GET", "/v1/models").catch((error: Error) => {
    const {kind, message} = failureOf(error);
    throw new HostError(`${baseUrl}: ${kind}: ${redact(message)}. ${connectRemedy(kind, names)}`);
  });
  const {status, body, location = null} = answer;
  if (isRedirect(status)) {
    throw new HostError(
      `${baseUrl}/v1/models: HTTP ${status}: ${redact(redirectMessage(location))}. ${redirectRemedy(names)}`
    );
  }
  if (status === 401 || status === 403) {
    throw new HostError(`${baseUrl}: HTTP ${status}: ${redact(serverMessage(body))}. Set OPENAI_API_KEY.`);
  }
  const cards = status === 200 ? modelCards(body) : null;
  if (cards === null && wanted.model === null) {
    throw new HostError(
      `${baseUrl}/v1/models: HTTP ${status} and no list of models. Check ${names.of("base-url")} or name a model with ${names.of("model")}.`
    );
  }
  const model = wanted.servedModelName ?? wanted.model ?? cards?.[0]?.id;
  if (model === undefined)
    throw new HostError(`${baseUrl} serves no model. Name one with ${names.of("model")}.`);
  const asked = cards?.find(({id}) => id === model);
  if (cards && !asked) {
    const served = cards.map((card) => card.id).join(", ");
    throw new HostError(
      `${baseUrl} does not serve the model ${model}, but ${served}. Name one of these with ${names.of("served-model-name")}.`
    );
  }
  const modelId = wanted.model ?? asked?.root ?? model;
  return {model, modelId, identity: await identify(http, cards ?? [], redact)};
}

/**
 * Asks for two tokens in the way of the run, with token counts for each chunk if the server accepts that. Resolves to
 * whether it counts each chunk. Throws a HostError with the server's own message.
 */
export async function preflight(host: Host): Promise<boolean> {
  const prompt: Prompt = {text: "Hello", inputTokens: 1, outputTokens: 2};
  if (host.continuousUsage) {
    const result = await send({...host, continuousUsage: true}, prompt);
    if (!REFUSALS.has(result.failure?.kind)) {
      stopOnFailure(host, result);
      // An answer without text cannot tell; the run will.
      return result.failure !== null || result.countedByChunk;
    }
  }
  stopOnFailure(host, await send({...host, continuousUsage: false}, prompt));
  return false;
}

/** How a server may refuse an unknown option. Any other failure would occur without the option too. */
const REFUSALS: ReadonlySet<FailureKind | undefined> = new Set(["http", "stream_error"]);

function stopOnFailure({path, names}: Host, {failure, status}: RequestResult): void {
  // Two tokens may decode to no text at all.
  if (failure === null || failure.kind === "no_content") return;
  const {kind, message, retry_after_s: wait} = failure;
  const usual = isRedirect(status) ? redirectRemedy(names) : answerRemedy(kind, names);
  const remedy = wait ? `Try again in ${wait} s.` : usual;
  throw new HostError(`POST ${path}: ${kind}: ${message}. ${remedy}`);
}

/** What to do if the server does not answer as it should. */
function answerRemedy(kind: FailureKind, {of}: FlagNames): string {
  switch (kind) {
    case "http":
      return `Correct the call: ${of("endpoint")}, ${of("model")} and ${of("extra-body")} must suit the server.`;
    case "rate_limited":
      return "Try again later.";
    case "unavailable":
      return "Wait until the server is ready.";
    case "not_a_stream":
      return `The endpoint must stream: check ${of("endpoint")} and ${of("extra-body")}.`;
    case "timeout_first_token":
      return `Raise ${of("first-token-timeout")}.`;
    default:
      return "See the server's log.";
  }
}

const NEVER = new AbortController().signal;

/** Sends one request outside any run. */
export async function send(host: Host, prompt: Prompt, signal = NEVER): Promise<RequestResult> {
  const request = new OpenRequest({
    transport: host.transport,
    path: host.path,
    headers: host.headers,
    body: payload(prompt, host),
    log: new EventLog(),
    index: 0,
    origin: performance.now(),
    timeouts: host.timeouts,
    redact: host.redact
  });
  const start = performance.now();
  const watchdog = setInterval(() => request.checkTimeouts(performance.now() - start), 100);
  const onAbort = () => request.abort(new Abort("stopped", "the run was stopped"));
  signal.addEventListener("abort", onAbort);
  const result = await request.result;
  signal.removeEventListener("abort", onAbort);
  clearInterval(watchdog);
  return result;
}

/** @throws HostError if the server's version has changed since the sweep began */
export async function checkVersion(
  {http, identity}: Host,
  baseUrl: string,
  signal: AbortSignal
): Promise<void> {
  const version = await serverVersion(http, signal);
  if (version === null || identity.version === null || version === identity.version) return;
  throw new HostError(
    `${baseUrl} is version ${version} now and was ${identity.version} when this sweep began. Run the command again, without --resume, to start a new sweep.`
  );
}

/** Whether the server accepts connections and answers at all. */
export async function answers(http: HttpJson): Promise<boolean> {
  return http("GET", "/v1/models").then(
    () => true,
    () => false
  );
}

/** Empties the prefix cache; false if the server does not offer that. */
export async function resetPrefixCache(http: HttpJson, signal?: AbortSignal): Promise<boolean> {
  const answer = await http("POST", "/reset_prefix_cache", undefined, signal).catch(() => null);
  return answer?.status === 200;
}
