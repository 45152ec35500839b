import {readFileSync, rmSync} from "node:fs";
import {type DuckDBConnection, DuckDBInstance, type DuckDBValue} from "@duckdb/node-api";
import {type Fault, stopOn} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import {type Column, type Evidence, specUnits, type Table} from "../evidence/schema.js";
import type {Result} from "../results/filed-result.js";
import {resultRows} from "../results/result-rows.js";
import {insert} from "./insert.js";
import {inOrder, mentioned} from "./lineage.js";
import type {LiveBuild} from "./live-build.js";
import {Pool} from "./pool.js";
import type {Query} from "./query.js";
import {runSettings} from "./run-settings.js";

/** A warehouse in memory, in which every query is a table of its result. */
export interface Warehouse {
  connection: DuckDBConnection;
  /** One for each query that DuckDB refuses. */
  faults: Fault[];
  /** The queries that are no table: those refused, and those that read them. */
  missing: ReadonlySet<string>;
  close(): void;
}

/** Small blocks keep the file small: the evidence of one report is some kilobytes. */
const BLOCK_SIZE = 16384;

/**
 * Answers every query on the evidence once, in memory. Queries that read other queries read their results.
 * @param live what the pages of live series say of the build
 */
export async function evaluate(
  evidence: Evidence,
  queries: readonly Query[],
  results: readonly Result[] = [],
  live: readonly LiveBuild[] = []
): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(":memory:", {threads: "1"});
  const [connection, second] = await Promise.all([instance.connect(), instance.connect()]);
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await load(connection, evidence, results);
    const builds = live.map(({series, is_measured, is_stale, age, day}) => [
      series,
      is_measured,
      is_stale,
      age,
      day
    ]);
    await insert(connection, "live_build", builds);
    // The tables are small: to plan a query better takes longer than to answer it as it stands.
    for (const each of [connection, second]) await each.run("PRAGMA disable_optimizer");
    const created = await create([connection, second], "TABLE", queries);
    second.closeSync();
    return {connection, close, ...created};
  } catch (error) {
    close();
    throw error;
  }
}

/** A fault for each query that DuckDB refuses whatever the evidence: it names what is not there, or is no SQL. */
export async function queryFaults(queries: readonly Query[]): Promise<Fault[]> {
  const instance = await DuckDBInstance.create(":memory:", {threads: "1"});
  const connection = await instance.connect();
  try {
    await createTables(connection);
    return (await create([connection], "VIEW", queries)).faults;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * Writes the evidence, the macros and the queries, as views, into a DuckDB file: the file the site ships.
 * @param path the file to write, replaced if it exists
 */
export async function writeWarehouse(
  evidence: Evidence,
  queries: readonly Query[],
  path: string,
  results: readonly Result[] = []
): Promise<void> {
  rmSync(path, {force: true});
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(`ATTACH '${path.replaceAll("'", "''")}' AS report (BLOCK_SIZE ${BLOCK_SIZE})`);
    await connection.run("USE report");
    await load(connection, evidence, results);
    stopOn((await create([connection], "VIEW", queries)).faults);
    await connection.run("CHECKPOINT report");
    await connection.run("USE memory");
    await connection.run("DETACH report");
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function load(
  connection: DuckDBConnection,
  evidence: Evidence,
  results: readonly Result[]
): Promise<void> {
  await createTables(connection);
  for (const [table, rows] of [...tableRows(evidence), ...resultRows(results)])
    await insert(connection, table, rows);
  await insert(connection, "run_setting", results.flatMap(runSettings));
}

async function createTables(connection: DuckDBConnection): Promise<void> {
  for (const file of ["schema.sql", "results.sql", "macros.sql"]) {
    await connection.run(readFileSync(new URL(file, import.meta.url), "utf8"));
  }
}

/** What became of a query: “skipped” if one that it reads was not created. */
type Outcome = "created" | "skipped" | Fault;

/** Creates each query as soon as those that it reads are there, on all connections at once. */
async function create(
  connections: readonly DuckDBConnection[],
  kind: "TABLE" | "VIEW",
  queries: readonly Query[]
): Promise<Pick<Warehouse, "faults" | "missing">> {
  const pool = new Pool(connections);
  const outcomes = new Map<string, Promise<Outcome>>();
  const attempt = async ({name, file, sql}: Query, reads: readonly string[]): Promise<Outcome> => {
    const before = await Promise.all(reads.map((read) => outcomes.get(read)));
    const isSkipped = before.some((outcome) => outcome !== "created");
    const statement = `CREATE ${kind} ${name} AS ${sql}`;
    try {
      // One that reads a query at fault cannot be answered, but may be no SQL itself.
      if (isSkipped) await pool.use((connection) => connection.extractStatements(statement));
      else await pool.use((connection) => connection.run(statement));
      return isSkipped ? "skipped" : "created";
    } catch (error) {
      const message = messageOf(error);
      return {file, place: name, message: `${message} Correct the query.`};
    }
  };
  for (const query of inOrder(queries)) outcomes.set(query.name, attempt(query, mentioned(query, outcomes)));
  const settled = await Promise.all(
    Array.from(outcomes, async ([name, outcome]) => [name, await outcome] as const)
  );
  return {
    faults: settled.flatMap(([, outcome]) => (typeof outcome === "string" ? [] : [outcome])),
    missing: new Set(settled.flatMap(([name, outcome]) => (outcome === "created" ? [] : [name])))
  };
}

/** The rows of every base table, as the evidence gives them. */
export function tableRows(evidence: Evidence): [table: string, rows: DuckDBValue[][]][] {
  return [
    ["source", evidence.sources.map((s) => [s.id, s.title, s.kind, s.author, s.url, s.date, s.note])],
    ["metric", evidence.metrics.map((m) => [m.id, m.name, m.unit, m.definition, m.source])],
    [
      "series",
      evidence.series.map((s) => [s.id, s.label, s.role, s.source, s.place, s.incomparable, s.live !== null])
    ],
    [
      "setting",
      evidence.series.flatMap((s) => {
        const lines = new Map(Object.entries(s.lines));
        return Object.entries(s.settings).map(([field, value], i) => [
          s.id,
          i,
          field,
          value === null ? null : String(value),
          typeof value === "number" ? value : null,
          lines.has(field) ? `line ${lines.get(field)}` : s.place
        ]);
      })
    ],
    [
      "printed",
      evidence.tables.flatMap((table) => table.columns.flatMap((column, i) => printedRows(table, column, i)))
    ],
    [
      "statement",
      evidence.statements.map((s) => [
        s.id,
        s.value,
        halfWidth(s.decimals),
        s.unit,
        s.quote,
        s.place,
        s.source
      ])
    ],
    ...hardwareRows(evidence),
    ...modelRows(evidence)
  ];
}

const unitOf = new Map<string, string>(Object.entries(specUnits));

function hardwareRows({hardware}: Evidence): [table: string, rows: DuckDBValue[][]][] {
  return [
    ["hardware", hardware.map((card) => [card.id, card.label, card.product])],
    [
      "hardware_spec",
      hardware.flatMap(({id, specs}) =>
        Object.entries(specs).flatMap(([field, spec]) =>
          spec === null ? [] : [[id, field, spec.value, unitOf.get(field) ?? "1", spec.source, spec.place]]
        )
      )
    ]
  ];
}

function modelRows({models}: Evidence): [table: string, rows: DuckDBValue[][]][] {
  return [
    ["model", models.map((card) => [card.id, card.label, card.source, card.place])],
    [
      "model_config",
      models.flatMap(({id, config}) =>
        Object.entries(config).map(([field, value]) => [id, field, Number(value)])
      )
    ],
    [
      "model_stated",
      models.flatMap(({id, stated}) =>
        stated.map((number) => [id, number.id, number.value, number.unit, number.source, number.place])
      )
    ],
    [
      "model_checkpoint",
      models.flatMap(({id, router_gate, mtp_projection, checkpoints}) =>
        checkpoints.map((c) => [
          c.id,
          id,
          c.label,
          c.quantisation,
          c.bits,
          c.group_size,
          c.scale_bits,
          c.zero_bits,
          c.unconverted_bits,
          router_gate.bits,
          router_gate.replicated,
          mtp_projection.bits,
          mtp_projection.replicated,
          c.includes_mtp,
          c.source,
          c.place
        ])
      )
    ],
    [
      "unconverted_module",
      models.flatMap(({checkpoints}) =>
        checkpoints.flatMap((c) => c.modules_to_not_convert.map((module) => [c.id, module]))
      )
    ]
  ];
}

function printedRows(table: Table, column: Column, index: number): DuckDBValue[][] {
  return table.rows.map(({concurrency, values}) => [
    table.id,
    column.role,
    column.series,
    column.role === "derived" ? column.baseline : null,
    column.metric,
    concurrency,
    values[index] ?? Number.NaN,
    halfWidth(column.decimals),
    column.unit,
    table.source,
    `${table.place}, column “${column.printed}”`
  ]);
}

/** Half a unit of the last printed digit; 0 for a number stated exactly. */
function halfWidth(decimals: number | null): number {
  return decimals === null ? 0 : 0.5 * 10 ** -decimals;
}
