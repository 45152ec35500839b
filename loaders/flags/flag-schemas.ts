// Schemas for the words of a call. Unlike Number(), they refuse an empty text or 0x10 as a number.

import {z} from "zod";

const decimal = z
  .string()
  .regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, "not a number")
  .transform(Number);

/** The text of a number that `schema` accepts. */
export const numeric = (schema: z.ZodNumber) => decimal.pipe(schema);

/** The text of a number, with the checks and the default of a program's option. */
export const numericOption = (option: z.ZodDefault<z.ZodNumber>) =>
  numeric(option.unwrap()).default(option.def.defaultValue);

export const text = z.string().min(1, "empty: give a value or leave the flag out");

/** Several items separated by commas. */
export const list = <T>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((words) => words.split(",").map((word) => word.trim()))
    .pipe(z.array(item));

/** Like `list`, in one word or several. */
export const lists = <T>(item: z.ZodType<T, string>) =>
  z
    .array(z.string())
    .transform((words) => words.join(","))
    .pipe(list(item));
