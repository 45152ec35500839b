// A flag is described once: its schema, its default, and its text in the help.

import {z} from "zod";

/** Flags by name, without their dashes. */
export type Flags = Readonly<Record<string, z.ZodType>>;

/** Flags that the help shows together. */
export interface FlagGroup {
  title: string;
  flags: Flags;
  /** Lines of the same form for other things, such as environment variables. */
  others?: readonly (readonly [name: string, text: string])[];
}

/**
 * A flag with a value.
 * @param value the value's name in the help; if it ends in “ …”, the flag takes several words
 * @param text the flag's text in the help, which appends the default
 */
export function flag<T extends z.ZodType>(schema: T, value: string, text: string): T {
  return schema.meta({value, description: text});
}

/** A flag without a value. */
export function toggle(text: string) {
  return z.boolean().default(false).meta({description: text});
}

const Shown = z.looseObject({value: z.string().optional(), description: z.string().default("")});

/** The name and text of a flag in the help; `value` is missing if it takes none. */
export function shownOf(schema: z.ZodType): {value?: string | undefined; description: string} {
  return Shown.parse(schema.meta() ?? {});
}
