// The words of a call as vLLM's parser takes them, made those that node:util takes.

import {parseArgs} from "node:util";

/** By flag, without its dashes; flags that take several values give a list. */
export type FlagValues = Record<string, string | boolean | string[] | undefined>;

/** Flags that take several values after one name. */
const SEVERAL = new Set(["header", "goodput", "metadata", "base-url", "series"]);

/** Throws node:util's Error where a flag is unknown or lacks its value. */
export function parseFlags(
  argv: readonly string[],
  types: Readonly<Record<string, "boolean" | "string">>
): FlagValues {
  const options = Object.fromEntries(
    Object.entries(types).map(([flag, type]) => [flag, {type, multiple: SEVERAL.has(flag)}])
  );
  const args = gatherValues(joinNegatives(argv));
  const {values} = parseArgs({args, options, strict: true, allowPositionals: false});
  return Object.fromEntries(
    Object.entries(values).map(([flag, value]) => [flag, Array.isArray(value) ? value.map(String) : value])
  );
}

/** `--top-k -1` becomes `--top-k=-1`: node:util takes a word that begins with a dash for a flag. */
function joinNegatives(argv: readonly string[]): string[] {
  const out: string[] = [];
  for (const word of argv) {
    const flag = out.at(-1);
    if (/^-(\d|\.\d)/.test(word) && flag?.startsWith("--") && !flag.includes("=")) {
      out[out.length - 1] = `${flag}=${word}`;
    } else out.push(word);
  }
  return out;
}

/** `--header A=1 B=2` becomes `--header A=1 --header B=2`; concurrencies become one list. */
function gatherValues(argv: readonly string[]): string[] {
  const out: string[] = [];
  let several: string | null = null;
  for (const word of argv) {
    if (word.startsWith("--")) {
      const takesList = SEVERAL.has(word.slice(2)) || word === "--max-concurrency";
      several = takesList ? word : null;
      out.push(word);
    } else if (several && out.at(-1) !== several) {
      if (several === "--max-concurrency") out[out.length - 1] += `,${word}`;
      else out.push(several, word);
    } else out.push(word);
  }
  return out;
}
