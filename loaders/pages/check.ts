import type {Fault} from "../faults.js";
import {parseReference} from "./markdown.js";
import type {Report} from "./report.js";

/** Every fault of the pages, by their names, and every claim that none of them treats. */
export function checkPages(report: Report, pages: ReadonlyMap<string, string>): Fault[] {
  return [
    ...Array.from(pages, ([name, source]) => checkPage(`src/${name}.md`, source, report)).flat(),
    ...checkTreatment(Object.values(report.claims), pages)
  ];
}

/** Every fault of a page: names the report does not know, digits typed, assertions that nothing tests. */
export function checkPage(file: string, source: string, report: Report): Fault[] {
  return [
    ...unknownNames(file, source, report),
    ...typedDigits(file, source),
    ...untestedAssertions(file, source)
  ];
}

/** Every published or own claim must be treated on the page of its finding, so that the two can link. */
export function checkTreatment(
  claims: readonly {id: string; finding: string}[],
  pages: ReadonlyMap<string, string>
): Fault[] {
  return claims.flatMap(({id, finding}) => {
    const source = pages.get(finding) ?? "";
    const listed = claimLists(source).some(({ids}) => ids.includes(id));
    if (listed || source.includes(`{{claim.${id}}}`)) return [];
    return [
      {
        file: `src/${finding}.md`,
        place: id,
        message: `the page does not treat this claim. Write {{claim.${id}}} where it does, or list it in a claims fence.`
      }
    ];
  });
}

function unknownNames(file: string, source: string, report: Report): Fault[] {
  const faults: Fault[] = claimLists(source).flatMap(({line, ids}) =>
    ids
      .filter((id) => !Object.hasOwn(report.claims, id))
      .map((id) => ({
        file,
        place: `line ${line}`,
        message: `unknown claim “${id}”. Correct it or add it to data/claims.`
      }))
  );
  source.split("\n").forEach((line, i) => {
    const place = `line ${i + 1}`;
    for (const [, content = ""] of line.matchAll(/\{\{(.*?)\}\}/g)) {
      const message = referenceFault(content, report);
      if (message !== undefined) faults.push({file, place, message});
    }
    const [, kind, name = ""] = /^```(figure|table|explorable)\s*(\S*)/.exec(line) ?? [];
    const entries =
      kind === "figure"
        ? report.figures
        : kind === "table"
          ? report.tables
          : kind === "explorable"
            ? report.explorables
            : undefined;
    if (entries !== undefined && !Object.hasOwn(entries, name)) {
      faults.push({
        file,
        place,
        message: `unknown ${kind} “${name}”. ${suggestion(name, Object.keys(entries))}`
      });
    }
  });
  return faults;
}

function referenceFault(content: string, report: Report): string | undefined {
  const reference = parseReference(content);
  if (reference === undefined) return `“{{${content}}}” is no reference. Write {{ID}} or {{ID interval}}.`;
  const [entries, name, noun] =
    reference.kind === "fact"
      ? ([report.facts, reference.id, "fact"] as const)
      : reference.kind === "claim"
        ? ([report.claims, reference.id, "claim"] as const)
        : reference.kind === "text"
          ? ([report.texts, reference.name, "text (or one the source does not state)"] as const)
          : ([report.links, reference.name, "source"] as const);
  if (!Object.hasOwn(entries, name))
    return `unknown ${noun} “${name}”. ${suggestion(name, Object.keys(entries))}`;
}

/** Names that start like the unknown one, as the remedy. */
function suggestion(name: string, names: readonly string[]): string {
  const family = name.split(".")[0] ?? "";
  const similar = names.filter((other) => other.startsWith(`${family}.`)).slice(0, 6);
  return similar.length > 0
    ? `Known are ${similar.join(", ")}.`
    : "`npm run --silent facts` lists all facts; loaders/pages/ holds figures and tables.";
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

function typedDigits(file: string, source: string): Fault[] {
  return prose(source).flatMap((line, i) => {
    const digit = /\d\S*/.exec(line.replace(/\{\{.*?\}\}/g, ""));
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
      .filter((sentence) => /\{\{(?!claim\.|label\.|card\.|source\.|metric\.)/.test(sentence))
      .flatMap((sentence) => {
        const word = direction.exec(sentence.replace(/\{\{.*?\}\}/g, ""))?.[0];
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
