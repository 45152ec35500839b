import type {JudgedClaim} from "../claims/judge.js";
import type {PageLink} from "../configuration.js";
import type {Evidence} from "../evidence/schema.js";
import type {Fact} from "../facts/read-facts.js";
import type {Reference} from "../references.js";
import type {Query} from "../warehouse/query.js";
import type {ChartOf} from "./chart-of.js";
import type {RowsOf} from "./rows.js";

/** The data that cells are made from. */
export interface Material {
  evidence: Evidence;
  queries: readonly Query[];
  facts: ReadonlyMap<string, Fact>;
  claims: readonly JudgedClaim[];
  /** Names, settings and titles by reference: `label.ID`, `card.ID.FIELD`, `metric.ID`. */
  texts: Readonly<Record<string, string>>;
  links: Readonly<Record<string, {title: string; url: string | null}>>;
  /** The pages of the navigation, in order. */
  pages: readonly PageLink[];
  rowsOf: RowsOf;
  chartOf: ChartOf;
  /** The series that have a colour in the report's palette. */
  colored: ReadonlySet<string>;
}

/** A reference as plain text; undefined if it is unknown. */
export function plainText(
  {facts, texts}: Pick<Material, "facts" | "texts">,
  reference: Reference
): string | undefined {
  if (reference.kind === "claim") return;
  if (reference.kind !== "fact") return texts[reference.name];
  const fact = facts.get(reference.id);
  return reference.part === "interval" ? fact && (fact.intervalText || "exact") : fact?.text;
}
