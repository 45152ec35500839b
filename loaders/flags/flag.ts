// A flag of a command is described once: what it may be, its default, and what the help says of it.

import {z} from "zod";

/** Flags by name, without their dashes. */
export type Flags = Readonly<Record<string, z.ZodType>>;

/** What the help shows together. */
export interface FlagGroup {
  title: string;
  flags: Flags;
  /** Lines of the same shape for what is no flag, such as a variable of the environment. */
  others?: readonly (readonly [name: string, text: string])[];
}

/**
 * A flag with a value.
 * @param value what the help calls the value; one that ends in “ …” takes several words
 * @param text what the help says; the default follows it by itself
 */
export function flag<T extends z.ZodType>(schema: T, value: string, text: string): T {
  return schema.meta({value, description: text});
}

/** A flag without a value. */
export function toggle(text: string) {
  return z.boolean().default(false).meta({description: text});
}

const Shown = z.looseObject({value: z.string().optional(), description: z.string().default("")});

/** What the help shows of a flag; `value` is missing where it takes none. */
export function shownOf(schema: z.ZodType): {value?: string | undefined; description: string} {
  return Shown.parse(schema.meta() ?? {});
}
