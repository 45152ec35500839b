// What the client noted about the runs of one series, or of two: one row a load and message.

import {parseLoad} from "../../results/offered-load.js";
import type {TableModel} from "../table.js";
import {axisOf, loadLabel} from "./loads.js";
import type {WarningRow} from "./material.js";

export function warningsTable(label: string, warnings: readonly WarningRow[]): TableModel {
  const {axis, rows} = cellsOf(warnings);
  return {
    label: `Warnings of the runs of ${label}`,
    columns: ["Warning", axis, "What it says"],
    merged: 2,
    rows: rows.map(({cells}) => cells)
  };
}

/** The same of two series, by their labels. */
export function warningsOfBoth(
  labels: ReadonlyMap<string, string>,
  warnings: readonly WarningRow[]
): TableModel {
  const {axis, rows} = cellsOf(warnings);
  const [a, b] = [...labels.values()];
  return {
    label: `Warnings of the runs of ${a} and ${b} at the loads both have`,
    columns: ["Series", "Warning", axis, "What it says"],
    merged: 3,
    rows: rows.map(({series, cells}) => [{text: labels.get(series) ?? series}, ...cells])
  };
}

function cellsOf(warnings: readonly WarningRow[]) {
  const axis = axisOf(warnings.map(({load}) => parseLoad(load)));
  return {
    axis,
    rows: warnings.map(({series, code, load, message}) => ({
      series,
      cells: [{text: code}, {text: loadLabel(parseLoad(load), axis)}, {text: message}]
    }))
  };
}
