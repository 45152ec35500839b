import type {Metric, Source} from "../evidence/schema.js";
import {concurrencies, family, type Material, seriesLabel} from "./facts-by.js";
import type {Cell, TableModel} from "./tables.js";

/** A row of the view configuration_difference. */
export interface ConfigurationDifference {
  field: string;
  text: string | null;
  baseline_text: string | null;
  kind: string;
}

/** What the tables need beyond the facts. */
export interface TableMaterial extends Material {
  differences: readonly ConfigurationDifference[];
  metrics: readonly Metric[];
  sources: readonly Source[];
}

/** Every table by the name the pages call it. */
export const tables = {
  lead: (material: TableMaterial): TableModel => ({
    label: `System throughput of ${seriesLabel(material, "awq")} and ${seriesLabel(material, "nvfp4")} by concurrency, and the lead of the first with its rounding interval`,
    columns: [
      "Concurrency",
      seriesLabel(material, "nvfp4"),
      seriesLabel(material, "awq"),
      "Lead",
      "Rounding interval"
    ],
    rows: concurrencies(material, "throughput", {series: "awq"}).map((c) => [
      {text: String(c)},
      {fact: `throughput.nvfp4.c${c}`},
      {fact: `throughput.awq.c${c}`},
      {fact: `lead.c${c}`},
      {interval: `lead.c${c}`}
    ])
  }),
  mtp: (material: TableMaterial): TableModel => ({
    label:
      "System throughput of AWQ with and without MTP by concurrency, and the change with its rounding interval",
    columns: ["Concurrency", "Without MTP", "With MTP", "Change", "Rounding interval"],
    rows: concurrencies(material, "mtp_delta").map((c) => [
      {text: String(c)},
      {fact: `throughput.awq.c${c}`},
      {fact: `throughput.awq-mtp1.c${c}`},
      {fact: `mtp_delta.c${c}`},
      {interval: `mtp_delta.c${c}`}
    ])
  }),
  ttft: (material: TableMaterial): TableModel => ({
    label: `Time to first token of ${seriesLabel(material, "awq")} with and without MTP by concurrency`,
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
  }),
  ceiling: (material: TableMaterial): TableModel => ({
    label: "Measured throughput at a concurrency of one against the published ceiling",
    columns: [
      "Series",
      "Measured",
      "Over the ceiling",
      "Rounding interval",
      "Bandwidth the published bytes would need"
    ],
    rows: ["awq", "awq-mtp1", "nvfp4"].map((id) => [
      {text: seriesLabel(material, id)},
      {fact: `throughput.${id}.c1`},
      {fact: `over_ceiling.${id}`},
      {interval: `over_ceiling.${id}`},
      {fact: `implied_bandwidth.${id}`}
    ])
  }),
  difference: (material: TableMaterial): TableModel => ({
    label: `Fields in which the cards of ${seriesLabel(material, "awq")} and ${seriesLabel(material, "nvfp4")} differ or leave open whether they differ`,
    columns: ["Field", seriesLabel(material, "awq"), seriesLabel(material, "nvfp4"), "Difference"],
    rows: material.differences.map(({field, text, baseline_text, kind}) => [
      {text: field},
      settingCell(material, "awq", field, text),
      settingCell(material, "nvfp4", field, baseline_text),
      {text: kind}
    ])
  }),
  cards: (material: TableMaterial): TableModel => ({
    label: "The card of every series",
    columns: ["Field", ...material.series.map(({label}) => label)],
    rows: Object.keys(material.series[0]?.settings ?? {}).map((field) => [
      {text: field},
      ...material.series.map(({id, settings}) => {
        const value = Object.entries(settings).find(([name]) => name === field)?.[1] ?? null;
        return settingCell(material, id, field, value === null ? null : String(value));
      })
    ])
  }),
  points: (material: TableMaterial): TableModel => ({
    label: "Every point of every series as printed",
    columns: [
      "Series",
      "Concurrency",
      "System tok/s",
      "Per-request tok/s",
      "Median TPOT",
      "Median TTFT",
      "P99 TTFT"
    ],
    rows: material.series.flatMap(({id, label}) =>
      concurrencies(material, "throughput", {series: id}).map((c): Cell[] => [
        {text: label},
        {text: String(c)},
        {fact: `throughput.${id}.c${c}`},
        {fact: `per_request.${id}.c${c}`},
        {fact: `tpot.${id}.c${c}`},
        {fact: `ttft.${id}.c${c}`},
        {fact: `ttft_p99.${id}.c${c}`}
      ])
    )
  }),
  glossary: ({metrics}: TableMaterial): TableModel => ({
    label: "The metrics and their definitions",
    columns: ["Metric", "Unit", "Definition", "After"],
    rows: metrics.map(({name, unit, definition, source}) => [
      {text: name},
      {text: unit},
      {text: definition},
      {link: source}
    ])
  }),
  consistency: (material: TableMaterial): TableModel => ({
    label: "How the printed numbers agree with each other",
    columns: ["Relation", "Agree", "Of"],
    rows: family(material, "printed_agreement")
      .filter(({key}) => key.which === "all")
      .map(({key: {relation}}) => [
        {text: relationName(material, String(relation))},
        {fact: `printed_agreement.${relation}.agree`},
        {fact: `printed_agreement.${relation}.all`}
      ])
  }),
  "printed-changes": (material: TableMaterial): TableModel => ({
    label: "Printed percentages and the same recomputed",
    columns: ["Change", "Concurrency", "As printed", "Recomputed", "Rounding interval"],
    rows: family(material, "printed_change").map(({id, key}) => {
      const recomputed = `${key.baseline === "nvfp4" ? "lead" : "mtp_delta"}.c${key.concurrency}`;
      return [
        {
          text: `${seriesLabel(material, String(key.series))} over ${seriesLabel(material, String(key.baseline))}`
        },
        {text: String(key.concurrency)},
        {fact: id},
        {fact: recomputed},
        {interval: recomputed}
      ];
    })
  }),
  sources: ({sources}: TableMaterial): TableModel => ({
    label: "Sources",
    columns: ["Source", "Kind", "By", "Date", "What it gives"],
    rows: sources.map(({id, kind, author, date, note}) => [
      {link: id},
      {text: kind},
      {text: author},
      {text: date ?? "not stated"},
      {text: note}
    ])
  })
};

function relationName(material: Material, relation: string): string {
  const [kind = "", series = "", baseline = ""] = relation.split(".");
  const label = seriesLabel(material, series);
  return (
    {
      change: `Percentage of ${label} over ${seriesLabel(material, baseline)} follows from the throughputs`,
      restated: `Throughput of ${label} is the same where it is printed again`,
      per_request: `Per-request throughput of ${label} is its system throughput over the concurrency`,
      formula: `System throughput of ${label} follows from its median TPOT`
    }[kind] ?? relation
  );
}

export type TableName = keyof typeof tables;

function settingCell({facts}: Material, series: string, field: string, text: string | null): Cell {
  const fact = `setting_number.${series}.${field}`;
  return facts.has(fact) ? {fact} : {text: text ?? "not stated"};
}
