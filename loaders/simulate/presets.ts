// Deployments fitted to published rows. Source of every row: “GLM-4.7 AWQ Benchmark — vLLM 0.15.1, SM120
// (4× RTX PRO 6000 Blackwell)”, 2026-02-22, random dataset 512/256, 32 prompts, chat endpoint.

export type PresetName = "awq" | "awq-mtp1" | "nvfp4";

/** A row as printed; `null` is what the source does not state. */
export interface PublishedRow {
  concurrency: number;
  systemTokensPerS: number;
  tpotMs: number | null;
  ttftMs: number | null;
  ttftP99Ms: number | null;
}

export interface Speculation {
  draftTokens: number;
  acceptance: number;
}

export interface Preset {
  model: string;
  rows: readonly PublishedRow[];
  /** Rows whose TTFT stands in where the preset’s own source states none. */
  ttftRows: readonly PublishedRow[];
  speculation: Speculation | null;
  method: {inputTokens: number; outputTokens: number};
}

/** Prompts of 510 tokens, to which a tokenizer adds 2 special ones to make 512, and the 6 of this server’s chat template. */
const method = {inputTokens: 516, outputTokens: 256};

const awqRows: readonly PublishedRow[] = [
  {concurrency: 1, systemTokensPerS: 68, tpotMs: null, ttftMs: 41, ttftP99Ms: 54},
  {concurrency: 2, systemTokensPerS: 110, tpotMs: null, ttftMs: 72, ttftP99Ms: 95},
  {concurrency: 4, systemTokensPerS: 187, tpotMs: null, ttftMs: 102, ttftP99Ms: 107},
  {concurrency: 8, systemTokensPerS: 280, tpotMs: null, ttftMs: 115, ttftP99Ms: 162},
  {concurrency: 16, systemTokensPerS: 438, tpotMs: null, ttftMs: 155, ttftP99Ms: 163}
];

const mtpRows: readonly PublishedRow[] = [
  {concurrency: 1, systemTokensPerS: 57, tpotMs: 17.61, ttftMs: 50, ttftP99Ms: 67},
  {concurrency: 2, systemTokensPerS: 101, tpotMs: 19.83, ttftMs: 96, ttftP99Ms: 121},
  {concurrency: 4, systemTokensPerS: 170, tpotMs: 23.49, ttftMs: 113, ttftP99Ms: 135},
  {concurrency: 8, systemTokensPerS: 293, tpotMs: 27.3, ttftMs: 137, ttftP99Ms: 169},
  {concurrency: 16, systemTokensPerS: 448, tpotMs: 35.74, ttftMs: 178, ttftP99Ms: 258}
];

const nvfp4Rows: readonly PublishedRow[] = [
  {concurrency: 1, systemTokensPerS: 48, tpotMs: null, ttftMs: null, ttftP99Ms: null},
  {concurrency: 2, systemTokensPerS: 62, tpotMs: null, ttftMs: null, ttftP99Ms: null},
  {concurrency: 4, systemTokensPerS: 118, tpotMs: null, ttftMs: null, ttftP99Ms: null},
  {concurrency: 8, systemTokensPerS: 203, tpotMs: null, ttftMs: null, ttftP99Ms: null}
];

export const presets: Record<PresetName, Preset> = {
  awq: {model: "QuantTrio/GLM-4.7-AWQ", rows: awqRows, ttftRows: awqRows, speculation: null, method},
  "awq-mtp1": {
    model: "QuantTrio/GLM-4.7-AWQ",
    rows: mtpRows,
    ttftRows: mtpRows,
    speculation: {draftTokens: 1, acceptance: 0.763},
    method
  },
  // The source names neither the NVFP4 model file nor a TTFT: the AWQ rows stand in for the TTFT.
  nvfp4: {model: "GLM-4.7-NVFP4", rows: nvfp4Rows, ttftRows: awqRows, speculation: null, method}
};

/** The printed TPOT, or the one behind the printed system tok/s (= concurrency × 1000 / TPOT). */
export function tpotOf({tpotMs, concurrency, systemTokensPerS}: PublishedRow): number {
  return tpotMs ?? (concurrency * 1000) / systemTokensPerS;
}
