import type {Cell as TableCell, TableModel} from "../html/table-html.js";
import {CellError, type ColumnSpec, type TableSpec} from "./declaration.js";
import {type Material, plainText} from "./material.js";
import {distinct, type Row, select, textOfValue} from "./rows.js";
import {fillLoops, fillReferences, fillRow} from "./template.js";

/** The table that a cell declares, and its rows; no table if there is nothing to show. */
export async function tableModel(
  spec: TableSpec,
  material: Material,
  line: number
): Promise<{model: TableModel; rows: readonly Row[]}> {
  const {rows, keys} = await rowsOfTable(spec, material, line);
  if (rows.length === 0) return {model: {label: "", columns: [], rows: []}, rows};
  const columns = await Promise.all(
    spec.columns.map(async (column) => ({
      heading: await words(column.heading, material, rows),
      cells: await Promise.all(rows.map((row) => cellOf(column, row, keys, material)))
    }))
  );
  const shown = spec.sparse
    ? columns.filter(({cells}) => cells.some((cell) => !isNothing(cell, material)))
    : columns;
  const model = {
    label: await words(spec.label, material, rows),
    columns: [...keys.map(headingOf), ...shown.map(({heading}) => heading)],
    rows: rows.map((row, i) => [
      ...keys.map((key) => ({text: textOfValue(row[key])})),
      ...shown.map(({cells}) => cells[i] ?? null)
    ]),
    ...(spec.merge !== undefined && {merged: spec.merge})
  };
  return {model, rows};
}

function isNothing(cell: TableCell, {facts}: Material): boolean {
  if (cell === null) return true;
  if ("fact" in cell) return !facts.has(cell.fact);
  return "interval" in cell && !facts.has(cell.interval);
}

/**
 * A text for readers, with its loops and references filled in.
 * @param rows of the cell: `{column}` is the value that all of them share
 */
export async function words(template: string, material: Material, rows?: readonly Row[]): Promise<string> {
  const filled = await fillLoops(template, material.rowsOf, rows);
  return fillReferences(filled, (reference) => plainText(material, reference));
}

async function rowsOfTable(
  {each, rows, where}: TableSpec,
  {rowsOf}: Material,
  line: number
): Promise<{rows: readonly Row[]; keys: string[]}> {
  if (rows !== undefined && each === undefined) return {rows: select(await rowsOf(rows), where), keys: []};
  const [, columns = "", name] = /^(\w+(?:, \w+)*) of (\w+)$/.exec(each ?? "") ?? [];
  if (name === undefined || rows !== undefined)
    throw new CellError("say what the rows are: “rows: QUERY”, or “each: COLUMN of FAMILY”.", line);
  const keys = columns.split(", ");
  return {rows: distinct(select(await rowsOf(name), where), keys), keys};
}

function headingOf(column: string): string {
  const heading = column.replaceAll("_", " ");
  return heading.charAt(0).toUpperCase() + heading.slice(1);
}

/** The end of a fact's id that the keys of a row make. */
function ending(row: Row, keys: readonly string[]): string {
  return keys.map((key) => `.${key === "concurrency" ? "c" : ""}${textOfValue(row[key])}`).join("");
}

/**
 * The content of one table cell, as its column specifies: a fact (the row's keys are appended to a name without
 * holes), its interval, `row.COLUMN`, a text or link of the evidence, a setting, or a link to a page. `{COLUMN}` is
 * the row's value, which may name any of these; where the row has none, the cell is empty.
 */
async function cellOf(
  {cell, line}: ColumnSpec,
  row: Row,
  keys: readonly string[],
  material: Material
): Promise<TableCell> {
  const [, column] = /^row\.(\w+)$/.exec(cell) ?? [];
  if (column !== undefined) {
    if (!Object.hasOwn(row, column))
      throw new CellError(
        `the rows have no column “${column}”; they have ${Object.keys(row).join(", ")}. Correct it.`,
        line
      );
    const value = row[column];
    return value === null ? null : {text: textOfValue(value)};
  }
  const [, hole] = /^\{(\w+)\}$/.exec(cell) ?? [];
  if (hole !== undefined && row[hole] === null) return null;
  const filled = fillRow(cell, row);
  const [, text, page] = /^\[(.*)\]\((.*)\)$/.exec(filled) ?? [];
  if (text !== undefined && page !== undefined) return {text: await words(text, material), page};
  if (filled.includes("{{") || !/^[a-z_]\w*(\.\S+)*( (interval|approx))?$/i.test(filled))
    return {text: await words(filled, material)};
  const [name = "", part] = filled.split(" ");
  const [namespace, ...rest] = name.split(".");
  const id = filled === cell ? `${name}${ending(row, keys)}` : name;
  if (namespace === "source") return {link: rest.join(".")};
  if (namespace === "setting") return settingCell(material, rest[0] ?? "", rest.slice(1).join("."));
  if (Object.hasOwn(material.texts, name)) return {text: material.texts[name] ?? ""};
  if (part === "interval") return {interval: id};
  return part === "approx" && material.facts.get(id)?.derived ? {fact: id, derived: true} : {fact: id};
}

/** A setting from the card of a series or, failing that, from its result files: a fact if it is a number. */
async function settingCell({facts, rowsOf}: Material, series: string, field: string): Promise<TableCell> {
  const [setting] = select(await rowsOf("stated_setting"), {series, field});
  if (setting?.varies === true) return {text: "differs from run to run"};
  if (setting === undefined || setting.text === null) return {text: "not stated"};
  const fact = `setting_number.${series}.${field}`;
  return facts.has(fact) ? {fact} : {text: textOfValue(setting.text)};
}
