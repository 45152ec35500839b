// Computes the metrics of a run from its requests and events, with the SQL views beside this file.

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
import {messageOf} from "../../errors/message-of.js";
import {EVENT_KINDS, type EventColumns, TOKENS_UNKNOWN} from "../../formats/events.js";
import {type Metrics, type RequestRecord, type RunSettings, Semantics} from "../../formats/run-record.js";

/** The views, each after those that it reads. */
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

/** Always computed, in addition to those given with --metric-percentiles. */
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
  /** `null` if neither the server nor a tokenizer counted them. */
  output_tokens: number | null;
}

const MetricRow = z.object({semantics: Semantics, name: z.string(), value: z.number().nullable()});
const VllmRow = z.object({
  success: z.boolean(),
  ttft_ms: z.number(),
  itls_ms: z.array(z.number()),
  output_tokens: z.coerce.number().nullable()
});

interface Computed {
  metrics: Metrics;
  vllmRequests: VllmRequest[];
}

/** The metrics of a run or, if the views fail, only the reason, because the measurement must not be lost. */
export async function metricsOrReason(measured: Measured): Promise<Computed & {reason: string | null}> {
  try {
    return {...(await computeMetrics(measured)), reason: null};
  } catch (error) {
    const [reason = ""] = messageOf(error).split("\n");
    return {metrics: {}, vllmRequests: [], reason};
  }
}

/** All metrics under each semantics, and each request as vLLM 0.15.1 counts it, in request order. */
export async function computeMetrics(measured: Measured): Promise<Computed> {
  const instance = await DuckDBInstance.create(":memory:", {threads: "1"});
  const connection = await instance.connect();
  try {
    for (const view of VIEWS) {
      await connection.run(await readFile(new URL(`${view}.sql`, import.meta.url), "utf8"));
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
  await append(connection, "run", 1, [
    [VARCHAR, () => RUN_ID],
    [VARCHAR, () => settings.backend ?? ""],
    [DOUBLE, () => durationMs],
    [INTEGER, () => settings.max_concurrency],
    [DOUBLE, () => ttft],
    [DOUBLE, () => tpot],
    [DOUBLE, () => e2el]
  ]);
  const of = (value: (request: RequestRecord) => DuckDBValue) => (row: number) => {
    const request = requests[row];
    return request === undefined ? null : value(request);
  };
  await append(connection, "request", requests.length, [
    [VARCHAR, () => RUN_ID],
    [INTEGER, of((r) => r.index)],
    [DOUBLE, of((r) => r.scheduled_ms)],
    [DOUBLE, of((r) => r.start_ms)],
    [DOUBLE, of((r) => r.end_ms)],
    [INTEGER, of((r) => r.input_tokens)],
    [INTEGER, of((r) => r.prompt_tokens)],
    [INTEGER, of((r) => r.completion_tokens)],
    [INTEGER, of((r) => r.retokenized_tokens)],
    [INTEGER, of((r) => r.http_status)],
    [VARCHAR, of((r) => r.failure?.kind ?? null)]
  ]);
  await append(connection, "event", events.request.length, [
    [VARCHAR, () => RUN_ID],
    [BIGINT, (row) => BigInt(row)],
    [INTEGER, (row) => events.request[row] ?? null],
    [DOUBLE, (row) => (events.time_ns[row] ?? NaN) / 1e6],
    [VARCHAR, (row) => EVENT_KINDS[events.kind[row] ?? -1] ?? "other"],
    [INTEGER, (row) => (events.tokens[row] === TOKENS_UNKNOWN ? null : (events.tokens[row] ?? null))]
  ]);
  const percents = [...new Set([...PERCENTILES, ...settings.metric_percentiles])];
  const percentiles: [name: string, percent: number][] = [
    ["median", 50],
    ...percents.map((p): [string, number] => [`p${p}`, p])
  ];
  await append(connection, "percentile", percentiles.length, [
    [VARCHAR, (row) => percentiles[row]?.[0] ?? null],
    [DOUBLE, (row) => percentiles[row]?.[1] ?? null]
  ]);
}

const CHUNK_ROWS = 2048;

/** Fills a table in parts, so that millions of events are not in memory twice. */
async function append(
  connection: DuckDBConnection,
  table: string,
  rows: number,
  columns: readonly (readonly [type: DuckDBType, value: (row: number) => DuckDBValue])[]
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const length = Math.min(CHUNK_ROWS, rows - start);
    const chunk = DuckDBDataChunk.create(columns.map(([type]) => type));
    chunk.setColumns(columns.map(([, value]) => Array.from({length}, (_, k) => value(start + k))));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
