import {isDeepStrictEqual} from "node:util";
import type {DuckDBPreparedStatement} from "@duckdb/node-api";
import {claimView, type JudgedClaim, judge} from "../../loaders/claims/judge.js";
import {stopOn} from "../../loaders/errors/faults.js";
import type {Evidence} from "../../loaders/evidence/schema.js";
import {texts} from "../../loaders/evidence/texts.js";
import {type Fact, readFacts} from "../../loaders/facts/read-facts.js";
import {references} from "../../loaders/references.js";
import type {Computed} from "../../loaders/site/compute.js";
import {evidenceRows} from "../../loaders/warehouse/evidence-rows.js";
import {insert} from "../../loaders/warehouse/insert.js";
import {inOrder, mentioned} from "../../loaders/warehouse/lineage.js";
import {parseQuery, type Query} from "../../loaders/warehouse/query.js";

/** The queries that some of them need, those included; `ordered` so that each comes after what it reads. */
function neededBy(isWanted: (query: Query) => boolean, ordered: readonly Query[]): Query[] {
  const known = new Map(ordered.map((query) => [query.name, query]));
  const needed = new Set<string>();
  for (const query of ordered.toReversed()) {
    if (!isWanted(query) && !needed.has(query.name)) continue;
    needed.add(query.name);
    for (const name of mentioned(query, known)) needed.add(name);
  }
  return ordered.filter(({name}) => needed.has(name));
}

/** The effect of a change to the evidence: the facts and claims that had to be recomputed. */
export interface Recomputed {
  facts: ReadonlyMap<string, Fact | undefined>;
  claims: readonly JudgedClaim[];
  /** The claims that the build names in a fault. */
  reported: readonly string[];
}

/**
 * Computes only what changed evidence changes: only queries that read a table with changed rows run again.
 * Leaves the warehouse as it was.
 */
export class Incremental {
  readonly #computed: Computed;
  readonly #queries: readonly Query[];
  readonly #readers: ReadonlyMap<string, Query>;
  readonly #kept = new Map<string, string>();
  readonly #prepared = new Map<string, Promise<DuckDBPreparedStatement>>();

  private constructor(computed: Computed) {
    this.#computed = computed;
    this.#queries = neededBy(({kind}) => kind !== "view", inOrder(computed.queries));
    const tables = evidenceRows(computed.evidence).map(([name]) => [name, {name}] as const);
    this.#readers = new Map<string, Query>([
      ...tables.map(([name]) => [name, parseQuery(name, "", 1, "")] as const),
      ...this.#queries.map((query) => [query.name, query] as const)
    ]);
  }

  /** Records the content of every table, to compare with. */
  static async of(computed: Computed): Promise<Incremental> {
    const incremental = new Incremental(computed);
    for (const {name} of incremental.#queries) incremental.#kept.set(name, await incremental.#hash(name));
    return incremental;
  }

  async change(evidence: Evidence): Promise<Recomputed> {
    const {connection} = this.#computed.warehouse;
    const before = new Map(evidenceRows(this.#computed.evidence));
    const dirty = new Set<string>();
    await connection.run("BEGIN");
    try {
      for (const [name, rows] of evidenceRows(evidence)) {
        if (isDeepStrictEqual(rows, before.get(name))) continue;
        dirty.add(name);
        await connection.run(`DELETE FROM ${name}`);
        await insert(connection, name, rows);
      }
      for (const query of this.#queries) {
        if (!mentioned(query, this.#readers).some((name) => dirty.has(name))) continue;
        await (await this.#prepare(`DELETE FROM ${query.name}`)).run();
        await (await this.#prepare(`INSERT INTO ${query.name} ${query.sql}`)).run();
        if ((await this.#hash(query.name)) !== this.#kept.get(query.name)) dirty.add(query.name);
      }
      return await this.#read(evidence, dirty);
    } finally {
      await connection.run("ROLLBACK");
    }
  }

  async #hash(name: string): Promise<string> {
    const hash = await this.#prepare(`SELECT count(*), sum(hash(row)::HUGEINT) FROM ${name} AS row`);
    return String((await hash.runAndReadAll()).getRows()[0]);
  }

  /** Planning takes two fifths of the time of a small query, so each is planned once. */
  #prepare(sql: string): Promise<DuckDBPreparedStatement> {
    const prepared = this.#prepared.get(sql) ?? this.#computed.warehouse.connection.prepare(sql);
    this.#prepared.set(sql, prepared);
    return prepared;
  }

  async #read(evidence: Evidence, dirty: ReadonlySet<string>): Promise<Recomputed> {
    const {warehouse, facts: kept} = this.#computed;
    const families = this.#queries.filter(({name, kind}) => kind === "family" && dirty.has(name));
    const {facts: changed, faults} = await readFacts(warehouse.connection, families);
    stopOn(faults);
    const names = new Set(families.map(({name}) => name));
    const facts = new Map([...[...kept].filter(([, {family}]) => !names.has(family)), ...changed]);
    const claims = evidence.claims.filter((claim) => {
      const {quote, reason} = claim;
      return (
        dirty.has(claimView(claim)) ||
        references(`${quote} ${reason}`).some(
          (reference) =>
            reference.kind === "text" ||
            (reference.kind === "fact" && names.has(kept.get(reference.id)?.family ?? ""))
        )
      );
    });
    const ids = new Set(claims.map(claimView));
    const predicates = this.#queries.filter(({name}) => ids.has(name));
    const judged = await judge(warehouse.connection, claims, predicates, facts, texts(evidence));
    const moved = [...kept.values()].filter(({family}) => names.has(family)).map(({id}) => id);
    return {
      facts: new Map(moved.map((id) => [id, changed.get(id)])),
      claims: judged.claims,
      reported: judged.faults.map(({place}) => place)
    };
  }
}
