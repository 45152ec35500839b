// What the words of a call can be. Numbers are read strictly where Number() is not: no empty text, no 0x10.

import {z} from "zod";

const decimal = z
  .string()
  .regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, "not a number")
  .transform(Number);

/** The text of a number that `schema` takes. */
export const numeric = (schema: z.ZodNumber) => decimal.pipe(schema);

/** The text of a number, checked as an option of a program is, with its default. */
export const numericOption = (option: z.ZodDefault<z.ZodNumber>) =>
  numeric(option.unwrap()).default(option.def.defaultValue);

export const text = z.string().min(1, "empty: give a value or leave the flag out");

/** Several of a kind between commas. */
export const list = <T>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((words) => words.split(",").map((word) => word.trim()))
    .pipe(z.array(item));

/** As `list`, in one word or several. */
export const lists = <T>(item: z.ZodType<T, string>) =>
  z
    .array(z.string())
    .transform((words) => words.join(","))
    .pipe(list(item));
