// The columns shared by several figures. A name means the same in all of them.
import {z} from "zod";

/** A finite number; DuckDB returns a BIGINT as a bigint. */
export const number = z.preprocess(
  (value) => (typeof value === "bigint" ? Number(value) : value),
  z.number()
);

/** A number that has a place on a logarithmic axis. */
export const positive = number.refine((value) => value > 0, {
  error: "has no place on a logarithmic axis, whose values are above zero"
});

/** The options of a figure that needs none. */
export const noOptions: z.ZodType<object> = z.strictObject({});

/** A load as an axis of loads shows it. */
export const load = z.union([z.string(), number.transform(String)]);

/** A number with the interval in which it lies. */
export const quantity = z.object({value: number, low: number, high: number});

const interval = {value: number, low: number.nullish(), high: number.nullish()};
const named = {series: z.string().nullish(), label: z.string().nullish()};

/** Gives a number without an interval the interval of itself. */
function withInterval<
  T extends {value: number; low?: number | null | undefined; high?: number | null | undefined}
>(row: T): T & {low: number; high: number} {
  return {...row, low: row.low ?? row.value, high: row.high ?? row.value};
}

/** Labels a series without a label by its id. Rows without a series form one. */
function withName<T extends {series?: string | null | undefined; label?: string | null | undefined}>(
  row: T
): T & {series: string; label: string} {
  const series = row.series ?? "";
  return {...row, series, label: row.label ?? series};
}

/** A value at a concurrency, with its interval. */
export const concurrencyRow = z
  .object({concurrency: positive, ...interval})
  .transform((row) => withInterval(row));

/** A value of a series at a concurrency, with its interval. */
export const seriesRow = z
  .object({...named, concurrency: positive, ...interval})
  .transform((row) => withName(withInterval(row)));

/** A value of a series at a load, which is a concurrency or a request rate. */
export const loadRow = z
  .object({...named, concurrency: positive.nullish(), rate: number.nullish(), ...interval})
  .refine(({concurrency, rate}) => concurrency != null || rate != null, {
    path: ["concurrency"],
    error: "is missing, and so is “rate”"
  })
  .transform((row) => withName(withInterval(row)));

/** A labelled value of no series. */
export const labelRow = z
  .object({series: z.string().nullish(), label: z.string(), ...interval})
  .transform((row) => withInterval({...row, series: row.series ?? row.label}));

export type ConcurrencyRow = z.infer<typeof concurrencyRow>;
