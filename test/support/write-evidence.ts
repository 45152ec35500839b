import {mkdirSync, mkdtempSync, realpathSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {madeHardware, madeModel, madeSeries} from "./made-evidence.js";

const sourced = {source: "paper", place: "table 1"};
const measured = (metric: string, unit: string) => ({
  role: "measured",
  series: "bf16",
  metric,
  printed: metric,
  unit,
  decimals: 0
});
const statement = (id: string, quantity: string, value: number, unit: string, decimals: number) => ({
  id,
  quantity,
  value,
  unit,
  decimals,
  quote: `${value} ${unit}`,
  ...sourced
});
const model = madeModel("llama", {hidden_size: 4096, num_hidden_layers: 32});
const [checkpoint] = model.checkpoints;

/** A little evidence of every kind, file by file. */
const files: Readonly<Record<string, unknown>> = {
  "sources.json": [
    {
      id: "paper",
      title: "A paper",
      kind: "paper",
      author: "Somebody",
      url: "https://example.org/paper",
      date: "2026-01-31",
      note: "made by hand"
    }
  ],
  "metrics.json": [
    {
      id: "system_throughput",
      name: "throughput",
      unit: "tok/s",
      definition: "tokens a second",
      source: "paper"
    },
    {id: "ttft_median", name: "TTFT", unit: "ms", definition: "to the first token", source: "paper"}
  ],
  "series/bf16.json": madeSeries("bf16", {kernel: "cutlass", date: "2026-01-30"}),
  "series/fp8.json": {...madeSeries("fp8", {kernel: "cutlass"}), lines: {kernel: 31}},
  "published/loads.json": {
    id: "loads",
    title: "Loads",
    ...sourced,
    columns: [measured("system_throughput", "tok/s"), measured("ttft_median", "ms")],
    rows: [
      {concurrency: 1, values: [68, 39]},
      {concurrency: 4, values: [187, 102]}
    ]
  },
  "published/comparison.json": {
    id: "comparison",
    title: "Comparison",
    ...sourced,
    columns: [{...measured("system_throughput", "tok/s"), role: "restated"}],
    rows: [{concurrency: 1, values: [68]}]
  },
  "statements.json": [
    statement("weights", "weights_per_gpu", 22, "GB", 0),
    statement("bandwidth", "memory_bandwidth", 1.28, "TB/s", 2),
    statement("ceiling", "throughput", 58, "tok/s", 0)
  ],
  "hardware/h100.json": madeHardware("h100", "H100", {bandwidth_gb_s: 3350, tdp_w: 700}),
  "models/llama.json": {
    ...model,
    checkpoints: [checkpoint, {...checkpoint, id: "llama-fp8", quantisation: "FP8"}]
  }
};

/** Writes that evidence, without whitespace, into a folder for a test to break. */
export function writeEvidence(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "benchbook-data-")));
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), JSON.stringify(value));
  }
  return folder;
}
