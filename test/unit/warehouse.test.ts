import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import {formatFault} from "../../loaders/errors/faults.js";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {readFacts} from "../../loaders/facts/read-facts.js";
import {paths} from "../../loaders/paths.js";
import {evaluate, queryFaults, type Warehouse} from "../../loaders/warehouse/evaluate.js";
import {inOrder, mentioned, withReaders} from "../../loaders/warehouse/lineage.js";
import {parseQuery, type Query} from "../../loaders/warehouse/query.js";

function query(name: string, sql: string, format: string | undefined = ".1f"): Query {
  return {...parseQuery(name, `loaders/facts/${name}.sql`, 1, `-- What?\n${sql}`), kind: "family", format};
}

const columns = "1 AS low, 2 AS high, 'ms' AS unit, 'none' AS interval_kind, [] AS sources";

describe("the order of queries", () => {
  it("puts each query after those it reads", () => {
    const queries = [query("a", "FROM b JOIN c"), query("b", "FROM\n  c"), query("c", "SELECT 1")];
    assert.deepEqual(
      inOrder(queries).map(({name}) => name),
      ["c", "b", "a"]
    );
  });

  it("lets a query mention its own name and names it does not know", () => {
    assert.deepEqual(inOrder([query("a", "FROM a JOIN printed")]).length, 1);
  });

  it("names the circle of queries that read each other", () => {
    assert.throws(
      () => inOrder([query("a", "FROM b"), query("b", "FROM a")]),
      /^FaultsError: loaders\/facts\/a\.sql: a: the queries read each other: a → b → a\. Break the circle\.$/
    );
  });

  it("knows all that read a query, directly or through others", () => {
    const queries = [
      query("a", "SELECT 1"),
      query("b", "FROM a"),
      query("c", "FROM b"),
      query("d", "SELECT 1")
    ];
    assert.deepEqual([...withReaders(["a"], queries)], ["a", "b", "c"]);
  });

  it("knows what a query reads, each name once", () => {
    const known = new Map([query("a", ""), query("b", "")].map((q) => [q.name, q]));
    assert.deepEqual(mentioned(query("c", "SELECT b FROM a JOIN a AS x ON 1 JOIN unknown"), known), ["a"]);
  });
});

describe("the arithmetic of intervals", () => {
  let warehouse: Warehouse;
  before(async () => {
    warehouse = await evaluate(readEvidence(paths.data), []);
  });
  after(() => warehouse.close());

  const cases: [sql: string, value: number, low: number, high: number][] = [
    ["quantity(68, 0.5)", 68, 67.5, 68.5],
    ["exact(3)", 3, 3, 3],
    ["ratio(quantity(60, 10), quantity(20, 5))", 3, 2, 70 / 15],
    ["product(quantity(3, 1), quantity(4, 2))", 12, 4, 24],
    ["difference(quantity(10, 1), quantity(4, 2))", 6, 3, 9],
    ["scaled(quantity(10, 1), 3)", 30, 27, 33],
    ["shifted(quantity(10, 1), -1)", 9, 8, 10]
  ];
  for (const [sql, value, low, high] of cases) {
    it(`${sql} is ${value} in [${low}, ${high}]`, async () => {
      const rows = (await warehouse.connection.runAndReadAll(`SELECT unnest(${sql})`)).getRowObjectsJS();
      const [row] = rows;
      for (const [name, expected] of Object.entries({value, low, high})) {
        assert.ok(Math.abs(Number(row?.[name]) - expected) < 1e-12, `${name} is ${row?.[name]}`);
      }
    });
  }

  it("merges sources, each once and in order", async () => {
    const rows = await warehouse.connection.runAndReadAll("SELECT merged(['b', 'a'], ['c', 'a']) AS all");
    assert.deepEqual(rows.getRowObjectsJS(), [{all: ["a", "b", "c"]}]);
  });
});

describe("faults of queries", () => {
  const evidence = readEvidence(paths.data);

  async function faultsOf(queries: Query[]): Promise<string[]> {
    const {connection, faults, missing, close} = await evaluate(evidence, queries);
    const answered = queries.filter(({name}) => !missing.has(name));
    const {faults: ofFacts} = await readFacts(connection, answered);
    close();
    return [...faults, ...ofFacts].map(formatFault);
  }

  it("accepts a fact with one row a key", async () => {
    assert.deepEqual(await faultsOf([query("good", `SELECT 1 AS value, ${columns}`)]), []);
  });

  it("names every query that DuckDB refuses, and not those that read them", async () => {
    const faults = await faultsOf([
      query("broken", "SELECT nothing FROM nowhere"),
      query("reader", `SELECT value, ${columns} FROM broken`),
      query("wrong_reader", "SELEKT value FROM broken"),
      query("misspelt", "SELEKT 1")
    ]);
    assert.deepEqual(
      faults
        .map(
          (fault) =>
            /^loaders\/facts\/(\w+)\.sql: \1: .*(nowhere|SELEKT).* Correct the query\.$/.exec(fault)?.[1]
        )
        .sort(),
      ["broken", "misspelt", "wrong_reader"]
    );
  });

  it("needs no evidence to name the queries that DuckDB refuses", async () => {
    const faults = await queryFaults([
      query("broken", "SELECT nothing FROM printed"),
      query("good", "SELECT value FROM printed")
    ]);
    assert.deepEqual(
      faults.map(({place}) => place),
      ["broken"]
    );
  });

  it("names every row at fault in one line a query", async () => {
    const rows = `SELECT k, 'inf'::DOUBLE AS value, ${columns} FROM (VALUES (1), (2), (3)) AS t(k)`;
    const faults = await faultsOf([query("infinite", rows)]);
    assert.equal(faults.length, 1);
    assert.match(faults[0] ?? "", /row 0: .* \(and 2 rows more\)\. Return value/);
  });

  it("refuses a fact that yields no row", async () => {
    assert.deepEqual(await faultsOf([query("empty", `SELECT 1 AS value, ${columns} WHERE FALSE`)]), [
      "loaders/facts/empty.sql: empty: the query yields no row. Give it evidence, or remove it."
    ]);
  });

  it("refuses a fact that yields several rows for one key", async () => {
    assert.deepEqual(
      await faultsOf([
        query("twice", `SELECT 'x' AS k, value, ${columns} FROM (VALUES (1), (2)) AS t(value)`)
      ]),
      [
        "loaders/facts/twice.sql: twice: the query yields several rows for twice.x. Make its keys tell them apart."
      ]
    );
  });

  it("refuses a fact without a format", async () => {
    const [fault] = await faultsOf([query("bare", `SELECT 1 AS value, ${columns}`, "")]);
    assert.match(fault ?? "", /bare: nothing says how its numbers are written\. Add a second line/);
  });

  it("refuses rows that lack a column, or whose value is not finite", async () => {
    const faults = await faultsOf([
      query("narrow", "SELECT 1 AS value"),
      query("infinite", `SELECT 'inf'::DOUBLE AS value, ${columns}`),
      query("none", `SELECT NULL AS value, ${columns}`)
    ]);
    assert.deepEqual(
      faults.map((fault) => fault.split(":")[1]?.trim()),
      ["narrow", "infinite", "none"]
    );
    for (const fault of faults)
      assert.match(fault, /Return value, low, high, unit, interval_kind and sources/);
  });
});
