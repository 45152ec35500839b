import type {Fault} from "../errors/faults.js";

/** What the rows of a query are: rows for whoever asks, facts, or the verdict on a claim. */
export type QueryKind = "view" | "family" | "predicate";

/** A named query: the text of one .sql file, or of one cell of a page. */
export interface Query {
  /** The name of the view. */
  name: string;
  /** The file that it stands in, as messages name it. */
  file: string;
  /** The line of the file in which it begins. */
  line: number;
  kind: QueryKind;
  /** The first line: what the query answers. */
  question: string;
  /** How the numbers of a family are written: its line “-- format: …”. */
  format: string | undefined;
  /** Whether a family may have no facts: its line “-- may be empty”, or any family of the engine. */
  mayBeEmpty: boolean;
  /** What a terminal says before each row, which is an alarm: the line “-- alarm: …”. */
  alarm: string | undefined;
  /** The query without those lines and without a closing semicolon. */
  sql: string;
}

/**
 * The query that a text holds. One with a line “-- format: …” below its question is a family of facts, any
 * other is a view.
 * @param file as messages are to name it
 * @param line the number of the first line of `text` in the file
 */
export function parseQuery(name: string, file: string, line: number, text: string): Query {
  const lines = text.split("\n");
  const question = /^-- (.+\?)$/.exec(lines[0] ?? "")?.[1] ?? "";
  if (question !== "") lines.shift();
  let format: string | undefined;
  let alarm: string | undefined;
  let mayBeEmpty = false;
  for (;;) {
    const [, key, value] = /^-- (?:(format|alarm): (.+)|may be empty)$/.exec(lines[0] ?? "") ?? [];
    if (key === "format") format = value;
    else if (key === "alarm") alarm = value;
    else if (lines[0] === "-- may be empty") mayBeEmpty = true;
    else break;
    lines.shift();
  }
  const sql = lines.join("\n").trim().replace(/;$/, "");
  const kind = format === undefined ? "view" : "family";
  return {name, file, line, kind, question, format, mayBeEmpty, alarm, sql};
}

/** A fault for each query that does not say what it asks, and for each whose name is none in SQL or another's. */
export function nameFaults(queries: readonly Query[]): Fault[] {
  const first = new Map<string, Query>();
  return queries.flatMap((query) => {
    const {name, file, line, question} = query;
    const faults: Fault[] = [];
    if (question === "") {
      const message = "the first line must ask the question. Begin with a line like “-- Which …?”.";
      faults.push({file, place: `line ${line}`, message});
    }
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      const message = `“${name}” is no name of a query. Write it in lower-case letters, digits and _.`;
      faults.push({file, place: `line ${line}`, message});
    }
    const other = first.get(name);
    if (other === undefined) first.set(name, query);
    else {
      const message = `a query is named “${name}” already, in ${other.file}, line ${other.line}. Give one of the two another name.`;
      faults.push({file, place: `line ${line}`, message});
    }
    return faults;
  });
}
