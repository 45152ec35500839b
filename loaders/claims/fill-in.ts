import type {Fact} from "../facts/read-facts.js";
import {pieces, type Reference, references} from "../references.js";

/** The facts that a text names. It may not name a claim: the claim is returned as an unknown fact. */
export function factNames(text: string): string[] {
  const names = references(text).flatMap((reference) => {
    if (reference.kind === "fact") return reference.id;
    return reference.kind === "claim" ? `claim.${reference.id}` : [];
  });
  return [...new Set(names)];
}

/** Replaces each reference by its text on the pages. */
export function fillIn(
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
