import type {DuckDBConnection} from "@duckdb/node-api";
import {z} from "zod";
import type {Fault} from "../errors/faults.js";
import {type Fact, familyOf} from "../facts/read-facts.js";
import type {Query} from "../warehouse/query.js";
import {factNames, fillIn} from "./fill-in.js";

/** A row of a query with a line “-- alarm: …”. */
export interface Alarm {
  /** The text of that line. */
  title: string;
  /** The text of the row, with its facts filled in. */
  text: string;
}

const row = z.object({text: z.string()});

/**
 * Collects the rows of every query that sounds an alarm. Their column `text` may name facts, as claims do.
 * @param failed the queries at fault: alarms that rest on one are skipped
 * @returns the alarms, and a fault for each query without that column and for each unknown fact
 */
export async function readAlarms(
  connection: DuckDBConnection,
  queries: readonly Query[],
  facts: ReadonlyMap<string, Fact>,
  texts: Readonly<Record<string, string>>,
  failed: ReadonlySet<string> = new Set()
): Promise<{alarms: Alarm[]; faults: Fault[]}> {
  const alarms: Alarm[] = [];
  const faults: Fault[] = [];
  for (const {name, file, alarm: title} of queries) {
    if (title === undefined || failed.has(name)) continue;
    const rows = (await connection.runAndReadAll(`FROM ${name}`)).getRowObjectsJS();
    const parsed = row.array().safeParse(rows);
    if (!parsed.success) {
      faults.push({file, place: name, message: "an alarm has no text. Return it as column “text”."});
      continue;
    }
    for (const {text} of parsed.data) {
      const named = factNames(text);
      if (named.some((id) => failed.has(familyOf(id)))) continue;
      const unknown = named.filter((id) => !facts.has(id));
      if (unknown.length === 0) alarms.push({title, text: fillIn(text, facts, texts)});
      else {
        const message = `an alarm names the unknown fact ${unknown.join(", ")}. Correct the query.`;
        faults.push({file, place: name, message});
      }
    }
  }
  return {alarms, faults};
}
