// Reads the words of a call.

import type {z} from "zod";
import {UsageError} from "../errors/usage-error.js";
import {type Flags, shownOf} from "./flag.js";

/** Values by flag: `true` if it takes no value, a list if it takes several words. */
export type FlagValues = Record<string, string | true | string[] | undefined>;

/**
 * Sorts the words of a call by flag. A value may follow its flag or an equals sign. A word that begins with a dash is
 * a value only if it is a negative number.
 * @param hint ends each error: it says where the flags are explained
 * @throws UsageError
 */
export function readFlags(
  argv: readonly string[],
  flags: Flags,
  hint: string,
  {allowPositionals = false} = {}
): {values: FlagValues; positionals: string[]} {
  const values: FlagValues = {};
  const positionals: string[] = [];
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!isFlag(word)) {
      if (!allowPositionals) throw new UsageError(`“${word}” follows no flag that takes it. ${hint}`);
      positionals.push(word);
      continue;
    }
    const [, name = "", inline] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const schema = word.startsWith("--") && Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (schema === undefined) throw new UsageError(`${word} is not a flag of this command. ${hint}`);
    const {value: shown} = shownOf(schema);
    if (shown === undefined) {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value. ${hint}`);
      values[name] = true;
      continue;
    }
    const given = inline === undefined ? [] : [inline];
    const most = shown.endsWith(" …") ? Number.POSITIVE_INFINITY : 1;
    while (given.length < most && words[0] !== undefined && !isFlag(words[0]))
      given.push(words.shift() ?? "");
    const [first] = given;
    const earlier = values[name];
    if (first === undefined) throw new UsageError(`--${name} needs a value (${shown}). ${hint}`);
    values[name] = most === 1 ? first : [...(Array.isArray(earlier) ? earlier : []), ...given];
  }
  return {values, positionals};
}

function isFlag(word: string): boolean {
  return word.startsWith("-") && !/^-(\d|\.\d|$)/.test(word);
}

/**
 * Checks the values and fills in the defaults.
 * @param typed the words that the caller typed, for flags that another flag set
 * @throws UsageError for the first flag at fault
 */
export function checkFlags<T extends z.ZodType>(
  schema: T,
  values: Readonly<Record<string, unknown>>,
  hint: string,
  typed: Readonly<Record<string, string>> = {}
): z.output<T> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? "");
  throw new UsageError(`${typed[name] ?? `--${name}`}: ${issue?.message ?? "not understood"}. ${hint}`);
}
