import type {DuckDBConnection} from "@duckdb/node-api";
import {z} from "zod";
import type {Fault} from "../errors/faults.js";
import {type Claim, type Verdict, verdict} from "../evidence/schema.js";
import {type Fact, familyOf} from "../facts/read.js";
import {pieces, type Reference, references} from "../references.js";
import type {Query} from "../warehouse/queries.js";

/** A claim with its verdict. */
export interface JudgedClaim extends Claim {
  verdict: Verdict;
  /** What the predicate asks. */
  question: string;
  /** The predicate, as it answers in report.duckdb. */
  sql: string;
  /** The facts that the quote and the reason name. */
  facts: string[];
  /** Quote and reason with the facts filled in, as plain text. */
  text: {quote: string; reason: string};
}

/** The view of a claim's predicate. */
export function claimView(id: string): string {
  return `claim_${id}`;
}

const row = z.object({verdict});

/**
 * Judges every claim by its predicate.
 * @param failed the queries that are at fault: claims that rest on one are not judged
 * @returns the claims, and a fault for each that has no predicate, names an unknown fact, yields
 *   anything but one verdict of the vocabulary, or is judged other than on record
 */
export async function judge(
  connection: DuckDBConnection,
  claims: readonly Claim[],
  predicates: readonly Query[],
  facts: ReadonlyMap<string, Fact>,
  texts: Readonly<Record<string, string>>,
  failed: ReadonlySet<string> = new Set()
): Promise<{claims: JudgedClaim[]; faults: Fault[]}> {
  const byId = new Map(predicates.map((query) => [query.name, query]));
  const judged: JudgedClaim[] = [];
  const faults: Fault[] = [];
  for (const claim of claims) {
    const predicate = byId.get(claimView(claim.id));
    const file = `loaders/claims/${claim.id}.sql`;
    const blame = (message: string) => faults.push({file, place: claim.id, message});
    if (predicate === undefined) {
      blame("the claim has no predicate. Write this file.");
      continue;
    }
    const named = factNames(claim);
    if (failed.has(predicate.name) || named.some((id) => failed.has(familyOf(id)))) continue;
    const unknown = named.filter((id) => !facts.has(id));
    const fill = (text: string) => fillIn(text, facts, texts);
    if (unknown.length > 0) {
      blame(`its quote or reason names the unknown fact ${unknown.join(", ")}. Correct data/claims.`);
      continue;
    }
    const rows = (await connection.runAndReadAll(`FROM ${predicate.name}`)).getRowObjectsJS();
    const parsed = row.safeParse(rows[0]);
    if (rows.length !== 1 || !parsed.success) {
      blame(
        rows.length === 1
          ? `the predicate yields ${JSON.stringify(rows[0])}. Return one of ${verdict.options.join(", ")} as verdict.`
          : `the predicate yields ${rows.length} rows. Return one, with a verdict.`
      );
      continue;
    }
    const reason = fill(claim.reason);
    if (parsed.data.verdict !== claim.expected) {
      blame(
        `“${fill(claim.quote)}” was ${claim.expected} and is ${parsed.data.verdict}: ${reason} If that is right, correct the sentence and its record in data/claims.`
      );
    }
    judged.push({
      ...claim,
      verdict: parsed.data.verdict,
      question: predicate.question,
      sql: predicate.sql,
      facts: named,
      text: {quote: fill(claim.quote), reason}
    });
  }
  for (const {name, file} of predicates) {
    if (!claims.some(({id}) => claimView(id) === name)) {
      faults.push({
        file: `loaders/${file}`,
        place: "",
        message: "no claim has this predicate. Remove it, or add the claim."
      });
    }
  }
  return {claims: judged, faults};
}

/** The facts that a claim names. It can name no other claim: that would be a fact nobody knows. */
function factNames({quote, reason}: Claim): string[] {
  const names = references(`${quote} ${reason}`).flatMap((reference) => {
    if (reference.kind === "fact") return reference.id;
    return reference.kind === "claim" ? `claim.${reference.id}` : [];
  });
  return [...new Set(names)];
}

/** The text with each reference written as the pages write it. */
function fillIn(
  text: string,
  facts: ReadonlyMap<string, Fact>,
  texts: Readonly<Record<string, string>>
): string {
  const write = (reference: Reference) => {
    if (reference.kind === "claim") return;
    if (reference.kind !== "fact") return texts[reference.name];
    const fact = facts.get(reference.id);
    return reference.part === "interval" ? fact && (fact.intervalText || "exact") : fact?.text;
  };
  return pieces(text)
    .map((piece) => (piece.kind === "reference" ? (write(piece.reference) ?? piece.source) : piece.source))
    .join("");
}
