// The flags in --help.

import {z} from "zod";
import {type FlagGroup, shownOf} from "./flag.js";

const WIDTH = 110;
/** The last column where texts may begin; the text of a longer name goes below it. */
const COLUMN = 30;

/** Prints the flags of a command, one paragraph for each group. */
export function flagHelp(groups: readonly FlagGroup[]): string {
  const paragraphs = groups.map(({title, flags, others = []}) => ({
    title,
    lines: [...Object.entries(flags).map(([name, schema]) => lineOf(name, schema)), ...others]
  }));
  const names = paragraphs.flatMap(({lines}) => lines.map(([name]) => name.length));
  const column = Math.min(Math.max(...names) + "  ".length * 2, COLUMN);
  return paragraphs
    .map(({title, lines}) =>
      [title, ...lines.map((line) => printed(line, column))].filter(Boolean).join("\n")
    )
    .join("\n\n");
}

type Line = readonly [name: string, text: string];

function lineOf(name: string, schema: z.ZodType): Line {
  const {value, description} = shownOf(schema);
  return [value === undefined ? `--${name}` : `--${name} ${value}`, description + defaultOf(schema)];
}

/** The default in brackets; empty if there is none worth showing. */
function defaultOf(schema: z.ZodType): string {
  if (!(schema instanceof z.ZodDefault)) return "";
  const value = schema.def.defaultValue;
  if (value === Number.POSITIVE_INFINITY) return " (inf)";
  if (Array.isArray(value)) return ` (${value.join(",")})`;
  return typeof value === "string" || typeof value === "number" ? ` (${value})` : "";
}

function printed([name, text]: Line, column: number): string {
  const indent = " ".repeat(column);
  const start = `  ${name}`;
  const body = wrapped(text, WIDTH - column).join(`\n${indent}`);
  return start.length < column ? start.padEnd(column) + body : `${start}\n${indent}${body}`;
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
