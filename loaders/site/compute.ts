// The first half of a build: evidence, warehouse, facts, claims.

import {type Alarm, readAlarms} from "../claims/alarms.js";
import {type JudgedClaim, judge} from "../claims/judge.js";
import type {Fault} from "../errors/faults.js";
import type {Evidence} from "../evidence/schema.js";
import {texts} from "../evidence/texts.js";
import {type Fact, readFacts} from "../facts/read-facts.js";
import {paths} from "../paths.js";
import type {Result} from "../results/filed-result.js";
import {evaluate, type Warehouse} from "../warehouse/evaluate.js";
import {withReaders} from "../warehouse/lineage.js";
import type {LiveBuild} from "../warehouse/live-build.js";
import type {Query} from "../warehouse/query.js";
import {ofKind, readAllQueries} from "./read-queries.js";

/** Everything a build computes before it renders a page. */
export interface Computed {
  evidence: Evidence;
  queries: Query[];
  facts: Map<string, Fact>;
  claims: JudgedClaim[];
  /** Faults of queries, and of the facts they yield. */
  faults: Fault[];
  /** The queries at fault and all that read them: their results are not known. */
  failed: ReadonlySet<string>;
  /** Faults of claims, such as a verdict other than expected; a build stops on them. */
  claimFaults: Fault[];
  /** The rows of queries that sound alarms. */
  alarms: Alarm[];
  warehouse: Warehouse;
}

/** What a computation uses besides the data; by default the report of this repository. */
export interface ComputeOptions {
  /** The folder of the report's pages, which contains queries/ and claims/. */
  report?: string;
  /** The queries in pages. */
  extra?: readonly Query[];
  /** What the pages of live series say about the build; facts do not depend on it. */
  live?: readonly LiveBuild[];
}

/**
 * Computes facts and claims; if queries are at fault, everything that does not depend on them. The caller closes the
 * warehouse.
 */
export async function compute(
  evidence: Evidence,
  results: readonly Result[] = [],
  {report = paths.src, extra = [], live = []}: ComputeOptions = {}
): Promise<Computed> {
  const {queries, faults: ofFiles} = readAllQueries(report, extra);
  const warehouse = await evaluate(evidence, queries, results, live);
  const {connection, faults: refused} = warehouse;
  const answered = queries.filter(({name}) => !warehouse.missing.has(name));
  const {facts, faults: ofFacts} = await readFacts(connection, ofKind(answered, "family"));
  const faults = [...ofFiles, ...refused, ...ofFacts];
  const failed = withReaders([...warehouse.missing, ...ofFacts.map(({place}) => place)], queries);
  const words = texts(evidence);
  const predicates = ofKind(queries, "predicate");
  const {claims, faults: claimFaults} = await judge(
    connection,
    evidence.claims,
    predicates,
    facts,
    words,
    failed
  );
  const {alarms, faults: alarmFaults} = await readAlarms(connection, queries, facts, words, failed);
  faults.push(...alarmFaults);
  return {evidence, queries, facts, claims, faults, failed, claimFaults, alarms, warehouse};
}
