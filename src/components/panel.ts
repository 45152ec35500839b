import {type Catalogue, type CatalogueFact, loadCatalogue} from "./catalogue.js";

let dialog: HTMLDialogElement | undefined;

/** Opens the panel of a fact: its question, SQL, rows and sources, and what the browser makes of it. */
export async function openPanel(id: string, opener: HTMLElement): Promise<void> {
  const recomputing = import("./recompute.js");
  const catalogue = await loadCatalogue();
  const fact = catalogue.facts[id];
  if (!fact) return;
  dialog?.remove();
  dialog = document.createElement("dialog");
  dialog.className = "panel";
  dialog.setAttribute("aria-labelledby", "panel-question");
  const status = element(
    "p",
    {role: "status", className: "recomputed"},
    "Recomputing here: loading DuckDB …"
  );
  const close = element("button", {type: "button", className: "close", ariaLabel: "Close"}, "×");
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
  const value = element("p", {className: "value"}, fact.text);
  if (fact.interval !== "none")
    value.append(element("span", {}, ` ${fact.intervalText} `, intervalName(fact)));
  return [
    element("h2", {id: "panel-question"}, title(fact)),
    element("p", {className: "asks"}, fact.question),
    value,
    element("p", {className: "id"}, fact.id),
    element("h3", {}, "SQL"),
    code(fact.sql),
    ...definitions(fact.family, views),
    element("h3", {}, "Row"),
    table(
      ["value", "low", "high", "unit", "interval"],
      [[digits(fact.value), digits(fact.low), digits(fact.high), fact.unit, fact.interval]]
    ),
    ...(fact.rows.length > 0
      ? [
          element("h3", {}, "Evidence it is made from"),
          table(["series", "quantity", "C", "as printed", "place"], fact.rows)
        ]
      : []),
    element("h3", {}, "Sources"),
    list(fact, sources)
  ];
}

/** “Throughput: AWQ, concurrency 2”: what this very fact is. */
function title({family, subject}: CatalogueFact): string {
  const name = family.replaceAll("_", " ");
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${subject === "" ? "" : `: ${subject}`}`;
}

function intervalName({interval}: CatalogueFact): string {
  return interval === "rounding" ? "(rounding; not a confidence interval)" : `(${interval})`;
}

/** A number and its interval as they are compared, to six digits. */
function bounds({value, low, high}: {value: number; low: number; high: number}): string {
  return `${digits(value)} [${digits(low)}, ${digits(high)}]`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** The definition of the family, and of every view it reads, each once. */
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
    const details = element(
      "details",
      {},
      element("summary", {}, element("code", {}, name), ` — ${view.question}`)
    );
    details.append(code(view.sql));
    return [details];
  });
}

function list({sources: cited}: CatalogueFact, sources: Catalogue["sources"]): HTMLElement {
  const items = cited.map(({source, place}) => {
    const {title, url} = sources[source] ?? {title: source, url: null};
    const named = url === null ? title : element("a", {href: url, rel: "external"}, title);
    return element("li", {}, named, `, ${place}`);
  });
  if (items.length === 0) items.push(element("li", {}, "Counted from the evidence as a whole."));
  return element("ul", {}, ...items);
}

function table(head: string[], rows: string[][]): HTMLElement {
  const row = (cells: string[], tag: "th" | "td") =>
    element("tr", {}, ...cells.map((cell) => element(tag, {}, cell)));
  const result = element("table", {}, element("thead", {}, row(head, "th")));
  result.append(element("tbody", {}, ...rows.map((cells) => row(cells, "td"))));
  const scroll = element("div", {className: "scroll", tabIndex: 0}, result);
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", head.join(", "));
  return scroll;
}

function code(text: string): HTMLElement {
  return element("pre", {tabIndex: 0}, element("code", {}, text));
}

/** An element with properties and children; text is always text, never markup. */
function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const result = Object.assign(document.createElement(tag), properties);
  result.append(...children);
  return result;
}
