import {existsSync, readdirSync, readFileSync} from "node:fs";
import {basename, join, relative} from "node:path";
import {predicateView} from "../claims/judge.js";
import type {Fault} from "../errors/faults.js";
import {engine, paths} from "../paths.js";
import {nameFaults, parseQuery, type Query, type QueryKind} from "../warehouse/query.js";

/**
 * Reads every query: views and families of the engine, the queries behind its pages, those of the report, and the
 * predicates of the report's claims.
 * @param report the folder of the report's pages, which contains queries/ and claims/
 * @param extra the queries in pages
 * @returns the queries, and a fault for each that has no question or shares its name with another
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
    // Not every report has the evidence that a family of the engine needs.
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
