// What the tables in data/ print for a series, and the series as the simulator plays it.

import assert from "node:assert/strict";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {paths} from "../../loaders/paths.js";
import type {Deployment} from "../../loaders/simulate/deployment.js";
import {seriesDeployment} from "../../loaders/simulate/series-deployment.js";

const evidence = readEvidence(paths.data);

/** A row as printed; `null` means that no table states it. */
export interface PrintedRow {
  concurrency: number;
  systemTokensPerS: number | null;
  perRequestTokensPerS: number | null;
  tpotMs: number | null;
  ttftMs: number | null;
  ttftP99Ms: number | null;
}

/** The measured columns of a series, by concurrency, ascending. */
export function printedRows(series: string): PrintedRow[] {
  const printed = (concurrency: number, metric: string) =>
    evidence.tables.flatMap(({columns, rows}) =>
      columns.flatMap((column, i) => {
        const isAsked = column.role === "measured" && column.series === series && column.metric === metric;
        return isAsked ? (rows.find((row) => row.concurrency === concurrency)?.values[i] ?? []) : [];
      })
    )[0] ?? null;
  const concurrencies = evidence.tables
    .filter(({columns}) => columns.some((column) => column.role === "measured" && column.series === series))
    .flatMap(({rows}) => rows.map(({concurrency}) => concurrency));
  const rows = [...new Set(concurrencies)]
    .sort((a, b) => a - b)
    .map((concurrency) => ({
      concurrency,
      systemTokensPerS: printed(concurrency, "system_throughput"),
      perRequestTokensPerS: printed(concurrency, "per_request_throughput"),
      tpotMs: printed(concurrency, "tpot_median"),
      ttftMs: printed(concurrency, "ttft_median"),
      ttftP99Ms: printed(concurrency, "ttft_p99")
    }));
  assert.ok(rows.length > 0, `no table prints ${series}`);
  return rows;
}

/** A series in data/ to play, with the TTFT of another if it states none. */
export function playedSeries(series: string, ttftOf?: string): Deployment {
  return seriesDeployment({...evidence, results: []}, series, {ttftOf});
}
