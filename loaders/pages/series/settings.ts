// What is stated of a series, by its card or by its result files.

import type {Series} from "../../evidence/schema.js";
import {type Cell, settingCell, type TableModel} from "../table.js";
import type {SeriesMaterial} from "./material.js";

/** Where a setting stands that the view stated_setting takes from result files. */
const RESULT_FILES = "from the result files";

type Stated = SeriesMaterial["settings"][number];

function settingsOf({settings}: SeriesMaterial, series: string): Stated[] {
  return settings.filter((setting) => setting.series === series);
}

function isRecorded({place, varies}: Stated): boolean {
  return varies || place === RESULT_FILES;
}

/** Whether result files tell something of a series that its card leaves open. */
export function hasRecorded(material: SeriesMaterial, series: string): boolean {
  return settingsOf(material, series).some(isRecorded);
}

export function statedCell(material: SeriesMaterial, series: string, field: string): Cell {
  const found = settingsOf(material, series).find((setting) => setting.field === field);
  return found?.varies
    ? {text: "differs from run to run"}
    : settingCell(material, series, field, found?.text ?? null);
}

/** Every setting; where some are from result files, a column tells which. */
export function cardTable(material: SeriesMaterial, {id, label}: Series): TableModel {
  const hasColumn = hasRecorded(material, id);
  return {
    label: `Card of ${label}`,
    columns: ["Field", label, ...(hasColumn ? ["Stated"] : [])],
    rows: settingsOf(material, id).map((setting) => [
      {text: setting.field},
      statedCell(material, id, setting.field),
      ...(hasColumn ? [originCell(setting)] : [])
    ])
  };
}

function originCell(setting: Stated): Cell {
  if (isRecorded(setting)) return {text: RESULT_FILES};
  return setting.text === null ? null : {text: "on the card"};
}
