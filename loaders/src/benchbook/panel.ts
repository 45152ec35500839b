import {type Catalogue, type CatalogueFact, loadCatalogue} from "./catalogue.js";
import {make} from "./make.js";

let dialog: HTMLDialogElement | undefined;

/** Opens the panel of a fact: its question, SQL, rows, sources, and the browser's own result. */
export async function openPanel(id: string, opener: HTMLElement): Promise<void> {
  const recomputing = import("./recompute.js");
  const catalogue = await loadCatalogue();
  const fact = catalogue.facts[id];
  if (!fact) return;
  dialog?.remove();
  dialog = document.createElement("dialog");
  dialog.className = "panel";
  dialog.setAttribute("aria-labelledby", "panel-question");
  const status = make("p", {role: "status", className: "recomputed"}, "Recomputing here: loading DuckDB …");
  const close = make("button", {type: "button", className: "close", ariaLabel: "Close"}, "×");
  close.addEventListener("click", () => dialog?.close());
  dialog.append(close, ...content(fact, catalogue), status);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog?.close();
  });
  dialog.addEventListener("close", () => opener.focus());
  document.body.append(dialog);
  dialog.showModal();
  try {
    const {recompute} = await recomputing;
    const result = await recompute(fact);
    status.dataset.recomputed = id;
    status.dataset.agrees = String(result.agrees);
    status.textContent = result.agrees
      ? `Recomputed in this browser by DuckDB: value and interval agree: ${bounds(result)}.`
      : `Recomputed in this browser by DuckDB: ${result.text}, ${bounds(result)}. It does not agree with ${fact.text}, ${bounds(fact)}.`;
  } catch (error) {
    status.textContent = `It could not be recomputed here. ${error instanceof Error ? error.message : error}`;
  }
}

function content(fact: CatalogueFact, {views, sources}: Catalogue): HTMLElement[] {
  const value = make("p", {className: "value"}, fact.text);
  if (fact.interval !== "none") value.append(make("span", {}, ` ${fact.intervalText} `, intervalName(fact)));
  return [
    make("h2", {id: "panel-question"}, title(fact)),
    make("p", {className: "asks"}, fact.question),
    value,
    make("p", {className: "id"}, fact.id),
    make("h3", {}, "SQL"),
    code(fact.sql),
    ...definitions(fact.family, views),
    make("h3", {}, "Row"),
    table(
      ["value", "low", "high", "unit", "interval"],
      [[digits(fact.value), digits(fact.low), digits(fact.high), fact.unit, fact.interval]]
    ),
    ...(fact.rows.length > 0
      ? [
          make("h3", {}, "Evidence it is made from"),
          table(["series", "quantity", "C", "as printed", "place"], fact.rows)
        ]
      : []),
    make("h3", {}, "Sources"),
    list(fact, sources)
  ];
}

/** The name of a fact: “Throughput: FP8, concurrency 2”. */
function title({family, subject}: CatalogueFact): string {
  const name = family.replaceAll("_", " ");
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${subject === "" ? "" : `: ${subject}`}`;
}

function intervalName({interval}: CatalogueFact): string {
  return interval === "rounding" ? "(rounding; not a confidence interval)" : `(${interval})`;
}

/** A number and its interval, to the six digits that are compared. */
function bounds({value, low, high}: {value: number; low: number; high: number}): string {
  return `${digits(value)} [${digits(low)}, ${digits(high)}]`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** The definitions of the family and of every view it reads, each once. */
function definitions(family: string, views: Catalogue["views"]): HTMLElement[] {
  const names: string[] = [];
  const visit = (name: string) => {
    if (names.includes(name)) return;
    names.push(name);
    for (const read of views[name]?.reads ?? []) visit(read);
  };
  visit(family);
  return names.flatMap((name) => {
    const view = views[name];
    if (!view) return [];
    const details = make("details", {}, make("summary", {}, make("code", {}, name), ` — ${view.question}`));
    details.append(code(view.sql));
    return [details];
  });
}

function list({sources: cited}: CatalogueFact, sources: Catalogue["sources"]): HTMLElement {
  const items = cited.map(({source, place}) => {
    const {title, url} = sources[source] ?? {title: source, url: null};
    const named = url === null ? title : make("a", {href: url, rel: "external"}, title);
    return make("li", {}, named, `, ${place}`);
  });
  if (items.length === 0) items.push(make("li", {}, "Counted from the evidence as a whole."));
  return make("ul", {}, ...items);
}

function table(head: string[], rows: string[][]): HTMLElement {
  const row = (cells: string[], tag: "th" | "td") =>
    make("tr", {}, ...cells.map((cell) => make(tag, {}, cell)));
  const result = make("table", {}, make("thead", {}, row(head, "th")));
  result.append(make("tbody", {}, ...rows.map((cells) => row(cells, "td"))));
  const scroll = make("div", {className: "scroll", tabIndex: 0}, result);
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", head.join(", "));
  return scroll;
}

function code(text: string): HTMLElement {
  return make("pre", {tabIndex: 0}, make("code", {}, text));
}
