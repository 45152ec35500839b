import {z} from "zod";
import {where} from "./declaration.js";
import type {Material} from "./material.js";
import {type Row, select} from "./rows.js";
import {words} from "./table-cell.js";

const selection = z.strictObject({rows: z.string(), where: where.optional()});
const single = z.strictObject({row: z.string(), where: where.optional(), optional: z.boolean().optional()});
const sole = z.strictObject({value: z.string(), where: where.optional()});

/**
 * Resolves an option of a chart or an explorable. `"{{fact}}"` becomes the number; other texts have their references
 * filled in. `{rows: QUERY}` becomes the rows of a query, `{row: QUERY}` its only row and `{value: QUERY}` its only
 * value; `optional: true` allows the query to have no row.
 * @param rows of the cell: `{column}` in a text is the value that all of them share
 */
export async function resolveOption(
  option: unknown,
  material: Material,
  rows?: readonly Row[]
): Promise<unknown> {
  if (typeof option === "string") return resolveText(option, material, rows);
  if (Array.isArray(option)) return Promise.all(option.map((each) => resolveOption(each, material, rows)));
  if (typeof option !== "object" || option === null) return option;
  const several = selection.safeParse(option);
  if (several.success) return select(await material.rowsOf(several.data.rows), several.data.where);
  const one = single.safeParse(option);
  if (one.success) {
    const found = select(await material.rowsOf(one.data.row), one.data.where);
    if (found.length !== 1 && !(found.length === 0 && one.data.optional))
      throw new Error(`${one.data.row} yields ${found.length} rows instead of one. Narrow it with “where”.`);
    return found[0];
  }
  const value = sole.safeParse(option);
  if (value.success && !/\{\{/.test(value.data.value)) return soleValue(value.data, material);
  return resolveOptions(option, material, rows);
}

export async function resolveOptions(
  options: object,
  material: Material,
  rows?: readonly Row[]
): Promise<Record<string, unknown>> {
  const entries = Object.entries(options).map(
    async ([name, option]) => [name, await resolveOption(option, material, rows)] as const
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function resolveText(
  text: string,
  material: Material,
  rows: readonly Row[] | undefined
): Promise<string | number> {
  const [, id] = /^\{\{([\w.-]+)\}\}$/.exec(text) ?? [];
  const fact = id === undefined ? undefined : material.facts.get(id);
  return fact?.value ?? (await words(text, material, rows));
}

async function soleValue(
  {value: name, where: asked}: z.infer<typeof sole>,
  {rowsOf}: Material
): Promise<unknown> {
  const values = select(await rowsOf(name), asked).flatMap((row) => Object.values(row));
  if (values.length !== 1)
    throw new Error(
      `${name} yields ${values.length} values instead of one. Make it return one row of one column.`
    );
  return values[0];
}
