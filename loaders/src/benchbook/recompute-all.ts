import {type Catalogue, type CatalogueFact, loadCatalogue} from "./catalogue.js";
import {connect} from "./duckdb.js";
import {compare} from "./recompute.js";

/** Recomputes every fact of the site, one query for each family, and marks each row of the page. */
export async function recomputeAll(button: HTMLButtonElement): Promise<void> {
  const status = document.querySelector<HTMLElement>("[data-recompute-status]");
  const say = (text: string) => {
    if (status) status.textContent = text;
  };
  button.disabled = true;
  say("Loading DuckDB …");
  try {
    const [{facts, views}, connection] = await Promise.all([loadCatalogue(), connect()]);
    const start = performance.now();
    const members = byFamily(facts);
    const marks = new Map<string, boolean>();
    // As in the build, each query runs once, and queries that read it read its result. With so few rows, the optimizer
    // takes longer than it saves.
    await connection.query("SET search_path = 'memory.main,report.main'");
    await connection.query("PRAGMA disable_optimizer");
    const needed = readBy(members.keys(), views);
    const read = new Set([...needed].flatMap((name) => views[name]?.reads ?? []));
    let shown = start;
    const recomputing = Object.entries(views)
      .filter(([name]) => needed.has(name))
      .map(async ([name, {sql}]) => {
        const family = members.get(name) ?? [];
        const query = read.has(name)
          ? `CREATE OR REPLACE TABLE memory.main.${name} AS ${sql}; ${family.length > 0 ? `FROM ${name}` : ""}`
          : sql;
        const result = await connection.query(query);
        for (const [id, agrees] of compareAll(family, result.toArray())) marks.set(id, agrees);
        if (performance.now() - shown < 250) return;
        shown = performance.now();
        say(`${marks.size} of ${Object.keys(facts).length} recomputed …`);
      });
    try {
      await Promise.all(recomputing);
    } finally {
      await connection.query("PRAGMA enable_optimizer");
      await connection.query("USE report");
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    for (const [id, agrees] of marks) mark(id, agrees);
    const agreed = [...marks.values()].filter(Boolean).length;
    say(`${agreed} of ${marks.size} facts agree; the queries took ${seconds} s.`);
  } catch (error) {
    say(`The facts could not be recomputed. ${error instanceof Error ? error.message : error}`);
  } finally {
    button.disabled = false;
  }
}

/** Whether each fact of a family has exactly one row that agrees with it. */
function compareAll(
  family: readonly CatalogueFact[],
  rows: readonly {toJSON(): Record<string, unknown>}[]
): [id: string, agrees: boolean][] {
  const columns = Object.keys(family[0]?.key ?? {});
  const byKey = new Map<string, Record<string, unknown>[]>();
  for (const row of rows) {
    const values = row.toJSON();
    const key = columns.map((column) => values[column]).join("\n");
    byKey.set(key, [...(byKey.get(key) ?? []), values]);
  }
  return family.map((fact) => {
    const [row, ...others] = byKey.get(columns.map((column) => fact.key[column]).join("\n")) ?? [];
    return [fact.id, row !== undefined && others.length === 0 && compare(fact, row).agrees];
  });
}

/** The names given, and those of all the views they read, directly or not. */
function readBy(names: Iterable<string>, views: Catalogue["views"], found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    readBy(views[name]?.reads ?? [], views, found);
  }
  return found;
}

function byFamily(facts: Record<string, CatalogueFact>): Map<string, CatalogueFact[]> {
  const families = new Map<string, CatalogueFact[]>();
  for (const fact of Object.values(facts)) {
    families.set(fact.family, [...(families.get(fact.family) ?? []), fact]);
  }
  return families;
}

function mark(id: string, agrees: boolean): void {
  const element = document.querySelector<HTMLElement>(`[data-recompute-mark="${CSS.escape(id)}"]`);
  if (!element) return;
  element.dataset.recomputed = id;
  element.dataset.agrees = String(agrees);
  element.textContent = agrees ? "agrees" : "differs";
}
