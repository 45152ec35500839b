import {claimView} from "./claims/read.js";
import type {Fault} from "./errors/faults.js";
import {type Query, readQueries} from "./warehouse/queries.js";

/** Every query of the report: views of the warehouse, families of facts, predicates of claims. */
export function readAllQueries(): {queries: Query[]; faults: Fault[]} {
  const [views, facts, claims] = [
    readQueries("warehouse/views"),
    readQueries("facts"),
    readQueries("claims")
  ];
  return {
    queries: [
      ...views.queries,
      ...facts.queries,
      ...claims.queries.map((query) => ({...query, name: claimView(query.name)}))
    ],
    faults: [...views.faults, ...facts.faults, ...claims.faults]
  };
}

export function inFolder(queries: readonly Query[], folder: "facts" | "claims"): Query[] {
  return queries.filter(({file}) => file.startsWith(`${folder}/`));
}
