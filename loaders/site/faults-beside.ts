// What else is wrong when a build must stop: every fault that does not depend on those already found.

import type {Fault} from "../errors/faults.js";
import {texts} from "../evidence/texts.js";
import {familyOf} from "../facts/read-facts.js";
import {checkPages} from "../pages/check.js";
import {readPageQueries} from "../pages/page-queries.js";
import {pagesOf} from "../pages/page-source.js";
import {paths} from "../paths.js";
import {queryFaults} from "../warehouse/evaluate.js";
import type {Computed} from "./compute.js";
import {ofKind, readAllQueries} from "./read-queries.js";

/** Faults in queries and pages that do not depend on the evidence, to list beside the evidence's own. */
export async function faultsBesideEvidence(markdown: ReadonlyMap<string, string>): Promise<Fault[]> {
  const {queries, faults} = readAllQueries(paths.src, readPageQueries(markdown));
  const families = new Set(ofKind(queries, "family").map(({name}) => name));
  const nothing = {facts: {}, texts: {}, links: {}, claims: {}};
  return [
    ...faults,
    ...(await queryFaults(queries)),
    ...checkPages(nothing, pagesOf(markdown, []), {
      isExcused: (kind, name) => (kind === "fact" ? families.has(familyOf(name)) : true)
    })
  ];
}

/** Unknown names in pages that the queries at fault would not provide either, to list beside those queries. */
export function faultsBesideQueries(
  {evidence, facts, claims, failed}: Computed,
  markdown: ReadonlyMap<string, string>
): Fault[] {
  const names = {
    facts: Object.fromEntries(facts),
    texts: texts(evidence),
    links: Object.fromEntries(evidence.sources.map(({id}) => [`source.${id}`, true])),
    claims: Object.fromEntries(claims.map((claim) => [claim.id, claim]))
  };
  const recorded = new Set(evidence.claims.map(({id}) => id));
  return checkPages(names, pagesOf(markdown, []), {
    isExcused: (kind, name) =>
      kind === "fact" ? failed.has(familyOf(name)) : kind === "claim" && recorded.has(name)
  });
}
