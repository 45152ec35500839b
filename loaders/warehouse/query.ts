import type {Fault} from "../errors/faults.js";

/** What a query is for: rows of any use, facts, or the verdict on a claim. */
export type QueryKind = "view" | "family" | "predicate";

/** A named query: the text of a .sql file, or of a cell of a page. */
export interface Query {
  /** The name of the view. */
  name: string;
  /** The file that contains it, as messages name it. */
  file: string;
  /** The line of the file where it begins. */
  line: number;
  kind: QueryKind;
  /** The first line: the question it answers. */
  question: string;
  /** The format of a family's numbers: its line “-- format: …”. */
  format: string | undefined;
  /** Whether a family may have no facts: it has a line “-- may be empty”, or belongs to the engine. */
  mayBeEmpty: boolean;
  /** If its rows are alarms, what a terminal prints before each: the line “-- alarm: …”. */
  alarm: string | undefined;
  /** The query without those lines and without its closing semicolon. */
  sql: string;
}

/**
 * Parses a query. With a line “-- format: …” below its question it is a family of facts, otherwise a view.
 * @param file its name in messages
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

/** A fault for each query without a question, with a name that is not valid in SQL, or with another's name. */
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
      const message = `“${name}” is not a valid query name. Write it in lower-case letters, digits and _.`;
      faults.push({file, place: `line ${line}`, message});
    }
    const other = first.get(name);
    if (other === undefined) first.set(name, query);
    else {
      const message = `another query is named “${name}”, in ${other.file}, line ${other.line}. Give one of the two another name.`;
      faults.push({file, place: `line ${line}`, message});
    }
    return faults;
  });
}
