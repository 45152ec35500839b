// What --help prints of flags.

import {z} from "zod";
import {type FlagGroup, shownOf} from "./flag.js";

const WIDTH = 110;
/** Where texts begin; a longer name has its text below it. */
const COLUMN = 30;

/** The flags of a command, a paragraph a group. */
export function flagHelp(groups: readonly FlagGroup[]): string {
  return groups
    .map(({title, flags, others = []}) => {
      const lines = Object.entries(flags).map(([name, schema]) => {
        const {value, description} = shownOf(schema);
        return line(`--${name}${value === undefined ? "" : ` ${value}`}`, description + defaultOf(schema));
      });
      return [title, ...lines, ...others.map(([name, text]) => line(name, text))].filter(Boolean).join("\n");
    })
    .join("\n\n");
}

/** The default in brackets; empty where there is none, or none to speak of. */
function defaultOf(schema: z.ZodType): string {
  if (!(schema instanceof z.ZodDefault)) return "";
  const value = schema.def.defaultValue;
  if (value === Number.POSITIVE_INFINITY) return " (inf)";
  if (Array.isArray(value)) return ` (${value.join(",")})`;
  return typeof value === "string" || typeof value === "number" ? ` (${value})` : "";
}

function line(name: string, text: string): string {
  const indent = " ".repeat(COLUMN);
  const start = `  ${name}`;
  const lines = wrapped(text, WIDTH - COLUMN);
  const body = lines.join(`\n${indent}`);
  return start.length + 1 < COLUMN ? start.padEnd(COLUMN) + body : `${start}\n${indent}${body}`;
}

function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}
