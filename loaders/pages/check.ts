import type {Fault} from "../errors/faults.js";
import {type Piece, pieces, type Reference, references} from "../references.js";
import {pages as site} from "./site.js";

/** What pages can name; a report has all of it. */
export interface Names {
  facts: Readonly<Record<string, unknown>>;
  texts: Readonly<Record<string, unknown>>;
  links: Readonly<Record<string, unknown>>;
  claims: Readonly<Record<string, {id: string; page: string}>>;
  figures: Readonly<Record<string, unknown>>;
  tables: Readonly<Record<string, unknown>>;
  explorables: Readonly<Record<string, unknown>>;
}

/** Whether an unknown name may be that of something that could not be computed. */
export type Excuse = (kind: Reference["kind"], name: string) => boolean;

const noExcuse: Excuse = () => false;

/** Every fault of the pages, by their names, and every claim that none of them treats. */
export function checkPages(
  names: Names,
  pages: ReadonlyMap<string, string>,
  isExcused: Excuse = noExcuse
): Fault[] {
  return [
    ...Array.from(pages, ([name, source]) => checkPage(`src/${name}.md`, source, names, isExcused)).flat(),
    ...missingPages(pages),
    ...checkTreatment(Object.values(names.claims), pages)
  ];
}

function missingPages(pages: ReadonlyMap<string, string>): Fault[] {
  return ["/index", ...site.map(({path}) => path)]
    .filter((path) => !pages.has(path.slice(1)))
    .map((path) => ({
      file: `src${path}.md`,
      place: "",
      message: "the page is missing. Restore it, or take it out of loaders/pages/site.ts."
    }));
}

/** Every fault of a page: names the report does not know, digits typed, assertions that nothing tests. */
export function checkPage(file: string, source: string, names: Names, isExcused: Excuse = noExcuse): Fault[] {
  return [
    ...unknownNames(file, source, names, isExcused),
    ...typedDigits(file, source),
    ...untestedAssertions(file, source)
  ];
}

/** Every published or own claim must be treated on the page that it names, so that the two can link. */
export function checkTreatment(
  claims: readonly {id: string; page: string}[],
  pages: ReadonlyMap<string, string>
): Fault[] {
  return claims.flatMap(({id, page}) => {
    const source = pages.get(page) ?? "";
    const listed = claimLists(source).some(({ids}) => ids.includes(id));
    if (listed || source.includes(`{{claim.${id}}}`)) return [];
    return [
      {
        file: `src/${page}.md`,
        place: id,
        message: `the page does not treat this claim. Write {{claim.${id}}} where it does, or list it in a claims fence.`
      }
    ];
  });
}

function unknownNames(file: string, source: string, names: Names, isExcused: Excuse): Fault[] {
  const faults: Fault[] = claimLists(source).flatMap(({line, ids}) =>
    ids
      .filter((id) => !Object.hasOwn(names.claims, id) && !isExcused("claim", id))
      .map((id) => ({
        file,
        place: `line ${line}`,
        message: `unknown claim “${id}”. Correct it or add it to data/claims.`
      }))
  );
  source.split("\n").forEach((line, i) => {
    const place = `line ${i + 1}`;
    for (const piece of pieces(line)) {
      const message = referenceFault(piece, names, isExcused);
      if (message !== undefined) faults.push({file, place, message});
    }
    const message = fenceFault(line, names);
    if (message !== undefined) faults.push({file, place, message});
  });
  return faults;
}

/** Languages that a page may show code in. */
const codeLanguages = ["sh", "sql", "json", "ts", "text"];

/** A fence whose word is neither ours nor a language: a misspelt one would pass as code. */
function fenceFault(line: string, names: Names): string | undefined {
  const [, kind = "", name = ""] = /^```(\S+)\s*(\S*)/.exec(line) ?? [];
  if (kind === "" || kind === "claims" || codeLanguages.includes(kind)) return;
  const entries = new Map(
    Object.entries({figure: names.figures, table: names.tables, explorable: names.explorables})
  ).get(kind);
  if (entries === undefined)
    return `unknown fence “${kind}”. Write figure, table, explorable, claims, or a language (${codeLanguages.join(", ")}).`;
  if (!Object.hasOwn(entries, name))
    return `unknown ${kind} “${name}”. Known are ${Object.keys(entries).join(", ")}.`;
}

function referenceFault(piece: Piece, names: Names, isExcused: Excuse): string | undefined {
  if (piece.kind === "unreadable")
    return `“${piece.source}” is no reference. Write {{ID}} or {{ID interval}}.`;
  if (piece.kind === "prose") return;
  const {reference} = piece;
  const [entries, name, noun] =
    reference.kind === "fact"
      ? ([names.facts, reference.id, "fact"] as const)
      : reference.kind === "claim"
        ? ([names.claims, reference.id, "claim"] as const)
        : reference.kind === "text"
          ? ([names.texts, reference.name, "text (or one the source does not state)"] as const)
          : ([names.links, reference.name, "source"] as const);
  if (!Object.hasOwn(entries, name) && !isExcused(reference.kind, name))
    return `unknown ${noun} “${name}”. ${suggestion(name, Object.keys(entries))}`;
}

/** Names that start like the unknown one, as the remedy. */
function suggestion(name: string, names: readonly string[]): string {
  const family = name.split(".")[0] ?? "";
  const similar = names.filter((other) => other.startsWith(`${family}.`)).slice(0, 6);
  return similar.length > 0
    ? `Known are ${similar.join(", ")}.`
    : "`npm run --silent facts` lists all facts; docs/writing.md tells what else there is.";
}

/** The ids in the ```claims fences of a page. */
export function claimLists(source: string): {line: number; ids: string[]}[] {
  return Array.from(source.matchAll(/^```claims\n([^`]*)^```/gm), (match) => ({
    line: source.slice(0, match.index).split("\n").length,
    ids: (match[1] ?? "").trim().split(/\s+/)
  }));
}

/** The prose of a page, line by line: without fence markers, lists of claims, tags, code, link targets. */
function prose(source: string): string[] {
  const withoutLists = source.replace(/^```claims\n[^`]*^```/gm, (list) => list.replace(/[^\n]/g, ""));
  return withoutLists.split("\n").map((line) =>
    line
      .replace(/^```.*$/, "")
      .replace(/`[^`]*`/g, "")
      .replace(/<[^>]*>/g, "")
      .replace(/\]\([^)]*\)/g, "]")
  );
}

function withoutReferences(text: string): string {
  return pieces(text)
    .map(({kind, source}) => (kind === "prose" ? source : ""))
    .join("");
}

function typedDigits(file: string, source: string): Fault[] {
  return prose(source).flatMap((line, i) => {
    const digit = /\d\S*/.exec(withoutReferences(line));
    if (digit === null) return [];
    return [
      {
        file,
        place: `line ${i + 1}`,
        message: `“${digit[0]}” is typed. Name a fact, a setting or a label instead.`
      }
    ];
  });
}

const direction =
  /\b(faster|slower|ahead|behind|consistently|every|always|never|none|only|at least|at most|exceeds?|above|below|better|worse|longer|shorter|larger|smaller|more than|less than|fewer|highest|lowest|all of)\b/i;

/** Sentences that set a number in a direction: they must be claims, so that a test decides them. */
function untestedAssertions(file: string, source: string): Fault[] {
  return prose(source).flatMap((line, i) =>
    line
      .split(/(?<=[.;:!?])\s+/)
      .filter((sentence) => references(sentence).some(({kind}) => kind === "fact"))
      .flatMap((sentence) => {
        const word = direction.exec(withoutReferences(sentence))?.[0];
        if (word === undefined) return [];
        return [
          {
            file,
            place: `line ${i + 1}`,
            message: `“${word}” sets a number in a direction and nothing tests it. Make the sentence a claim.`
          }
        ];
      })
  );
}
