// Makes every number a button. The code that a click needs is loaded on the first click.

const selector = "[data-fact], [data-interval]";

function prepare(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>(selector)) {
    if (isBesideItsFact(element)) continue;
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.setAttribute("aria-haspopup", "dialog");
  }
}

/** Whether an interval is beside its fact. Both open the same panel, so that one tab stop is enough. */
function isBesideItsFact(element: HTMLElement): boolean {
  const id = element.dataset.interval;
  if (id === undefined) return false;
  return (
    element.closest("tr, p, li, figcaption, .quote")?.querySelector(`[data-fact="${CSS.escape(id)}"]`) != null
  );
}

async function activate(event: Event): Promise<void> {
  if (!(event.target instanceof Element)) return;
  const element = event.target.closest<HTMLElement>(selector);
  const id = element?.dataset.fact ?? element?.dataset.interval;
  if (!element || id === undefined) return;
  event.preventDefault();
  const {openPanel} = await import("./panel.js");
  await openPanel(id, element);
}

document.addEventListener("click", activate);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === " ") void activate(event);
});
prepare(document);

// The preview replaces parts of the page when a file changes.
new MutationObserver((records) => {
  for (const {target} of records) if (target instanceof Element) prepare(target);
}).observe(document.body, {childList: true, subtree: true});

if (document.querySelector("[data-explorable]")) void import("./explorables.js");

const find = document.querySelector<HTMLInputElement>("[data-find-fact]");
if (find) void import("./find-fact.js").then(({findFacts}) => findFacts(find));

const all = document.querySelector<HTMLButtonElement>("button[data-recompute-all]");
all?.addEventListener("click", async () => {
  const {recomputeAll} = await import("./recompute-all.js");
  await recomputeAll(all);
});
if (all) all.disabled = false;
