// Faults of pages: unknown names, typed numbers, untested assertions.

import {type Cell, cellsOf, MADE_KINDS, partsOf} from "../cells/cell.js";
import {cellFault, checkDeclaration, wordsOf} from "../cells/declaration.js";
import type {PageLink} from "../configuration.js";
import type {Fault} from "../errors/faults.js";
import {type Piece, pieces, type Reference, references} from "../references.js";
import type {PageSource} from "./page-source.js";

/** Everything that pages can name. */
export interface Names {
  facts: Readonly<Record<string, unknown>>;
  texts: Readonly<Record<string, unknown>>;
  links: Readonly<Record<string, unknown>>;
  claims: Readonly<Record<string, {id: string; page: string}>>;
}

/** What needs no check. */
export interface Excuses {
  /** Whether an unknown name may belong to something that could not be computed. */
  isExcused(kind: Reference["kind"], name: string): boolean;
  /** Whether a cell has been made before, so that its declaration is known to be right. */
  isMade(cell: Cell): boolean;
}

const noExcuses: Excuses = {isExcused: () => false, isMade: () => false};

/** Every fault of the pages, and every claim missing from its page. */
export function checkPages(
  names: Names,
  pages: readonly PageSource[],
  excuses: Partial<Excuses> = {}
): Fault[] {
  return [
    ...pages.flatMap((page) => checkPage(page, names, excuses)),
    ...checkTreatment(Object.values(names.claims), pages)
  ];
}

/** Every fault of a single page. */
export function checkPage(page: PageSource, names: Names, excuses: Partial<Excuses> = {}): Fault[] {
  const {isExcused, isMade} = {...noExcuses, ...excuses};
  const file = `src/${page.file}`;
  const cells = cellsOf(page);
  const atLine = (line: number) => (message: string) => ({file, place: `line ${line}`, message});
  return [
    ...cells.flatMap((cell) => (isMade(cell) ? [] : cellFaults(cell, names, isExcused))),
    ...proseLines(page.source, cells).flatMap((line, i) => {
      const prose = withoutTags(line);
      return [
        ...pieces(prose).flatMap((piece) => referenceFault(piece, names, isExcused) ?? []),
        ...typedDigit(prose),
        ...untestedAssertions(prose),
        ...computedUnseen(line)
      ].map(atLine(i + 1));
    })
  ];
}

/** Every claim, published or the report's own, must be on its page, so that page and ledger can link. */
export function checkTreatment(
  claims: readonly {id: string; page: string}[],
  pages: readonly PageSource[]
): Fault[] {
  return claims.flatMap(({id, page: name}) => {
    const page = pages.find((other) => other.page === name);
    if (page === undefined) {
      const message = `there is no page src/${name}.md. Write it, or name another page as “page” of the claim.`;
      return [{file: "data/claims", place: id, message}];
    }
    const listed = cellsOf(page).some((cell) => cell.kind === "claims" && idsOf(cell).includes(id));
    if (listed || page.source.includes(`{{claim.${id}}}`)) return [];
    const message = `the page does not discuss this claim. Write {{claim.${id}}} where it does, or list it in a claims cell.`;
    return [{file: `src/${name}.md`, place: id, message}];
  });
}

/** Every page of the navigation must be there. */
export function checkNavigation(navigation: readonly PageLink[], pages: readonly PageSource[]): Fault[] {
  const known = new Set(pages.map(({page}) => `/${page}`));
  return navigation
    .filter(({path}) => !known.has(path))
    .map(({path, name}) => ({
      file: "observablehq.config.ts",
      place: `pages, “${name}”`,
      message: `there is no page src${path}.md. Write it, or take it out of the navigation.`
    }));
}

/** Languages that a page may show code in; `js` runs unless it says run=false. */
const LANGUAGES = ["sh", "sql", "json", "ts", "js", "text"];

function cellFaults(cell: Cell, names: Names, isExcused: Excuses["isExcused"]): Fault[] {
  const {kind, line} = cell;
  const blame = (message: string): Fault => ({file: `src/${cell.file}`, place: `line ${line}`, message});
  if (kind === "claims") {
    return idsOf(cell)
      .filter((id) => !Object.hasOwn(names.claims, id) && !isExcused("claim", id))
      .map((id) => blame(`unknown claim “${id}”. Correct it or add it to data/claims.`));
  }
  if (MADE_KINDS.includes(kind)) {
    if (cell.name === "") return [blame(`the ${kind} has no name. Write one after “${kind}”.`)];
    try {
      checkDeclaration(cell);
    } catch (error) {
      return [cellFault(cell, error)];
    }
    return wordsOf(cell).flatMap((words) => typedDigit(words, NUMBER).map(blame));
  }
  if (kind === "" || LANGUAGES.includes(kind)) return [];
  return [
    blame(
      `unknown fence “${kind}”. Write ${MADE_KINDS.join(", ")}, claims, or a language (${LANGUAGES.join(", ")}).`
    )
  ];
}

function referenceFault(piece: Piece, names: Names, isExcused: Excuses["isExcused"]): string | undefined {
  if (piece.kind === "unreadable")
    return `“${piece.source}” is not a reference. Write {{ID}} or {{ID interval}}.`;
  if (piece.kind === "prose") return;
  const {reference} = piece;
  const [entries, name, noun] = lookup(reference, names);
  if (!Object.hasOwn(entries, name) && !isExcused(reference.kind, name))
    return `unknown ${noun} “${name}”. ${suggestion(name, Object.keys(entries))}`;
}

function lookup(
  reference: Reference,
  {facts, texts, links, claims}: Names
): [entries: Readonly<Record<string, unknown>>, name: string, noun: string] {
  switch (reference.kind) {
    case "fact":
      return [facts, reference.id, "fact"];
    case "claim":
      return [claims, reference.id, "claim"];
    case "text":
      return [texts, reference.name, "text (or one the source does not state)"];
    case "link":
      return [links, reference.name, "source"];
  }
}

/** Suggests the names that start like the unknown one. */
function suggestion(name: string, names: readonly string[]): string {
  const family = name.split(".")[0] ?? "";
  const similar = names.filter((other) => other.startsWith(`${family}.`)).slice(0, 6);
  return similar.length > 0
    ? `Known are ${similar.join(", ")}.`
    : "`npm run --silent facts` lists all facts; docs/writing.md lists what else there is.";
}

/** The ids in a `claims` cell. */
export function idsOf({body}: Pick<Cell, "body">): string[] {
  return body.trim().split(/\s+/);
}

/** The prose of a page by line, captions included, without code and the rest of cells. */
function proseLines(source: string, cells: readonly Cell[]): string[] {
  const lines = source.replace(/^---\n.*?\n---\n/s, (front) => front.replace(/[^\n]/g, "")).split("\n");
  for (const cell of cells) {
    const body = cell.body.split("\n");
    const caption = MADE_KINDS.includes(cell.kind) ? partsOf(cell.body).caption : "";
    const captionStart =
      caption === "" ? body.length : body.findIndex((line) => /^---[ \t]*$/.test(line)) + 1;
    for (let i = 0; i <= body.length; i += 1) if (i - 1 < captionStart) lines[cell.line - 1 + i] = "";
    lines[cell.line + body.length - 1] = "";
  }
  return lines.map((line) => line.replace(/`[^`]*`/g, ""));
}

/** A line of prose without tags and the targets of links. */
function withoutTags(line: string): string {
  return line.replace(/<[^>]*>/g, "").replace(/\]\([^)]*\)/g, "]");
}

/** Framework would run `${…}` in prose and in attributes of tags. */
function computedUnseen(line: string): string[] {
  return /(?<!\\)\$\{/.test(line)
    ? ["“${” would be computed without a check. Write a query and name its fact."]
    : [];
}

function withoutReferences(text: string): string {
  return pieces(text)
    .map(({kind, source}) => (kind === "prose" ? source : ""))
    .join("");
}

/** A digit in prose, where even names may not contain one. */
const DIGIT = /\d\S*/;

/** A number in a heading or a label, where names such as P99 are allowed. */
const NUMBER = /(?<![\p{L}\d])\d\S*/u;

function typedDigit(line: string, pattern = DIGIT): string[] {
  const digit = pattern.exec(withoutReferences(line));
  return digit === null ? [] : [`“${digit[0]}” is typed. Name a fact, a setting or a label instead.`];
}

const direction =
  /\b(faster|slower|ahead|behind|consistently|every|always|never|none|only|at least|at most|exceeds?|above|below|better|worse|longer|shorter|larger|smaller|more than|less than|fewer|highest|lowest|all of)\b/i;

/** Sentences that compare numbers. They must be claims, so that a test decides them. */
function untestedAssertions(line: string): string[] {
  return line
    .split(/(?<=[.;:!?])\s+/)
    .filter((sentence) => references(sentence).some(({kind}) => kind === "fact"))
    .flatMap((sentence) => {
      const word = direction.exec(withoutReferences(sentence))?.[0];
      return word === undefined
        ? []
        : [`“${word}” gives a number a direction that nothing tests. Make the sentence a claim.`];
    });
}
