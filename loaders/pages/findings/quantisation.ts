import {Change} from "../../../src/figures/change.js";
import {Scaling} from "../../../src/figures/scaling.js";
import {Throughput} from "../../../src/figures/throughput.js";
import {byConcurrency, bySeries, type Figure, small} from "../figure.js";
import {verdictText} from "../html.js";
import {concurrencies, concurrencyRows, type Material, seriesLabel, seriesRows} from "../material.js";
import {settingCell, type TableModel} from "../table.js";

/** The figures and tables of “AWQ against NVFP4”. */
export function quantisation(material: Material) {
  const [awq, nvfp4] = [seriesLabel(material, "awq"), seriesLabel(material, "nvfp4")];

  const leadTable: TableModel = {
    label: `System throughput of ${awq} and ${nvfp4} by concurrency, and the lead of the first with its rounding interval`,
    columns: ["Concurrency", nvfp4, awq, "Lead", "Rounding interval"],
    rows: concurrencies(material, "throughput", {series: "awq"}).map((c) => [
      {text: String(c)},
      {fact: `throughput.nvfp4.c${c}`},
      {fact: `throughput.awq.c${c}`},
      {fact: `lead.c${c}`},
      {interval: `lead.c${c}`}
    ])
  };

  const differenceTable: TableModel = {
    label: `Fields in which the cards of ${awq} and ${nvfp4} differ or leave open whether they differ`,
    columns: ["Difference", "Field", awq, nvfp4],
    merged: 1,
    rows: material.differences.map(({field, text, baseline_text, kind}) => [
      {text: kind},
      {text: field},
      settingCell(material, "awq", field, text),
      settingCell(material, "nvfp4", field, baseline_text)
    ])
  };

  const throughput: Figure = {
    draw: (options) => Throughput(seriesRows(material, "throughput", ["awq", "nvfp4"]), options),
    alt: `Line chart of system throughput by concurrency. ${bySeries(material, "throughput", ["awq", "nvfp4"])}`,
    table: leadTable
  };

  const budgetTable: TableModel = {
    label: "Prompt tokens in flight against the two token budgets",
    columns: [
      "Concurrency",
      "Prompt tokens in flight",
      `Share of the budget of ${nvfp4}`,
      `Share of the budget of ${awq}`
    ],
    rows: concurrencies(material, "prompt_tokens").map((c) => [
      {text: String(c)},
      {fact: `prompt_tokens.c${c}`},
      {fact: `budget_use.nvfp4.c${c}`},
      {fact: `budget_use.awq.c${c}`}
    ])
  };

  const perRequestTable: TableModel = {
    label: "Throughput of one request by concurrency, and its change from the concurrency before",
    columns: ["Concurrency", awq, "Change", nvfp4, "Change"],
    rows: concurrencies(material, "per_request_implied", {series: "awq"}).map((c) => [
      {text: String(c)},
      {fact: `per_request_implied.awq.c${c}`},
      {fact: `per_request_step.awq.c${c}`},
      {fact: `per_request_implied.nvfp4.c${c}`},
      {fact: `per_request_step.nvfp4.c${c}`}
    ])
  };

  const laterTable: TableModel = {
    label: `The lead of ${awq} over ${nvfp4} as published, on the per-request column, and in the rerun`,
    columns: ["Concurrency", "As published", "Per-request column", "Interval", "Rerun", "Interval"],
    rows: concurrencies(material, "lead_rerun").map((c) => [
      {text: String(c)},
      {fact: `lead.c${c}`},
      {fact: `lead_per_request.c${c}`},
      {interval: `lead_per_request.c${c}`},
      {fact: `lead_rerun.c${c}`},
      {interval: `lead_rerun.c${c}`}
    ])
  };

  const laterVerdict = (measure: string, c: number) =>
    material.laterVerdicts.find((row) => row.measure === measure && row.concurrency === c)?.verdict ?? "—";
  /** The rerun measured another version of the engine: a lead that differs there has moved, not erred. */
  const rerunVerdict = (c: number) => {
    const verdict = laterVerdict("rerun", c);
    return verdict === "contradicted" ? "moved" : verdict;
  };
  const laterVerdictTable: TableModel = {
    label: "What later evidence makes of the printed leads",
    columns: [
      "Concurrency",
      "As printed",
      "On the published throughputs",
      "On the per-request column",
      "On the rerun"
    ],
    rows: concurrencies(material, "lead").map((c) => [
      {text: String(c)},
      {fact: `printed_change.awq.nvfp4.c${c}`},
      {text: verdictText(material.claims.find(({id}) => id === `lead_c${c}`)?.expected ?? "—")},
      {text: verdictText(laterVerdict("per_request", c))},
      {text: rerunVerdict(c)}
    ])
  };

  const scaling: Figure = {
    draw: (options) =>
      Scaling(
        ["awq", "nvfp4"].flatMap((id) => [
          {series: id, label: seriesLabel(material, id), concurrency: 1, value: 1, low: 1, high: 1},
          ...seriesRows(material, "scaling", [id])
        ]),
        options
      ),
    alt: `Line chart of throughput relative to a concurrency of one. ${bySeries(material, "scaling", ["awq", "nvfp4"])}`,
    table: {
      label: "Throughput relative to a concurrency of one",
      columns: ["Concurrency", awq, nvfp4],
      rows: concurrencies(material, "scaling", {series: "awq"}).map((c) => [
        {text: String(c)},
        {fact: `scaling.awq.c${c}`},
        {fact: `scaling.nvfp4.c${c}`}
      ])
    }
  };

  const lead: Figure = {
    draw: (options) =>
      Change(concurrencyRows(material, "lead"), {...options, label: `Lead of ${awq} over ${nvfp4}`}),
    alt: `Bar chart of the lead of ${awq} over ${nvfp4} in system throughput: ${byConcurrency(material, "lead")}.`,
    table: leadTable
  };

  return {
    figures: {"throughput-awq-nvfp4": throughput, lead, "lead-small": small(lead), scaling},
    tables: {
      lead: leadTable,
      difference: differenceTable,
      budget: budgetTable,
      "per-request": perRequestTable,
      later: laterTable,
      "later-verdicts": laterVerdictTable
    }
  };
}
