import change from "../../charts/change.js";
import lines from "../../charts/lines.js";
import {byConcurrency, bySeries, type Figure, small} from "../figure.js";
import {verdictText} from "../html.js";
import {concurrencies, concurrencyRows, type Material, seriesLabel, seriesRows} from "../material.js";
import {settingCell, type TableModel, tableByConcurrency} from "../table.js";

const SERIES = ["awq", "nvfp4"];

/** The figures and tables of “AWQ against NVFP4”. */
export function quantisation(material: Material) {
  const labels = {awq: seriesLabel(material, "awq"), nvfp4: seriesLabel(material, "nvfp4")};
  const table = leadTable(material, labels);
  const lead = leadFigure(material, labels, table);
  return {
    figures: {
      "throughput-awq-nvfp4": throughputFigure(material, table),
      lead,
      "lead-small": small(lead),
      scaling: scalingFigure(material, labels)
    },
    tables: {
      lead: table,
      difference: differenceTable(material, labels),
      budget: budgetTable(material, labels),
      "per-request": perRequestTable(material, labels),
      later: laterTable(material, labels),
      "later-verdicts": laterVerdictsTable(material)
    }
  };
}

/** What the two series are called. */
interface Labels {
  awq: string;
  nvfp4: string;
}

function leadTable(material: Material, {awq, nvfp4}: Labels): TableModel {
  return tableByConcurrency(
    `System throughput of ${awq} and ${nvfp4} by concurrency, and the lead of the first with its rounding interval`,
    concurrencies(material, "throughput", {series: "awq"}),
    [
      [nvfp4, {fact: "throughput.nvfp4"}],
      [awq, {fact: "throughput.awq"}],
      ["Lead", {fact: "lead"}],
      ["Rounding interval", {interval: "lead"}]
    ]
  );
}

function throughputFigure(material: Material, table: TableModel): Figure {
  return {
    draw: (options) =>
      lines.draw(seriesRows(material, "throughput", SERIES), {
        ...options,
        label: "System throughput (tok/s)"
      }),
    alt: `Line chart of system throughput by concurrency. ${bySeries(material, "throughput", SERIES)}`,
    table
  };
}

function leadFigure(material: Material, {awq, nvfp4}: Labels, table: TableModel): Figure {
  return {
    draw: (options) =>
      change.draw(concurrencyRows(material, "lead"), {...options, label: `Lead of ${awq} over ${nvfp4}`}),
    alt: `Bar chart of the lead of ${awq} over ${nvfp4} in system throughput: ${byConcurrency(material, "lead")}.`,
    table
  };
}

function scalingFigure(material: Material, {awq, nvfp4}: Labels): Figure {
  return {
    draw: (options) =>
      lines.draw(
        SERIES.flatMap((id) => [
          {series: id, label: seriesLabel(material, id), concurrency: 1, value: 1, low: 1, high: 1},
          ...seriesRows(material, "scaling", [id])
        ]),
        {...options, label: "Times the throughput at one", log: true, diagonal: true}
      ),
    alt: `Line chart of throughput relative to a concurrency of one. ${bySeries(material, "scaling", SERIES)}`,
    table: tableByConcurrency(
      "Throughput relative to a concurrency of one",
      concurrencies(material, "scaling", {series: "awq"}),
      [
        [awq, {fact: "scaling.awq"}],
        [nvfp4, {fact: "scaling.nvfp4"}]
      ]
    )
  };
}

function differenceTable(material: Material, {awq, nvfp4}: Labels): TableModel {
  return {
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
}

function budgetTable(material: Material, {awq, nvfp4}: Labels): TableModel {
  return tableByConcurrency(
    "Prompt tokens in flight against the two token budgets",
    concurrencies(material, "prompt_tokens"),
    [
      ["Prompt tokens in flight", {fact: "prompt_tokens"}],
      [`Share of the budget of ${nvfp4}`, {fact: "budget_use.nvfp4"}],
      [`Share of the budget of ${awq}`, {fact: "budget_use.awq"}]
    ]
  );
}

function perRequestTable(material: Material, {awq, nvfp4}: Labels): TableModel {
  return tableByConcurrency(
    "Throughput of one request by concurrency, and its change from the concurrency before",
    concurrencies(material, "per_request_implied", {series: "awq"}),
    [
      [awq, {fact: "per_request_implied.awq"}],
      ["Change", {fact: "per_request_step.awq"}],
      [nvfp4, {fact: "per_request_implied.nvfp4"}],
      ["Change", {fact: "per_request_step.nvfp4"}]
    ]
  );
}

function laterTable(material: Material, {awq, nvfp4}: Labels): TableModel {
  return tableByConcurrency(
    `The lead of ${awq} over ${nvfp4} as published, on the per-request column, and in the rerun`,
    concurrencies(material, "lead_rerun"),
    [
      ["As published", {fact: "lead"}],
      ["Per-request column", {fact: "lead_per_request"}],
      ["Interval", {interval: "lead_per_request"}],
      ["Rerun", {fact: "lead_rerun"}],
      ["Interval", {interval: "lead_rerun"}]
    ]
  );
}

function laterVerdictsTable(material: Material): TableModel {
  const laterVerdict = (measure: string, c: number) =>
    material.laterVerdicts.find((row) => row.measure === measure && row.concurrency === c)?.verdict ?? "—";
  /** The rerun measured another version of the engine: a lead that differs there has moved, not erred. */
  const rerunVerdict = (c: number) => {
    const verdict = laterVerdict("rerun", c);
    return verdict === "contradicted" ? "moved" : verdict;
  };
  return {
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
}
