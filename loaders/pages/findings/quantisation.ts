import {Change} from "../../../src/figures/change.js";
import {Throughput} from "../../../src/figures/throughput.js";
import {byConcurrency, bySeries, type Figure, small} from "../figure.js";
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
    columns: ["Field", awq, nvfp4, "Difference"],
    rows: material.differences.map(({field, text, baseline_text, kind}) => [
      {text: field},
      settingCell(material, "awq", field, text),
      settingCell(material, "nvfp4", field, baseline_text),
      {text: kind}
    ])
  };

  const throughput: Figure = {
    draw: (options) => Throughput(seriesRows(material, "throughput", ["awq", "nvfp4"]), options),
    alt: `Line chart of system throughput by concurrency. ${bySeries(material, "throughput", ["awq", "nvfp4"])}`,
    table: leadTable
  };

  const lead: Figure = {
    draw: (options) =>
      Change(concurrencyRows(material, "lead"), {...options, label: `Lead of ${awq} over ${nvfp4}`}),
    alt: `Bar chart of the lead of ${awq} over ${nvfp4} in system throughput: ${byConcurrency(material, "lead")}.`,
    table: leadTable
  };

  return {
    explorables: {},
    figures: {"throughput-awq-nvfp4": throughput, lead, "lead-small": small(lead)},
    tables: {lead: leadTable, difference: differenceTable}
  };
}
