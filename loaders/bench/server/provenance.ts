// What the server says about itself before and after a run.

import {z} from "zod";
import type {FailureKind, Provenance, RequestRecord, SpecDecode} from "../../formats/run-record.js";
import type {HttpJson} from "./http-json.js";
import {growth, parsePrometheus, type Sample, wasReset} from "./prometheus.js";
import {redactDeep, withoutSecrets} from "./redact.js";

const Version = z.looseObject({version: z.string()});
const Models = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      root: z.string().nullish(),
      max_model_len: z.number().nullish(),
      owned_by: z.string().nullish()
    })
  )
});
type ModelCard = z.infer<typeof Models>["data"][number];

/** What does not change during a run. */
export interface ServerIdentity {
  version: string | null;
  models: ModelCard[];
  info: unknown;
  simulated: boolean;
}

/** The cards in an answer to GET /v1/models; `null` if it is something else. */
export function modelCards(body: unknown): ModelCard[] | null {
  return Models.safeParse(body).data?.data ?? null;
}

export async function identify(
  http: HttpJson,
  models: ModelCard[],
  redact: (text: string) => string
): Promise<ServerIdentity> {
  const [version, info] = await Promise.all([
    serverVersion(http),
    http("GET", "/server_info?config_format=json").catch(() => null)
  ]);
  return {
    version,
    models,
    info: info?.status === 200 ? withoutSecrets(redactDeep(info.body, redact)) : null,
    simulated: models.some((card) => /simulat/i.test(card.owned_by ?? ""))
  };
}

/** The version from GET /version; `null` if there is none. */
export async function serverVersion(http: HttpJson, signal?: AbortSignal): Promise<string | null> {
  const answer = await http("GET", "/version", undefined, signal).catch(() => null);
  return (answer?.status === 200 && Version.safeParse(answer.body).data?.version) || null;
}

/** The counters of GET /metrics; `null` if the server has none. */
export async function scrape(http: HttpJson, signal?: AbortSignal): Promise<Sample[] | null> {
  const answer = await http("GET", "/metrics", undefined, signal).catch(() => null);
  return answer?.status === 200 && typeof answer.body === "string" ? parsePrometheus(answer.body) : null;
}

/** How requests fail that the server never saw. */
const NEVER_ARRIVED: readonly FailureKind[] = ["refused", "unreachable", "dns", "tls"];

/** Whether the server may have counted the request: it answered with 200, or was cut off before it answered. */
export function mayHaveRun({http_status, failure}: RequestRecord): boolean {
  return http_status === null
    ? failure !== null && !NEVER_ARRIVED.includes(failure.kind)
    : http_status === 200;
}

/** Deltas over the run, from the scrapes before and after it; `null` if the server restarted in between. */
export function provenance(
  identity: ServerIdentity,
  before: Sample[] | null,
  after: Sample[] | null,
  requests: readonly RequestRecord[],
  rest: Pick<Provenance, "prefix_cache_reset" | "tokenizer" | "prompt_tokens_added">
): Provenance {
  const countersReset = before !== null && after !== null && wasReset(before, after);
  const isComparable = before !== null && after !== null && !countersReset;
  const grown = (name: string) => (isComparable ? growth(before, after, `vllm:${name}`) : null);
  const queries = grown("prefix_cache_queries");
  const hits = grown("prefix_cache_hits");
  const generated = grown("generation_tokens");
  return {
    server_version: identity.version,
    models: identity.models.map(({id, root, max_model_len}) => ({
      id,
      root: root ?? null,
      max_model_len: max_model_len ?? null
    })),
    server_info: identity.info,
    spec_decode: isComparable ? specDecode(before, after) : null,
    prefix_cache:
      queries === null || hits === null
        ? null
        : {query_tokens: queries, hit_tokens: hits, hit_rate: queries > 0 ? hits / queries : null},
    preemptions: grown("num_preemptions"),
    traffic:
      generated === null
        ? null
        : {
            server_generation_tokens: generated,
            client_generation_tokens: requests.reduce((sum, r) => sum + (r.completion_tokens ?? 0), 0),
            server_requests: grown("request_success"),
            client_requests: requests.filter(mayHaveRun).length
          },
    counters_reset: countersReset,
    simulated: identity.simulated,
    ...rest
  };
}

/** vLLM's three figures (serve.py:843-883); `null` if nothing was drafted. */
function specDecode(before: Sample[], after: Sample[]): SpecDecode | null {
  const grown = (name: string, labels = {}) => growth(before, after, `vllm:spec_decode_${name}`, labels);
  const drafts = grown("num_drafts");
  const draftTokens = grown("num_draft_tokens");
  const accepted = grown("num_accepted_tokens");
  if (drafts === null || draftTokens === null || accepted === null || draftTokens <= 0) return null;
  const positions = new Set(
    after
      .filter((s) => s.name.startsWith("vllm:spec_decode_num_accepted_tokens_per_pos"))
      .flatMap((s) => (s.labels.position === undefined ? [] : [Number(s.labels.position)]))
  );
  return {
    drafts,
    draft_tokens: draftTokens,
    accepted_tokens: accepted,
    acceptance_rate_percent: (100 * accepted) / draftTokens,
    acceptance_length: drafts > 0 ? 1 + accepted / drafts : null,
    acceptance_per_position: [...positions]
      .sort((a, b) => a - b)
      .map((k) => (grown("num_accepted_tokens_per_pos", {position: String(k)}) ?? 0) / Math.max(1, drafts))
  };
}
