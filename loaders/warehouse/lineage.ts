// Which queries read which, by the tables that their SQL names.

import {FaultsError} from "../errors/faults.js";
import type {Query} from "./query.js";
import {tableNames} from "./table-names.js";

/** Orders queries so that each comes after those that it reads. */
export function inOrder(queries: readonly Query[]): Query[] {
  const byName = new Map(queries.map((query) => [query.name, query]));
  const ordered = new Set<Query>();
  const visit = (query: Query, path: string[]): void => {
    if (ordered.has(query)) return;
    if (path.includes(query.name)) {
      const circle = [...path.slice(path.indexOf(query.name)), query.name].join(" → ");
      const message = `the queries read each other: ${circle}. Break the circle.`;
      throw new FaultsError([{file: query.file, place: query.name, message}]);
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

/** The names of known queries, or tables, that a query reads from. */
export function mentioned({sql}: Pick<Query, "sql">, known: ReadonlyMap<string, unknown>): string[] {
  return tableNames(sql).read.filter((name) => known.has(name));
}
