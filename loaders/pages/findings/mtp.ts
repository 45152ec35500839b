import {drawStart, type SpeculationData} from "../../../src/components/explorables/speculation.js";
import {BreakEven, type MethodRow} from "../../../src/figures/break-even.js";
import {Change} from "../../../src/figures/change.js";
import {Residual, type ResidualRow} from "../../../src/figures/residual.js";
import {type StepRow, StepTime} from "../../../src/figures/step-time.js";
import {SurfaceOverConcurrency, SurfaceOverCost} from "../../../src/figures/surface.js";
import {Ttft} from "../../../src/figures/ttft.js";
import type {Explorable} from "../explorable.js";
import {byConcurrency, bySeries, type Figure, small} from "../figure.js";
import {
  concurrencies,
  concurrencyRows,
  fact,
  family,
  type Material,
  seriesLabel,
  seriesRows
} from "../material.js";
import type {Cell, TableModel} from "../table.js";

/** The figures, tables and explorable of “The break-even of MTP”. */
export function mtp(material: Material) {
  const tables = mtpTables(material);
  const figures = mtpFigures(material, tables);
  return {
    explorables: {speculation: speculation(material)},
    figures,
    tables: {
      mtp: tables.delta,
      verification: tables.verification,
      "mtp-replies": tables.replies,
      "mtp-repaid": tables.repaid,
      ttft: tables.ttft,
      "speculation-formulas": formulas
    }
  };
}

const quantities: Record<string, string> = {ratio: "ratio", log_ratio: "log ratio", tpot: "TPOT"};
const axes: Record<string, string> = {linear: "linear C", log2: "log C"};

/** Each method by which the break-even is interpolated, as the keys of its facts and in words. */
function methods(material: Material): {key: string; label: string}[] {
  return family(material, "break_even_run_error").map(({key: {quantity = "", axis = ""}}) => ({
    key: `${quantity}.${axis}`,
    label: `${quantities[quantity] ?? quantity}, ${axes[axis] ?? axis}`
  }));
}

function mtpTables(material: Material) {
  const awq = seriesLabel(material, "awq");
  const rows = (name: string, cells: (c: number) => Cell[]) =>
    concurrencies(material, name).map((c): Cell[] => [{text: String(c)}, ...cells(c)]);

  const delta: TableModel = {
    label: `System throughput of ${awq} with and without MTP by concurrency, and the change with its rounding interval`,
    columns: [
      "Concurrency",
      "Without MTP",
      "With MTP",
      "Change",
      "Rounding interval",
      "From the printed TPOT",
      "Error that could turn it"
    ],
    rows: rows("mtp_delta", (c) => [
      {fact: `throughput.awq.c${c}`},
      {fact: `throughput.awq-mtp1.c${c}`},
      {fact: `mtp_delta.c${c}`},
      {interval: `mtp_delta.c${c}`},
      {fact: `mtp_delta_tpot.c${c}`},
      {fact: `break_even_tolerance.c${c}`}
    ])
  };

  const breakEven: TableModel = {
    label:
      "Break-even concurrency by method, with the interval of rounding and that of the assumed run error",
    columns: [
      "Method",
      "From the printed TPOT",
      "Rounding interval",
      "From printed integers",
      "Rounding interval",
      "With the assumed run error"
    ],
    rows: methods(material).map(({key, label}) => [
      {text: label},
      {fact: `break_even_method.printed_tpot.${key}`},
      {interval: `break_even_method.printed_tpot.${key}`},
      {fact: `break_even_method.printed_throughput.${key}`},
      {interval: `break_even_method.printed_throughput.${key}`},
      {interval: `break_even_run_error.${key}`}
    ])
  };

  const steps: TableModel = {
    label: "The parts of a step with MTP by concurrency, if the stated acceptance rate held",
    columns: ["Concurrency", "Plain step", "Verification", "Residual", "Rounding interval", "Step with MTP"],
    rows: rows("mtp_step_time", (c) => [
      {fact: `tpot.awq.c${c}`},
      {fact: `verification_time.c${c}`},
      {fact: `residual_step_time.c${c}`},
      {interval: `residual_step_time.c${c}`},
      {fact: `mtp_step_time.c${c}`}
    ])
  };

  const verification: TableModel = {
    label: "The price of verification by concurrency, read off the rows without MTP",
    columns: [
      "Concurrency",
      "Verification, plain steps",
      "Rounding interval",
      "Weight bytes, uniform routing",
      "Speed-up if nothing else cost",
      "Speed-up measured"
    ],
    rows: rows("verification_price", (c) => [
      {fact: `verification_price.c${c}`},
      {interval: `verification_price.c${c}`},
      {fact: `verification_bytes.c${c}`},
      {fact: `verification_speedup.c${c}`},
      {fact: `mtp_speedup.c${c}`}
    ])
  };

  const assumed = [...new Set(family(material, "residual_assumed").map(({key}) => String(key.acceptance)))];
  const residual: TableModel = {
    label: "The residual of a step by concurrency, at several acceptance rates in the benchmark",
    columns: [
      "Concurrency",
      ...assumed.map((key) => `At ${key.slice(1)} %`),
      "As stated",
      "Zero at",
      "Draft layer",
      "Share of it as stated"
    ],
    rows: rows("residual_step_time", (c) => [
      ...assumed.map((key) => ({fact: `residual_assumed.${key}.c${c}`})),
      {fact: `residual_step_time.c${c}`},
      {fact: `acceptance_min.c${c}`},
      {fact: `residual_draft_time.c${c}`},
      {fact: `residual_draft_share.c${c}`}
    ])
  };

  const cost: TableModel = {
    label: "Speed-up by MTP and cost of its step by concurrency, if the stated acceptance rate held",
    columns: [
      "Concurrency",
      "Speed-up",
      "Rounding interval",
      "Cost of a step, plain steps",
      "Rounding interval"
    ],
    rows: rows("mtp_speedup", (c) => [
      {fact: `mtp_speedup.c${c}`},
      {interval: `mtp_speedup.c${c}`},
      {fact: `mtp_cost_ratio.rate.c${c}`},
      {interval: `mtp_cost_ratio.rate.c${c}`}
    ])
  };

  const acceptance: TableModel = {
    label: "Break-even acceptance by concurrency, if the stated acceptance rate held",
    columns: [
      "Concurrency",
      "Break-even acceptance",
      "Rounding interval",
      "Speed-up if all were accepted",
      "No acceptance breaks even if the benchmark’s was above"
    ],
    rows: rows("mtp_speedup", (c) => [
      {fact: `break_even_acceptance.rate.c${c}`},
      {interval: `break_even_acceptance.rate.c${c}`},
      {fact: `mtp_best_speedup.c${c}`},
      {fact: `acceptance_infeasible.c${c}`}
    ])
  };

  const replies: TableModel = {
    label: "The change by MTP once the time to first token is counted, for the published and a short reply",
    columns: [
      "Concurrency",
      "Decode only",
      "Published reply",
      "Rounding interval",
      "Short reply",
      "Rounding interval"
    ],
    rows: rows("mtp_delta_tpot", (c) => [
      {fact: `mtp_delta_tpot.c${c}`},
      {fact: `mtp_reply_change.published.c${c}`},
      {interval: `mtp_reply_change.published.c${c}`},
      {fact: `mtp_reply_change.short.c${c}`},
      {interval: `mtp_reply_change.short.c${c}`}
    ])
  };

  const repaid: TableModel = {
    label: "The time of one request with and without MTP, and the reply that repays the later first token",
    columns: ["Concurrency", "Request without MTP", "Request with MTP", "First token repaid after"],
    rows: rows("mtp_delta_tpot", (c) => [
      {fact: `mtp_reply_latency.awq.published.c${c}`},
      {fact: `mtp_reply_latency.awq-mtp1.published.c${c}`},
      {fact: `ttft_repaid_after.c${c}`}
    ])
  };

  const ttft: TableModel = {
    label: `Time to first token of ${awq} with and without MTP by concurrency, median and P99`,
    columns: [
      "Concurrency",
      "Median without",
      "Median with",
      "Change",
      "Relative",
      "P99 without",
      "P99 with",
      "Change",
      "Relative"
    ],
    rows: rows("ttft_change", (c) => [
      {fact: `ttft.awq.c${c}`},
      {fact: `ttft.awq-mtp1.c${c}`},
      {fact: `ttft_change.c${c}`},
      {fact: `ttft_change_relative.c${c}`},
      {fact: `ttft_p99.awq.c${c}`},
      {fact: `ttft_p99.awq-mtp1.c${c}`},
      {fact: `ttft_p99_change.c${c}`},
      {fact: `ttft_p99_change_relative.c${c}`}
    ])
  };

  return {delta, breakEven, steps, verification, residual, cost, acceptance, replies, repaid, ttft};
}

const formulas: TableModel = {
  label: "Formulas of the speed-up by speculative decoding",
  columns: ["Formula", "Speed-up", "What it takes for granted", "After"],
  rows: [
    [
      {text: "General"},
      {text: "(1 − aᵏ⁺¹) / (1 − a) / (k c + 1)"},
      {text: "Verifying k + 1 tokens takes as long as decoding one."},
      {link: "leviathan-2023"}
    ],
    [
      {text: "One draft token"},
      {text: "(1 + a) / (1 + c)"},
      {text: "The same, with k = 1."},
      {link: "leviathan-2023"}
    ],
    [
      {text: "Mixture of experts, in this report’s form"},
      {text: "(1 − aᵏ⁺¹) / (1 − a) / (v + k c); with k = 1 even at a = v + c − 1"},
      {text: "Nothing of verification: it takes v plain steps, because more tokens read more experts."},
      {link: "moe-spec"}
    ]
  ]
};

function mtpFigures(material: Material, tables: ReturnType<typeof mtpTables>) {
  const envelope = (side: "low" | "high") => fact(material, `break_even_envelope.rounding.${side}`);
  const tested = (side: string) => fact(material, `break_even_bracket.${side}`).value;
  const stated = fact(material, "stated_value.acceptance_rate");
  const acceptance = stated.value / 100;

  const delta: Figure = {
    draw: (options) =>
      Change(concurrencyRows(material, "mtp_delta"), {
        ...options,
        label: "Change by MTP",
        crossing: {
          value: fact(material, "break_even").value,
          low: envelope("low").value,
          high: envelope("high").value
        }
      }),
    alt: `Bar chart of the change of system throughput by MTP: ${byConcurrency(material, "mtp_delta")}. It passes zero at an interpolated concurrency between ${envelope("low").text} and ${envelope("high").text}.`,
    table: tables.delta
  };

  const methodRows = methods(material).map(({key, label}): MethodRow => {
    const {value, low, high} = fact(material, `break_even_method.printed_tpot.${key}`);
    const assumed = fact(material, `break_even_run_error.${key}`);
    return {label, value, low, high, assumedLow: assumed.low, assumedHigh: assumed.high};
  });
  const breakEven: Figure = {
    draw: (options) =>
      BreakEven(methodRows, {...options, tested: [tested("last_loss"), tested("first_gain")]}),
    alt: `Dot chart of the break-even concurrency by method: ${methods(material)
      .map(({key, label}) => `${label} ${fact(material, `break_even_method.printed_tpot.${key}`).text}`)
      .join("; ")}.`,
    table: tables.breakEven
  };

  const stepTime: Figure = {
    draw: (options) => StepTime(stepRows(material), options),
    alt: `Stacked bars of the time of a step with MTP by concurrency, if the stated acceptance of ${stated.text} held. In all ${byConcurrency(material, "mtp_step_time")}; the residual is ${byConcurrency(material, "residual_step_time")}.`,
    table: tables.steps
  };

  const residual: Figure = {
    draw: (options) => Residual(residualRows(material), {...options, stated: acceptance}),
    alt: `Line chart of the residual of a step against the acceptance rate in the benchmark. It is zero at ${byConcurrency(material, "acceptance_min")}. At the stated rate it is ${byConcurrency(material, "residual_step_time")}.`,
    table: tables.residual
  };

  const points = surfacePoints(material);
  const overCost: Figure = {
    draw: (options) => SurfaceOverCost(points, {...options, acceptance}),
    alt: `Contours of the speed-up over acceptance rate and cost of a step. The measured speed-ups are ${byConcurrency(material, "mtp_speedup")}.`,
    table: tables.cost
  };

  const overConcurrency: Figure = {
    draw: (options) => SurfaceOverConcurrency(points, {...options, acceptance}),
    alt: `Contours of the speed-up over concurrency and acceptance rate. The break-even acceptance is ${points
      .map(({concurrency}) => {
        const {text} = fact(material, `break_even_acceptance.rate.c${concurrency}`);
        return `${text} at concurrency ${concurrency}`;
      })
      .join(", ")}.`,
    table: tables.acceptance
  };

  const ttft: Figure = {
    draw: (options) => Ttft(seriesRows(material, "ttft", ["awq", "awq-mtp1"]), options),
    alt: `Dot chart of the median time to first token by concurrency. ${bySeries(material, "ttft", ["awq", "awq-mtp1"])}`,
    table: tables.ttft
  };

  return {
    "mtp-delta": delta,
    "mtp-delta-small": small(delta),
    "break-even": breakEven,
    "step-time": stepTime,
    residual,
    "speedup-over-cost": overCost,
    "speedup-over-concurrency": overConcurrency,
    ttft
  };
}

function stepRows(material: Material): StepRow[] {
  return concurrencies(material, "mtp_step_time").map((c) => ({
    concurrency: c,
    plain: fact(material, `tpot.awq.c${c}`).value,
    verification: material.facts.get(`verification_time.c${c}`)?.value ?? null,
    total: fact(material, `mtp_step_time.c${c}`).value
  }));
}

function residualRows(material: Material): ResidualRow[] {
  return concurrencies(material, "residual_step_time").map((c) => ({
    concurrency: c,
    atZero: fact(material, `residual_assumed.a0.c${c}`).value,
    atOne: fact(material, `residual_assumed.a100.c${c}`).value,
    zeroAt: fact(material, `acceptance_min.c${c}`).value
  }));
}

function surfacePoints(material: Material) {
  return concurrencies(material, "mtp_speedup").map((c) => ({
    concurrency: c,
    speedup: fact(material, `mtp_speedup.c${c}`).value,
    cost: fact(material, `mtp_cost_ratio.rate.c${c}`).value
  }));
}

function speculation(material: Material): Explorable {
  const data: SpeculationData = {
    acceptance: fact(material, "stated_value.acceptance_rate").value / 100,
    points: surfacePoints(material).map((point) => ({
      ...point,
      verification: material.facts.get(`verification_price.c${point.concurrency}`)?.value ?? null
    }))
  };
  return {data, draw: (element) => drawStart(element, data)};
}
