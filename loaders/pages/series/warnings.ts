// What this report notes about the runs of one series, or of two: one row a load and message.

import {parseLoad} from "../../results/offered-load.js";
import type {TableModel} from "../table.js";
import {axisOf, loadLabel} from "./loads.js";
import type {RunRow, WarningRow} from "./material.js";
import {clientsOf} from "./runs.js";

const NO_WARNINGS = {
  own: "The result files hold no warnings",
  vllm: "vLLM’s client records no warnings, and this report notes none",
  both: "The result files of `npm run bench` hold no warnings; vLLM’s client records none, and this report notes none"
} as const;

/** That there are no warnings, for runs without any; the sentence has no full stop. */
export function noWarningsText(runs: readonly RunRow[]): string {
  return NO_WARNINGS[clientsOf(runs)];
}

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
