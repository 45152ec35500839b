import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {z} from "zod";
import {paths} from "../../loaders/paths.js";

const looseCard = z.looseObject({settings: z.looseObject({})});

/** Settings that the result files of a series state themselves. */
const recorded = {
  client: null,
  endpoint: null,
  dataset: null,
  input_len: null,
  output_len: null,
  num_prompts: null
};
const linesOf = z.record(z.string(), z.number());

/** A copy of the evidence in its own folder. */
export class DataFolder {
  readonly path = join(mkdtempSync(join(tmpdir(), "results-")), "data");

  constructor() {
    cpSync(join(paths.root, "data"), this.path, {recursive: true});
    rmSync(join(this.path, "results"), {recursive: true, force: true});
  }

  write(name: string, content: unknown): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }

  /** The card of a published series under another id and role. */
  addSeries(id: string, role: string, more: Record<string, unknown> = {}, like = "awq"): void {
    const card = looseCard.parse(JSON.parse(readFileSync(join(this.path, "series", `${like}.json`), "utf8")));
    const place = `data/results/${id}`;
    this.write(`series/${id}.json`, {
      ...card,
      lines: Object.fromEntries(
        Object.entries(linesOf.parse(card.lines ?? {})).filter(([field]) => !Object.hasOwn(recorded, field))
      ),
      settings: {...card.settings, ...recorded},
      id,
      label: `Own ${id}`,
      role,
      source: role === "simulated" ? "simulation" : "report",
      place,
      ...more
    });
  }

  remove(): void {
    rmSync(dirname(this.path), {recursive: true, force: true});
  }
}

/** What `vllm bench serve --save-result` of 0.15.1 writes, with its keys. */
export function vllmResult(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    date: "20260203-202832",
    endpoint_type: "openai-chat",
    backend: "openai-chat",
    label: null,
    model_id: "Qwen/Qwen3-8B",
    tokenizer_id: "Qwen/Qwen3-8B",
    num_prompts: 3,
    request_rate: "inf",
    burstiness: 1,
    max_concurrency: 4,
    duration: 2,
    completed: 3,
    failed: 0,
    total_input_tokens: 30,
    total_output_tokens: 9,
    request_throughput: 1.5,
    request_goodput: null,
    output_throughput: 4.5,
    total_token_throughput: 19.5,
    max_output_tokens_per_s: 4,
    max_concurrent_requests: 3,
    mean_ttft_ms: 150,
    median_ttft_ms: 140,
    std_ttft_ms: 10,
    p99_ttft_ms: 199,
    mean_tpot_ms: 20,
    median_tpot_ms: 20,
    std_tpot_ms: 1,
    p99_tpot_ms: 22,
    mean_itl_ms: 19,
    median_itl_ms: 20,
    std_itl_ms: 1,
    p99_itl_ms: 30,
    ...more
  };
}

export const detailed = {
  input_lens: [10, 10, 10],
  output_lens: [3, 3, 3],
  ttfts: [0.1, 0.2, 0.3],
  itls: [
    [0.05, 0.05],
    [0.1, 0.1],
    [0.02, 0.02]
  ],
  start_times: [1000, 1000.5, 1001],
  generated_texts: ["a", "b", "c"],
  errors: ["", "", ""]
};
