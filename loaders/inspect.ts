// What else is wrong where a build must stop: all that can be told without what is at fault.

import type {Computed} from "./compute.js";
import type {Fault} from "./errors/faults.js";
import {texts} from "./evidence/texts.js";
import {familyOf} from "./facts/read-facts.js";
import {checkPages} from "./pages/check.js";
import {explorableNames, figureNames, reportTableNames, tableNames} from "./pages/findings/names.js";
import {readPages} from "./pages/read.js";
import {ofKind, readAllQueries} from "./queries.js";
import {queryFaults} from "./warehouse/evaluate.js";

const material = {
  figures: named(figureNames),
  tables: named([...tableNames, ...reportTableNames]),
  explorables: named(explorableNames)
};

/** Beside faults of the evidence: queries that no evidence could answer, names that none could give. */
export async function faultsBesideEvidence(): Promise<Fault[]> {
  const {queries, faults} = readAllQueries();
  const families = new Set(ofKind(queries, "family").map(({name}) => name));
  const nothing = {facts: {}, texts: {}, links: {}, claims: {}};
  return [
    ...faults,
    ...(await queryFaults(queries)),
    ...checkPages({...nothing, ...material}, readPages(), (kind, name) =>
      kind === "fact" ? families.has(familyOf(name)) : true
    )
  ];
}

/** Beside faults of queries: names in pages that those queries would not give either. */
export function faultsBesideQueries({evidence, facts, claims, failed}: Computed): Fault[] {
  const names = {
    facts: Object.fromEntries(facts),
    texts: texts(evidence),
    links: named(evidence.sources.map(({id}) => `source.${id}`)),
    claims: Object.fromEntries(claims.map((claim) => [claim.id, claim]))
  };
  const recorded = new Set(evidence.claims.map(({id}) => id));
  return checkPages({...names, ...material}, readPages(), (kind, name) =>
    kind === "fact" ? failed.has(familyOf(name)) : kind === "claim" && recorded.has(name)
  );
}

function named(names: readonly string[]): Record<string, true> {
  return Object.fromEntries(names.map((name) => [name, true]));
}
