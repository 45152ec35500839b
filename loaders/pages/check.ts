import type {Fault} from "../faults.js";
import {parseReference} from "./markdown.js";
import type {Report} from "./report.js";

/** Every name on a page that the report does not know. */
export function checkPage(file: string, source: string, report: Report): Fault[] {
  const faults: Fault[] = [];
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
