// What pages written by hand may call a figure, a table, an explorable: known without any evidence.

export const figureNames = [
  "throughput-awq-nvfp4",
  "lead",
  "lead-small",
  "scaling",
  "mtp-delta",
  "mtp-delta-small",
  "break-even",
  "step-time",
  "residual",
  "speedup-over-cost",
  "speedup-over-concurrency",
  "ttft",
  "ceiling",
  "ceiling-small",
  "ceiling-curve",
  "step-bytes",
  "bandwidth-share",
  "roofline",
  "step-fit"
] as const;

export const tableNames = [
  "lead",
  "difference",
  "budget",
  "per-request",
  "later",
  "later-verdicts",
  "mtp",
  "verification",
  "mtp-replies",
  "mtp-repaid",
  "ttft",
  "speculation-formulas",
  "ceiling",
  "ceiling-bandwidths",
  "ceiling-alarm",
  "ceiling-cards",
  "ceiling-components",
  "cards",
  "points",
  "glossary",
  "consistency",
  "printed-changes",
  "sources"
] as const;

/** Tables that the report makes besides those of the findings. */
export const reportTableNames = ["facts", "claims", "series-index", "compare-index"] as const;

export const explorableNames = ["speculation", "ceiling-calculator"] as const;
