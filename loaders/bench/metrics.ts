// The metrics of a run, computed by the SQL views in metrics/ over its requests and events.

import {readFile} from "node:fs/promises";
import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR
} from "@duckdb/node-api";
import {z} from "zod";
import {EVENT_KINDS, type EventColumns, TOKENS_UNKNOWN} from "../formats/events.js";
import {type Metrics, type RequestRecord, type RunSettings, Semantics} from "../formats/run.js";

/** The views, each after those it reads. */
const VIEWS = [
  "schema",
  "vllm_event",
  "vllm_stream",
  "vllm_request",
  "content_event",
  "benchbook_request",
  "outcome",
  "sample",
  "statistic",
  "throughput",
  "vllm_peak",
  "in_flight",
  "full_window",
  "steady_state",
  "mean_in_flight",
  "littles_law",
  "metric"
] as const;

/** Always computed, beside those asked for with --metric-percentiles. */
const PERCENTILES = [1, 5, 10, 25, 75, 90, 95, 99];

export interface Measured {
  settings: Pick<RunSettings, "backend" | "max_concurrency" | "goodput_ms" | "metric_percentiles">;
  durationMs: number;
  requests: readonly RequestRecord[];
  events: EventColumns;
}

/** A request as vLLM 0.15.1 counts it, times in ms. */
export interface VllmRequest {
  success: boolean;
  ttft_ms: number;
  itls_ms: number[];
  /** `null` where neither the server nor a tokenizer counted them. */
  output_tokens: number | null;
}

const MetricRow = z.object({semantics: Semantics, name: z.string(), value: z.number().nullable()});
const VllmRow = z.object({
  success: z.boolean(),
  ttft_ms: z.number(),
  itls_ms: z.array(z.number()),
  output_tokens: z.coerce.number().nullable()
});

export interface Computed {
  metrics: Metrics;
  vllmRequests: VllmRequest[];
}

/** What a run comes to; where the views fail nothing but the reason, so that what was measured is not lost. */
export async function metricsOrReason(measured: Measured): Promise<Computed & {reason: string | null}> {
  try {
    return {...(await computeMetrics(measured)), reason: null};
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return {metrics: {}, vllmRequests: [], reason};
  }
}

/** All metrics under each semantics, and each request as vLLM 0.15.1 sees it, in request order. */
export async function computeMetrics(measured: Measured): Promise<Computed> {
  const instance = await DuckDBInstance.create(":memory:", {threads: "1"});
  const connection = await instance.connect();
  try {
    for (const view of VIEWS) {
      await connection.run(await readFile(new URL(`metrics/${view}.sql`, import.meta.url), "utf8"));
    }
    await load(connection, measured);
    const metrics: Metrics = {};
    const rows = z
      .array(MetricRow)
      .parse(
        (
          await connection.runAndReadAll("SELECT semantics, name, value FROM metric ORDER BY ALL")
        ).getRowObjectsJS()
      );
    for (const {semantics, name, value} of rows) {
      metrics[semantics] = {...metrics[semantics], [name]: value};
    }
    const requests = await connection.runAndReadAll(
      "SELECT success, ttft_ms, itls_ms, output_tokens FROM vllm_request WHERE semantics = 'vllm-0.15.1' ORDER BY request"
    );
    return {metrics, vllmRequests: z.array(VllmRow).parse(requests.getRowObjectsJS())};
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const RUN_ID = "run";

async function load(connection: DuckDBConnection, {settings, durationMs, requests, events}: Measured) {
  const {ttft = null, tpot = null, e2el = null} = settings.goodput_ms;
  await append(
    connection,
    "run",
    [VARCHAR, VARCHAR, DOUBLE, INTEGER, DOUBLE, DOUBLE, DOUBLE],
    [[RUN_ID], [settings.backend ?? ""], [durationMs], [settings.max_concurrency], [ttft], [tpot], [e2el]]
  );
  await append(
    connection,
    "request",
    [VARCHAR, INTEGER, DOUBLE, DOUBLE, DOUBLE, INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, VARCHAR],
    [
      requests.map(() => RUN_ID),
      requests.map((r) => r.index),
      requests.map((r) => r.scheduled_ms),
      requests.map((r) => r.start_ms),
      requests.map((r) => r.end_ms),
      requests.map((r) => r.input_tokens),
      requests.map((r) => r.prompt_tokens),
      requests.map((r) => r.completion_tokens),
      requests.map((r) => r.retokenized_tokens),
      requests.map((r) => r.http_status),
      requests.map((r) => r.failure?.kind ?? null)
    ]
  );
  await append(
    connection,
    "event",
    [VARCHAR, BIGINT, INTEGER, DOUBLE, VARCHAR, INTEGER],
    [
      Array.from(events.request, () => RUN_ID),
      Array.from(events.request, (_, i) => BigInt(i)),
      Array.from(events.request),
      Array.from(events.time_ns, (ns) => ns / 1e6),
      Array.from(events.kind, (code) => EVENT_KINDS[code] ?? "other"),
      Array.from(events.tokens, (n) => (n === TOKENS_UNKNOWN ? null : n))
    ]
  );
  const percents = [...new Set([...PERCENTILES, ...settings.metric_percentiles])];
  await append(
    connection,
    "percentile",
    [VARCHAR, DOUBLE],
    [
      ["median", ...percents.map((p) => `p${p}`)],
      [50, ...percents]
    ]
  );
}

const CHUNK_ROWS = 2048;

async function append(
  connection: DuckDBConnection,
  table: string,
  types: readonly DuckDBType[],
  columns: readonly (readonly DuckDBValue[])[]
): Promise<void> {
  const appender = await connection.createAppender(table);
  const rows = columns[0]?.length ?? 0;
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setColumns(columns.map((column) => column.slice(start, start + CHUNK_ROWS)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
