import {drawStart} from "../../../src/explorables/speculation.js";
import {schema} from "../../../src/explorables/speculation.schema.js";
import residual from "../../../src/figures/residual.js";
import stepTime from "../../../src/figures/step-time.js";
import overConcurrency from "../../../src/figures/surface-over-concurrency.js";
import overCost from "../../../src/figures/surface-over-cost.js";
import change from "../../charts/change.js";
import dots from "../../charts/dots.js";
import range from "../../charts/range.js";
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
import {type TableModel, tableByConcurrency} from "../table.js";

/** The figures, tables and explorable of “The break-even of MTP”. */
export function mtp(material: Material) {
  const delta = deltaFigure(material);
  const ttft = ttftFigure(material);
  return {
    explorables: {speculation: speculation(material)},
    figures: {
      "mtp-delta": delta,
      "mtp-delta-small": small(delta),
      "break-even": breakEvenFigure(material),
      "step-time": stepTimeFigure(material),
      residual: residualFigure(material),
      "speedup-over-cost": overCostFigure(material),
      "speedup-over-concurrency": overConcurrencyFigure(material),
      ttft
    },
    tables: {
      mtp: delta.table,
      verification: verificationTable(material),
      "mtp-replies": repliesTable(material),
      "mtp-repaid": repaidTable(material),
      ttft: ttft.table,
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

function deltaTable(material: Material): TableModel {
  return tableByConcurrency(
    `System throughput of ${seriesLabel(material, "awq")} with and without MTP by concurrency, and the change with its rounding interval`,
    concurrencies(material, "mtp_delta"),
    [
      ["Without MTP", {fact: "throughput.awq"}],
      ["With MTP", {fact: "throughput.awq-mtp1"}],
      ["Change", {fact: "mtp_delta"}],
      ["Rounding interval", {interval: "mtp_delta"}],
      ["From the printed TPOT", {fact: "mtp_delta_tpot"}],
      ["Error that could turn it", {fact: "break_even_tolerance"}]
    ]
  );
}

function breakEvenTable(material: Material): TableModel {
  return {
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
}

function stepsTable(material: Material): TableModel {
  return tableByConcurrency(
    "The parts of a step with MTP by concurrency, if the stated acceptance rate held",
    concurrencies(material, "mtp_step_time"),
    [
      ["Plain step", {fact: "tpot.awq"}],
      ["Verification", {fact: "verification_time"}],
      ["Residual", {fact: "residual_step_time"}],
      ["Rounding interval", {interval: "residual_step_time"}],
      ["Step with MTP", {fact: "mtp_step_time"}]
    ]
  );
}

function verificationTable(material: Material): TableModel {
  return tableByConcurrency(
    "The price of verification by concurrency, read off the rows without MTP",
    concurrencies(material, "verification_price"),
    [
      ["Verification, plain steps", {fact: "verification_price"}],
      ["Rounding interval", {interval: "verification_price"}],
      ["Weight bytes, uniform routing", {fact: "verification_bytes"}],
      ["Speed-up if nothing else cost", {fact: "verification_speedup"}],
      ["Speed-up measured", {fact: "mtp_speedup"}]
    ]
  );
}

function residualTable(material: Material): TableModel {
  const assumed = [...new Set(family(material, "residual_assumed").map(({key}) => String(key.acceptance)))];
  return tableByConcurrency(
    "The residual of a step by concurrency, at several acceptance rates in the benchmark",
    concurrencies(material, "residual_step_time"),
    [
      ...assumed.map((key) => [`At ${key.slice(1)} %`, {fact: `residual_assumed.${key}`}] as const),
      ["As stated", {fact: "residual_step_time"}],
      ["Zero at", {fact: "acceptance_min"}],
      ["Draft layer", {fact: "residual_draft_time"}],
      ["Share of it as stated", {fact: "residual_draft_share"}]
    ]
  );
}

function costTable(material: Material): TableModel {
  return tableByConcurrency(
    "Speed-up by MTP and cost of its step by concurrency, if the stated acceptance rate held",
    concurrencies(material, "mtp_speedup"),
    [
      ["Speed-up", {fact: "mtp_speedup"}],
      ["Rounding interval", {interval: "mtp_speedup"}],
      ["Cost of a step, plain steps", {fact: "mtp_cost_ratio.rate"}],
      ["Rounding interval", {interval: "mtp_cost_ratio.rate"}]
    ]
  );
}

function acceptanceTable(material: Material): TableModel {
  return tableByConcurrency(
    "Break-even acceptance by concurrency, if the stated acceptance rate held",
    concurrencies(material, "mtp_speedup"),
    [
      ["Break-even acceptance", {fact: "break_even_acceptance.rate"}],
      ["Rounding interval", {interval: "break_even_acceptance.rate"}],
      ["Speed-up if all were accepted", {fact: "mtp_best_speedup"}],
      ["No acceptance breaks even if the benchmark’s was above", {fact: "acceptance_infeasible"}]
    ]
  );
}

function repliesTable(material: Material): TableModel {
  return tableByConcurrency(
    "The change by MTP once the time to first token is counted, for the published and a short reply",
    concurrencies(material, "mtp_delta_tpot"),
    [
      ["Decode only", {fact: "mtp_delta_tpot"}],
      ["Published reply", {fact: "mtp_reply_change.published"}],
      ["Rounding interval", {interval: "mtp_reply_change.published"}],
      ["Short reply", {fact: "mtp_reply_change.short"}],
      ["Rounding interval", {interval: "mtp_reply_change.short"}]
    ]
  );
}

function repaidTable(material: Material): TableModel {
  return tableByConcurrency(
    "The time of one request with and without MTP, and the reply that repays the later first token",
    concurrencies(material, "mtp_delta_tpot"),
    [
      ["Request without MTP", {fact: "mtp_reply_latency.awq.published"}],
      ["Request with MTP", {fact: "mtp_reply_latency.awq-mtp1.published"}],
      ["First token repaid after", {fact: "ttft_repaid_after"}]
    ]
  );
}

function ttftTable(material: Material): TableModel {
  return tableByConcurrency(
    `Time to first token of ${seriesLabel(material, "awq")} with and without MTP by concurrency, median and P99`,
    concurrencies(material, "ttft_change"),
    [
      ["Median without", {fact: "ttft.awq"}],
      ["Median with", {fact: "ttft.awq-mtp1"}],
      ["Change", {fact: "ttft_change"}],
      ["Relative", {fact: "ttft_change_relative"}],
      ["P99 without", {fact: "ttft_p99.awq"}],
      ["P99 with", {fact: "ttft_p99.awq-mtp1"}],
      ["Change", {fact: "ttft_p99_change"}],
      ["Relative", {fact: "ttft_p99_change_relative"}]
    ]
  );
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

/** The acceptance rate that the source states, of 1. */
function statedAcceptance(material: Material): number {
  return fact(material, "stated_value.acceptance_rate").value / 100;
}

function deltaFigure(material: Material): Figure {
  const envelope = (side: "low" | "high") => fact(material, `break_even_envelope.rounding.${side}`);
  return {
    draw: (options) =>
      change.draw(concurrencyRows(material, "mtp_delta"), {
        ...options,
        label: "Change by MTP",
        crossing: {
          value: fact(material, "break_even").value,
          low: envelope("low").value,
          high: envelope("high").value
        }
      }),
    alt: `Bar chart of the change of system throughput by MTP: ${byConcurrency(material, "mtp_delta")}. It passes zero at an interpolated concurrency between ${envelope("low").text} and ${envelope("high").text}.`,
    table: deltaTable(material)
  };
}

function breakEvenFigure(material: Material): Figure {
  const tested = (side: string) => fact(material, `break_even_bracket.${side}`).value;
  const rows = methods(material).map(({key, label}) => {
    const {value, low, high} = fact(material, `break_even_method.printed_tpot.${key}`);
    const assumed = fact(material, `break_even_run_error.${key}`);
    return {label, value, low, high, outer_low: assumed.low, outer_high: assumed.high};
  });
  return {
    draw: (options) =>
      range.draw(rows, {
        ...options,
        label: "Concurrency",
        references: [tested("last_loss"), tested("first_gain")],
        series: "awq-mtp1"
      }),
    alt: `Dot chart of the break-even concurrency by method: ${methods(material)
      .map(({key, label}) => `${label} ${fact(material, `break_even_method.printed_tpot.${key}`).text}`)
      .join("; ")}.`,
    table: breakEvenTable(material)
  };
}

function stepTimeFigure(material: Material): Figure {
  return {
    draw: (options) => stepTime.draw(stepRows(material), options),
    alt: `Stacked bars of the time of a step with MTP by concurrency, if the stated acceptance of ${fact(material, "stated_value.acceptance_rate").text} held. In all ${byConcurrency(material, "mtp_step_time")}; the residual is ${byConcurrency(material, "residual_step_time")}.`,
    table: stepsTable(material)
  };
}

function residualFigure(material: Material): Figure {
  return {
    draw: (options) =>
      residual.draw(residualRows(material), {...options, stated: statedAcceptance(material)}),
    alt: `Line chart of the residual of a step against the acceptance rate in the benchmark. It is zero at ${byConcurrency(material, "acceptance_min")}. At the stated rate it is ${byConcurrency(material, "residual_step_time")}.`,
    table: residualTable(material)
  };
}

function overCostFigure(material: Material): Figure {
  const points = surfacePoints(material);
  return {
    draw: (options) => overCost.draw(points, {...options, acceptance: statedAcceptance(material)}),
    alt: `Contours of the speed-up over acceptance rate and cost of a step. The measured speed-ups are ${byConcurrency(material, "mtp_speedup")}.`,
    table: costTable(material)
  };
}

function overConcurrencyFigure(material: Material): Figure {
  const points = surfacePoints(material);
  return {
    draw: (options) => overConcurrency.draw(points, {...options, acceptance: statedAcceptance(material)}),
    alt: `Contours of the speed-up over concurrency and acceptance rate. The break-even acceptance is ${points
      .map(({concurrency}) => {
        const {text} = fact(material, `break_even_acceptance.rate.c${concurrency}`);
        return `${text} at concurrency ${concurrency}`;
      })
      .join(", ")}.`,
    table: acceptanceTable(material)
  };
}

function ttftFigure(material: Material): Figure {
  return {
    draw: (options) =>
      dots.draw(seriesRows(material, "ttft", ["awq", "awq-mtp1"]), {...options, label: "Median TTFT (ms)"}),
    alt: `Dot chart of the median time to first token by concurrency. ${bySeries(material, "ttft", ["awq", "awq-mtp1"])}`,
    table: ttftTable(material)
  };
}

function stepRows(material: Material) {
  return concurrencies(material, "mtp_step_time").map((c) => ({
    concurrency: c,
    plain: fact(material, `tpot.awq.c${c}`).value,
    verification: material.facts.get(`verification_time.c${c}`)?.value ?? null,
    total: fact(material, `mtp_step_time.c${c}`).value
  }));
}

function residualRows(material: Material) {
  return concurrencies(material, "residual_step_time").map((c) => ({
    concurrency: c,
    at_zero: fact(material, `residual_assumed.a0.c${c}`).value,
    at_one: fact(material, `residual_assumed.a100.c${c}`).value,
    zero_at: fact(material, `acceptance_min.c${c}`).value
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
  const data = schema.parse({
    acceptance: statedAcceptance(material),
    points: surfacePoints(material).map((point) => ({
      ...point,
      verification: material.facts.get(`verification_price.c${point.concurrency}`)?.value ?? null
    }))
  });
  return {data, draw: (element) => drawStart(element, data)};
}
