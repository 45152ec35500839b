import type {DuckDBConnection} from "@duckdb/node-api";
import {z} from "zod";
import type {Fault} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import {type Claim, type Verdict, verdict} from "../evidence/schema.js";
import {type Fact, familyOf} from "../facts/read-facts.js";
import type {Query} from "../warehouse/query.js";
import {whereSql} from "../warehouse/where.js";
import {factNames, fillIn} from "./fill-in.js";

/** A claim with its verdict. */
export interface JudgedClaim extends Claim {
  verdict: Verdict;
  /** What the predicate asks. */
  question: string;
  /** The query for the verdict; it runs in report.duckdb. */
  sql: string;
  /** The facts that the quote and the reason name. */
  facts: string[];
  /** Quote and reason with the facts filled in, as plain text. */
  text: {quote: string; reason: string};
}

/** The view of the predicate in src/claims/NAME.sql. */
export function predicateView(name: string): string {
  return `claim_${name}`;
}

/** The view that gives a claim its verdict: of its own predicate, or of one it shares with other claims. */
export function claimView({id, predicate = id}: Pick<Claim, "id" | "predicate">): string {
  return predicateView(predicate);
}

const row = z.object({verdict});

/**
 * Judges every claim by its predicate.
 * @param failed the queries at fault: claims that rest on one are not judged
 * @returns the claims, and a fault for each that has no predicate, names an unknown fact, does not yield exactly
 *   one known verdict, or yields another verdict than expected
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
    const predicate = byId.get(claimView(claim));
    const file = predicate?.file ?? `src/claims/${claim.predicate ?? claim.id}.sql`;
    const blame = (message: string) => faults.push({file, place: claim.id, message});
    if (predicate === undefined) {
      blame("the claim has no predicate. Write this file.");
      continue;
    }
    const named = factNames(`${claim.quote} ${claim.reason}`);
    if (failed.has(predicate.name) || named.some((id) => failed.has(familyOf(id)))) continue;
    const unknown = named.filter((id) => !facts.has(id));
    const fill = (text: string) => fillIn(text, facts, texts);
    if (unknown.length > 0) {
      blame(`its quote or reason names the unknown fact ${unknown.join(", ")}. Correct data/claims.`);
      continue;
    }
    const answer = await verdictOn(connection, claim);
    if ("fault" in answer) {
      blame(answer.fault);
      continue;
    }
    const reason = fill(claim.reason);
    if (answer.verdict !== claim.expected) {
      blame(
        `“${fill(claim.quote)}” was ${claim.expected} and is ${answer.verdict}: ${reason} If that is right, correct the sentence and its record in data/claims.`
      );
    }
    judged.push({
      ...claim,
      verdict: answer.verdict,
      question: predicate.question,
      sql: claim.where === undefined ? predicate.sql : verdictSql(claim),
      facts: named,
      text: {quote: fill(claim.quote), reason}
    });
  }
  for (const {name, file} of predicates) {
    if (!claims.some((claim) => claimView(claim) === name)) {
      faults.push({
        file,
        place: "",
        message: "no claim has this predicate. Remove it, or add the claim."
      });
    }
  }
  return {claims: judged, faults};
}

/** The single verdict that the predicate yields for a claim, or what is wrong. */
async function verdictOn(
  connection: DuckDBConnection,
  claim: Claim
): Promise<{verdict: Verdict} | {fault: string}> {
  let rows: Record<string, unknown>[];
  try {
    rows = (await connection.runAndReadAll(verdictSql(claim))).getRowObjectsJS();
  } catch (error) {
    return {
      fault: `the predicate cannot be evaluated: ${messageOf(error)} Return a column “verdict”, and those that “where” in the record names.`
    };
  }
  if (rows.length !== 1) {
    const place = claim.where === undefined ? "" : ` for ${JSON.stringify(claim.where)}`;
    return {fault: `the predicate yields ${rows.length} rows${place}. Return one, with a verdict.`};
  }
  const parsed = row.safeParse(rows[0]);
  if (parsed.success) return parsed.data;
  const options = verdict.options.join(", ");
  return {fault: `the predicate yields ${JSON.stringify(rows[0])}. Return one of ${options} as verdict.`};
}

function verdictSql(claim: Claim): string {
  return `SELECT verdict\nFROM ${claimView(claim)}${whereSql(claim.where ?? {})}`;
}
