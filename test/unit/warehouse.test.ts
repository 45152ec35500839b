import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, dirname, join} from "node:path";
import {after, before, describe, it} from "node:test";
import {formatFault} from "../../loaders/errors/faults.js";
import {readFacts} from "../../loaders/facts/read-facts.js";
import {compute} from "../../loaders/site/compute.js";
import {readAllQueries} from "../../loaders/site/read-queries.js";
import {evaluate, queryFaults, type Warehouse} from "../../loaders/warehouse/evaluate.js";
import {insert} from "../../loaders/warehouse/insert.js";
import {inOrder, mentioned, withReaders} from "../../loaders/warehouse/lineage.js";
import {parseQuery, type Query} from "../../loaders/warehouse/query.js";
import {madeEvidence, madeSeries, madeTable} from "../support/made-evidence.js";
import {root} from "../support/workspace.js";

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

  it("knows everything that reads a query, directly or through others", () => {
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
    warehouse = await evaluate(madeEvidence({}), []);
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
  async function faultsOf(queries: Query[]): Promise<string[]> {
    const {connection, faults, missing, close} = await evaluate(madeEvidence({}), queries);
    const answered = queries.filter(({name}) => !missing.has(name));
    const {faults: ofFacts} = await readFacts(connection, answered);
    close();
    return [...faults, ...ofFacts].map(formatFault);
  }

  it("accepts a fact with one row per key", async () => {
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

  it("names every row at fault, in one line per query", async () => {
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

describe("the text of a query", () => {
  it("begins with its question, and says what else it is", () => {
    const text = "-- How fast?\n-- format: .1f ms\n-- may be empty\n-- A note.\nSELECT 1;\n";
    assert.deepEqual(parseQuery("speed", "src/a.md", 7, text), {
      name: "speed",
      file: "src/a.md",
      line: 7,
      kind: "family",
      question: "How fast?",
      format: ".1f ms",
      mayBeEmpty: true,
      alarm: undefined,
      sql: "-- A note.\nSELECT 1"
    });
  });

  it("without a format is a view", () => {
    const {kind, format, alarm} = parseQuery("speed", "a.sql", 1, "-- How fast?\n-- alarm: slow\nSELECT 1");
    assert.deepEqual([kind, format, alarm], ["view", undefined, "slow"]);
  });
});

describe("all queries", () => {
  /** The queries of a report with these files, and some from its pages. */
  function read(files: Readonly<Record<string, string>>, extra: readonly Query[] = []) {
    const folder = mkdtempSync(join(tmpdir(), "benchbook-report-"));
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), {recursive: true});
        writeFileSync(join(folder, name), text);
      }
      const {queries, faults} = readAllQueries(folder, extra);
      return {queries, faults: faults.map((fault) => formatFault({...fault, file: basename(fault.file)}))};
    } finally {
      rmSync(folder, {recursive: true});
    }
  }

  it("are those of the engine, of the report and of its pages", () => {
    const cell = parseQuery("in_page", "src/page.md", 12, "-- What?\nSELECT 1");
    const {queries, faults} = read(
      {
        "queries/rows.sql": "-- What?\nSELECT 1",
        "queries/numbers.sql": "-- What?\n-- format: .0f\nSELECT 1",
        "claims/so.sql": "-- Is it so?\nSELECT 'holds' AS verdict"
      },
      [cell]
    );
    assert.deepEqual(faults, []);
    const kinds = new Map(queries.map(({name, kind}) => [name, kind]));
    assert.deepEqual(
      ["speedup", "throughput", "rows", "numbers", "in_page", "claim_so"].map((name) => kinds.get(name)),
      ["view", "family", "view", "family", "view", "predicate"]
    );
  });

  it("may be empty if they are families of the engine, otherwise only if they say so", () => {
    const {queries} = read({"queries/numbers.sql": "-- What?\n-- format: .0f\nSELECT 1"});
    const empty = new Map(queries.map(({name, mayBeEmpty}) => [name, mayBeEmpty]));
    assert.deepEqual([empty.get("ttft"), empty.get("numbers")], [true, false]);
  });

  it("ask a question, each under its own name", () => {
    const cell = parseQuery("rows", "src/page.md", 12, "-- What?\nSELECT 1");
    const {queries, faults} = read(
      {
        "queries/late-runs.sql": "-- What?\nSELECT 1",
        "queries/rows.sql": "SELECT 1",
        "queries/ttft.sql": "-- What?\nSELECT 1"
      },
      [cell]
    );
    assert.deepEqual(
      faults.map((fault) => fault.replace(/ in \S*\//, " in …/")),
      [
        "late-runs.sql: line 1: “late-runs” is not a valid query name. Write it in lower-case letters, digits and _.",
        "rows.sql: line 1: the first line must ask the question. Begin with a line like “-- Which …?”.",
        "ttft.sql: line 1: another query is named “ttft”, in …/ttft.sql, line 1. Give one of the two another name.",
        "page.md: line 12: another query is named “rows”, in …/rows.sql, line 1. Give one of the two another name."
      ]
    );
    assert.equal(queries.filter(({name}) => name === "rows").length, 1);
  });

  it("of the engine have no fault on a stranger's evidence", async () => {
    const series = [madeSeries("bf16", {model: "m"}), madeSeries("fp8", {model: "m", quantisation: "FP8"})];
    const tables = [
      madeTable("bf16", "system_throughput", "tok/s", {1: 100, 4: 400}),
      madeTable("fp8", "system_throughput", "tok/s", {1: 80, 4: 500})
    ];
    const computed = await compute(madeEvidence({series, tables}), [], {report: join(root, "test/support")});
    assert.deepEqual([computed.faults, computed.claimFaults], [[], []]);
    const value = (id: string) => computed.facts.get(id)?.value.toFixed(4);
    computed.warehouse.close();
    assert.deepEqual(
      ["throughput.fp8.c4", "series_lead.bf16.fp8.c1", "tpot.bf16.c4", "series_break_even.bf16.fp8.1"].map(
        value
      ),
      // 1 + 3 · 0.2 / (0.2 + 0.25): the lead of FP8 is −0.2 at 1 and 0.25 at 4.
      ["500.0000", "0.2500", "10.0000", "2.3333"]
    );
    assert.equal(value("series_difference.bf16.fp8.not_stated_for_one"), "1.0000");
  });
});

describe("rows of a base table", () => {
  let warehouse: Warehouse;
  before(async () => {
    warehouse = await evaluate(madeEvidence({}), []);
  });
  after(() => warehouse.close());
  const row = {model: "m", field: "layers", value: 2, text: "2"};

  it("are put into its columns by name", async () => {
    const {model, field, value, text} = row;
    await insert(warehouse.connection, "model_config", [{text, value, field, model}]);
    const found = await warehouse.connection.runAndReadAll("FROM model_config");
    assert.deepEqual(found.getRowObjectsJS(), [row]);
  });

  it("have all of its columns and no others", async () => {
    const {value: _, ...narrow} = row;
    await assert.rejects(insert(warehouse.connection, "model_config", [narrow]), {
      message: "a row of model_config lacks the column value. Add it, as null if it is unknown."
    });
    await assert.rejects(insert(warehouse.connection, "model_config", [{...row, colour: "red"}]), {
      message: "the table model_config has no column colour. Correct its rows or its schema."
    });
  });
});
