import {Ceiling} from "../../../src/figures/ceiling.js";
import {type Figure, small} from "../figure.js";
import {fact, interval, type Material, seriesLabel, seriesRows} from "../material.js";
import type {TableModel} from "../table.js";

/** The figures and tables of “A measurement above the ceiling”. */
export function ceiling(material: Material) {
  const ids = ["awq", "awq-mtp1", "nvfp4"];
  const published = fact(material, "ceiling");

  const table: TableModel = {
    label: "Measured throughput at a concurrency of one against the published ceiling",
    columns: [
      "Series",
      "Measured",
      "Over the ceiling",
      "Rounding interval",
      "Bandwidth the published bytes would need"
    ],
    rows: ids.map((id) => [
      {text: seriesLabel(material, id)},
      {fact: `throughput.${id}.c1`},
      {fact: `over_ceiling.${id}`},
      {interval: `over_ceiling.${id}`},
      {fact: `implied_bandwidth.${id}`}
    ])
  };

  const measured = ids
    .map((id) => `${seriesLabel(material, id)} ${fact(material, `throughput.${id}.c1`).text}`)
    .join(", ");
  const figure: Figure = {
    draw: (options) =>
      Ceiling(
        seriesRows(material, "throughput", ids).filter((row) => row.concurrency === 1),
        {...options, ceiling: interval(published)}
      ),
    alt: `Bar chart of system throughput at a concurrency of one against the published ceiling of ${published.text}: ${measured}.`,
    table
  };

  return {
    explorables: {},
    figures: {ceiling: figure, "ceiling-small": small(figure)},
    tables: {ceiling: table}
  };
}
