import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import {type DuckDBConnection, DuckDBInstance} from "@duckdb/node-api";
import {paths} from "../../loaders/paths.js";
import {readAllQueries} from "../../loaders/site/read-queries.js";
import {mentioned} from "../../loaders/warehouse/lineage.js";
import type {Query} from "../../loaders/warehouse/query.js";
import {tableNames} from "../../loaders/warehouse/table-names.js";

describe("the tables that a query names", () => {
  const cases: [name: string, sql: string, read: string[]][] = [
    [
      "after FROM and JOIN, each once",
      "SELECT 1 FROM a JOIN b USING (x) LEFT JOIN a AS c ON TRUE",
      ["a", "b"]
    ],
    ["before a SELECT", "FROM a", ["a"]],
    ["between commas", "SELECT f(x, y) FROM a, b AS c, main.d WHERE x IN (1, 2)", ["a", "b", "d"]],
    ["after the condition of a join", "SELECT * FROM a JOIN b ON a.x = b.x, c", ["a", "b", "c"]],
    ["in quotes and capitals", 'SELECT * FROM "a" JOIN B ON TRUE', ["a", "b"]],
    [
      "in subqueries",
      "SELECT (SELECT max(x) FROM a) FROM (FROM b) WHERE x IN (SELECT y FROM c)",
      ["a", "b", "c"]
    ],
    ["in the parts of a union", "FROM a UNION ALL FROM b EXCEPT SELECT * FROM c", ["a", "b", "c"]],
    [
      "but not its own expressions",
      "WITH a AS (FROM b), c (x) AS MATERIALIZED (FROM a) FROM c, d",
      ["b", "d"]
    ],
    ["nor those of its subqueries", "SELECT * FROM (WITH a AS (FROM b) FROM a)", ["b"]],
    ["nor itself, if it is recursive", "WITH RECURSIVE a AS (FROM b UNION FROM a) FROM a", ["b"]],
    ["nor functions", "SELECT * FROM range(3) AS r, unnest([1, 2])", []],
    [
      "nor what an operator compares",
      "SELECT x IS DISTINCT FROM a.x, extract(year FROM b) FROM c AS a",
      ["c"]
    ],
    [
      "that are turned",
      "FROM (PIVOT a ON x USING sum(y)) JOIN b UNPIVOT (n FOR what IN (x, y)) ON TRUE",
      ["a", "b"]
    ],
    [
      "but not those in texts of other kinds",
      "SELECT E'it\\'s FROM a', $$ FROM b $$, $x$ FROM $$ c $x$ FROM d",
      ["d"]
    ],
    ["nor words in text and comments", "-- FROM a\nSELECT 'FROM b', \"FROM\" FROM c /* JOIN d */", ["c"]],
    ["nor a window", "SELECT sum(x) OVER w FROM a WINDOW w AS (ORDER BY x)", ["a"]]
  ];
  for (const [name, sql, read] of cases) {
    it(`are those ${name}`, () => {
      assert.deepEqual(tableNames(sql).read.sort(), read);
    });
  }
});

describe("the queries of engine and report", () => {
  const {queries} = readAllQueries();
  const byName = new Map(queries.map((query) => [query.name, query]));
  let connection: DuckDBConnection;
  before(async () => {
    connection = await (await DuckDBInstance.create(":memory:")).connect();
  });
  after(() => connection.closeSync());

  /** The tables of a query according to DuckDB's parser. */
  async function parsed({sql}: Query): Promise<string[]> {
    const text = sql.replaceAll("'", "''");
    const [row] = (
      await connection.runAndReadAll(`SELECT json_serialize_sql('${text}') AS tree`)
    ).getRowObjectsJS();
    const [tables, own] = [new Set<string>(), new Set<string>()];
    JSON.parse(String(row?.tree), (key, value: unknown) => {
      if (key === "cte_map") for (const name of expressions(value)) own.add(name);
      if (isObject(value) && value.type === "BASE_TABLE") tables.add(String(value.table_name));
      return value;
    });
    return [...tables].filter((name) => !own.has(name)).sort();
  }

  it("read what DuckDB says that they read", async () => {
    for (const query of queries)
      assert.deepEqual(tableNames(query.sql).read.sort(), await parsed(query), query.name);
  });

  it("name no expression like a query", () => {
    const taken = queries.flatMap(({name, sql}) =>
      [...tableNames(sql).own].filter((own) => byName.has(own)).map((own) => `${name}: ${own}`)
    );
    assert.deepEqual(taken, []);
  });

  it("go one way: views read views, families read views and families, and neither reads what pages list", () => {
    const isRow = (name: string) => byName.get(name)?.file.startsWith("loaders/rows/") === true;
    const backwards = queries
      .filter(({name, kind}) => kind !== "predicate" && !isRow(name))
      .flatMap((query) =>
        mentioned(query, byName)
          .filter((name) => isRow(name) || (query.kind === "view" && byName.get(name)?.kind !== "view"))
          .map((name) => `${query.name} reads ${name}`)
      );
    assert.deepEqual(backwards, []);
  });
});

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The names of common table expressions in DuckDB's parse tree. */
function expressions(map: unknown): string[] {
  if (!isObject(map) || !Array.isArray(map.map)) return [];
  return map.map.flatMap((entry: unknown) => (isObject(entry) ? String(entry.key) : []));
}

it("docs/queries.md lists the views and families of the engine, each with its question", () => {
  const listed = readFileSync(join(paths.root, "docs/queries.md"), "utf8").matchAll(
    /^\| `(\w+)` +\| (.+?) +\|$/gm
  );
  const {queries} = readAllQueries(join(paths.root, "test/support"));
  assert.deepEqual(
    Array.from(listed, ([, name, question]) => `${name}: ${question}`).sort(),
    queries.map(({name, question}) => `${name}: ${question}`).sort()
  );
});
