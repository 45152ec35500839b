import {existsSync, readdirSync, readFileSync} from "node:fs";
import {basename, join, relative} from "node:path";
import {predicateView} from "../claims/judge.js";
import type {Fault} from "../errors/faults.js";
import {engine, paths} from "../paths.js";
import {nameFaults, parseQuery, type Query, type QueryKind} from "../warehouse/query.js";

/**
 * Every query: the views and families of the engine, what its pages list and say, the queries of a report, and the predicates of its claims.
 * @param report the folder of the report's pages, which holds queries/ and claims/
 * @param extra queries that stand in pages
 * @returns views, families and predicates, each by name, and a fault for each query that asks nothing or
 *   has a name that another has
 */
export function readAllQueries(
  report: string = paths.src,
  extra: readonly Query[] = []
): {queries: Query[]; faults: Fault[]} {
  const predicates = readFolder(join(report, "claims")).map((query): Query => {
    return {...query, kind: "predicate", name: predicateView(query.name)};
  });
  const queries = [
    ...readFolder(join(engine, "warehouse/views")),
    ...readFolder(join(engine, "rows")),
    // What a family of the engine asks for, not every report has.
    ...readFolder(join(engine, "facts")).map((query): Query => ({...query, mayBeEmpty: true})),
    ...readFolder(join(report, "queries")),
    ...predicates,
    ...extra
  ];
  const firsts = queries.filter(({name}, i) => queries.findIndex((other) => other.name === name) === i);
  const sorted = (["view", "family", "predicate"] as const).flatMap((kind) =>
    ofKind(firsts, kind).sort((a, b) => (a.name < b.name ? -1 : 1))
  );
  return {queries: sorted, faults: nameFaults(queries)};
}

export function ofKind(queries: readonly Query[], kind: QueryKind): Query[] {
  return queries.filter((query) => query.kind === kind);
}

function readFolder(folder: string): Query[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return parseQuery(basename(name, ".sql"), relative(process.cwd(), path), 1, readFileSync(path, "utf8"));
    });
}
