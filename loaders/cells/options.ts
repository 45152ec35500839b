import {z} from "zod";
import {where} from "./declaration.js";
import type {Material} from "./material.js";
import {select} from "./rows.js";
import {words} from "./table-cell.js";

const selection = z.strictObject({rows: z.string(), where: where.optional()});
const single = z.strictObject({row: z.string(), where: where.optional()});
const sole = z.strictObject({value: z.string(), where: where.optional()});

/**
 * What a cell gives to a chart or an explorable: `"{{fact}}"` is the number, another text has its references
 * filled in, `{rows: QUERY}` are the rows, `{row: QUERY}` the one row and `{value: QUERY}` the one value of a query.
 */
export async function resolveOption(option: unknown, material: Material): Promise<unknown> {
  if (typeof option === "string") return resolveText(option, material);
  if (Array.isArray(option)) return Promise.all(option.map((each) => resolveOption(each, material)));
  if (typeof option !== "object" || option === null) return option;
  const several = selection.safeParse(option);
  if (several.success) return select(await material.rowsOf(several.data.rows), several.data.where);
  const one = single.safeParse(option);
  if (one.success) {
    const rows = select(await material.rowsOf(one.data.row), one.data.where);
    if (rows.length !== 1)
      throw new Error(
        `${one.data.row} yields ${rows.length} rows where one is asked for. Narrow it by “where”.`
      );
    return rows[0];
  }
  const value = sole.safeParse(option);
  if (value.success && !/\{\{/.test(value.data.value)) return valueOf(value.data, material);
  return resolveOptions(option, material);
}

export async function resolveOptions(options: object, material: Material): Promise<Record<string, unknown>> {
  const entries = Object.entries(options).map(
    async ([name, option]) => [name, await resolveOption(option, material)] as const
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function resolveText(text: string, material: Material): Promise<string | number> {
  const [, id] = /^\{\{([\w.-]+)\}\}$/.exec(text) ?? [];
  const fact = id === undefined ? undefined : material.facts.get(id);
  return fact?.value ?? (await words(text, material));
}

async function valueOf(
  {value: name, where: asked}: z.infer<typeof sole>,
  {rowsOf}: Material
): Promise<unknown> {
  const values = select(await rowsOf(name), asked).flatMap((row) => Object.values(row));
  if (values.length !== 1)
    throw new Error(
      `${name} yields ${values.length} values where one is asked for. Let it yield one row of one column.`
    );
  return values[0];
}
