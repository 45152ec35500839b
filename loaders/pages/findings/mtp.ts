import {Change} from "../../../src/figures/change.js";
import {Throughput} from "../../../src/figures/throughput.js";
import {Ttft} from "../../../src/figures/ttft.js";
import {byConcurrency, bySeries, type Figure, small} from "../figure.js";
import {
  concurrencies,
  concurrencyRows,
  fact,
  interval,
  type Material,
  seriesLabel,
  seriesRows
} from "../material.js";
import type {TableModel} from "../table.js";

/** The figures and tables of “The break-even of MTP”. */
export function mtp(material: Material) {
  const awq = seriesLabel(material, "awq");
  const breakEven = fact(material, "break_even");

  const deltaTable: TableModel = {
    label: `System throughput of ${awq} with and without MTP by concurrency, and the change with its rounding interval`,
    columns: ["Concurrency", "Without MTP", "With MTP", "Change", "Rounding interval"],
    rows: concurrencies(material, "mtp_delta").map((c) => [
      {text: String(c)},
      {fact: `throughput.awq.c${c}`},
      {fact: `throughput.awq-mtp1.c${c}`},
      {fact: `mtp_delta.c${c}`},
      {interval: `mtp_delta.c${c}`}
    ])
  };

  const ttftTable: TableModel = {
    label: `Time to first token of ${awq} with and without MTP by concurrency`,
    columns: [
      "Concurrency",
      "Median without MTP",
      "Median with MTP",
      "Change",
      "Change, relative",
      "P99 without",
      "P99 with"
    ],
    rows: concurrencies(material, "ttft_change").map((c) => [
      {text: String(c)},
      {fact: `ttft.awq.c${c}`},
      {fact: `ttft.awq-mtp1.c${c}`},
      {fact: `ttft_change.c${c}`},
      {fact: `ttft_change_relative.c${c}`},
      {fact: `ttft_p99.awq.c${c}`},
      {fact: `ttft_p99.awq-mtp1.c${c}`}
    ])
  };

  const throughput: Figure = {
    draw: (options) => Throughput(seriesRows(material, "throughput", ["awq", "awq-mtp1"]), options),
    alt: `Line chart of system throughput by concurrency. ${bySeries(material, "throughput", ["awq", "awq-mtp1"])}`,
    table: deltaTable
  };

  const delta: Figure = {
    draw: (options) =>
      Change(concurrencyRows(material, "mtp_delta"), {
        ...options,
        label: "Change by MTP",
        crossing: interval(breakEven)
      }),
    alt: `Bar chart of the change of system throughput by MTP: ${byConcurrency(material, "mtp_delta")}. It passes zero at an interpolated concurrency of ${breakEven.text}.`,
    table: deltaTable
  };

  const ttft: Figure = {
    draw: (options) => Ttft(seriesRows(material, "ttft", ["awq", "awq-mtp1"]), options),
    alt: `Dot chart of the median time to first token by concurrency. ${bySeries(material, "ttft", ["awq", "awq-mtp1"])}`,
    table: ttftTable
  };

  return {
    explorables: {},
    figures: {"throughput-mtp": throughput, "mtp-delta": delta, "mtp-delta-small": small(delta), ttft},
    tables: {mtp: deltaTable, ttft: ttftTable}
  };
}
