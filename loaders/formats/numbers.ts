// The limits of numbers in result files. A number beyond them is a fault, and only the file's reader can say where.

import {z} from "zod";

/** The largest INTEGER of the warehouse. */
const MOST_COUNTED = 2 ** 31 - 1;
/** More than a client has ports for; the warehouse multiplies it by a thousand. */
const MOST_AT_ONCE = 1e6;
/** About three centuries, as a duration or since 1970. */
const MOST_SECONDS = 1e10;
/** Every figure of the field lies between these, in its unit, and their ratios can still be squared. */
const [LEAST, MOST] = [1e-30, 1e15];

export const count = z.int().nonnegative().max(MOST_COUNTED);
/** A count over all requests of a run. */
export const total = z.int().nonnegative();
/** A number of simultaneous requests. */
export const concurrency = z.int().positive().max(MOST_AT_ONCE);
export const seconds = z.number().nonnegative().max(MOST_SECONDS);
/** A figure or a time on a clock; differences may be negative. */
export const measure = z
  .number()
  .min(-MOST)
  .max(MOST)
  .refine((value) => value === 0 || Math.abs(value) >= LEAST, "too near to 0");
export const magnitude = measure.nonnegative();

/**
 * A request rate. JSON has no infinity, so an unlimited rate is the string that vLLM writes. The limits let keys of
 * points write a rate without an exponent.
 */
export const Rate = z.union(
  [z.number().min(1e-6).max(MOST), z.literal("inf")],
  "not a rate from 0.000001 to 1e15, or inf"
);
