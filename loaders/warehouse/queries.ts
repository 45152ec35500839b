import {readdirSync, readFileSync} from "node:fs";
import {basename, join} from "node:path";
import {fileURLToPath} from "node:url";
import {type Fault, FaultsError} from "../errors/faults.js";

/** A named query: the text of one .sql file. */
export interface Query {
  /** The file's name without its ending: the name of the view. */
  name: string;
  /** The file, relative to loaders/. */
  file: string;
  /** The first line: what the query answers. */
  question: string;
  /** How its numbers are written, from the line after it; facts have one, other views need none. */
  format: string | undefined;
  /** Whether the line “-- may be empty” follows: a family of facts that only some evidence has. */
  mayBeEmpty: boolean;
  /** The query without those lines and without a closing semicolon. */
  sql: string;
}

const loaders = fileURLToPath(new URL("../", import.meta.url));

/** The queries of a folder below loaders/, by name, and a fault for each that does not say what it asks. */
export function readQueries(folder: string): {queries: Query[]; faults: Fault[]} {
  const queries = readdirSync(join(loaders, folder))
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => readQuery(`${folder}/${name}`));
  const faults = queries
    .filter(({question}) => question === "")
    .map(({file}) => ({
      file: `loaders/${file}`,
      place: "line 1",
      message: "the first line must ask the question. Begin with a line like “-- Which …?”."
    }));
  return {queries, faults};
}

function readQuery(file: string): Query {
  const [first = "", ...rest] = readFileSync(join(loaders, file), "utf8").split("\n");
  const question = /^-- (.+\?)$/.exec(first)?.[1] ?? "";
  if (question === "") rest.unshift(first);
  const format = /^-- format: (.+)$/.exec(rest[0] ?? "")?.[1];
  if (format !== undefined) rest.shift();
  const mayBeEmpty = rest[0] === "-- may be empty";
  if (mayBeEmpty) rest.shift();
  return {
    name: basename(file, ".sql"),
    file,
    question,
    format,
    mayBeEmpty,
    sql: rest.join("\n").trim().replace(/;$/, "")
  };
}

/** Orders queries so that each comes after those whose names it mentions. */
export function inOrder(queries: readonly Query[]): Query[] {
  const byName = new Map(queries.map((query) => [query.name, query]));
  const ordered = new Set<Query>();
  const visit = (query: Query, path: string[]): void => {
    if (ordered.has(query)) return;
    if (path.includes(query.name)) {
      const circle = [...path.slice(path.indexOf(query.name)), query.name].join(" → ");
      const message = `the queries read each other: ${circle}. Break the circle.`;
      throw new FaultsError([{file: `loaders/${query.file}`, place: query.name, message}]);
    }
    for (const name of mentioned(query, byName)) {
      const other = byName.get(name);
      if (other !== undefined && other !== query) visit(other, [...path, query.name]);
    }
    ordered.add(query);
  };
  for (const query of queries) visit(query, []);
  return [...ordered];
}

/** Some queries and all that read them, directly or through others. */
export function withReaders(names: Iterable<string>, queries: readonly Query[]): Set<string> {
  const reached = new Set(names);
  const byName = new Map(queries.map((query) => [query.name, query]));
  for (const query of inOrder(queries)) {
    if (mentioned(query, byName).some((name) => reached.has(name))) reached.add(query.name);
  }
  return reached;
}

/** The names of known queries that a query reads from. */
export function mentioned(query: Query, known: ReadonlyMap<string, unknown>): string[] {
  const names = query.sql.matchAll(/\b(?:FROM|JOIN)\s+([a-z_]\w*)/g);
  return [...new Set(Array.from(names, (match) => match[1] ?? ""))].filter((name) => known.has(name));
}
