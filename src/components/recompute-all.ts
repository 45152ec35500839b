import {type Catalogue, type CatalogueFact, loadCatalogue} from "./catalogue.js";
import {connect} from "./duckdb.js";
import {compare} from "./recompute.js";

/** Recomputes every fact of the site, a family a query, and marks each row of the page. */
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
    let agreed = 0;
    let total = 0;
    // As in the build, each query is answered once; those that read it read its result.
    await connection.query("SET search_path = 'memory.main,report.main'");
    const needed = readBy(members.keys(), views);
    const read = new Set([...needed].flatMap((name) => views[name]?.reads ?? []));
    for (const [name, {sql}] of Object.entries(views)) {
      if (!needed.has(name)) continue;
      const family = members.get(name);
      if (read.has(name)) await connection.query(`CREATE OR REPLACE TABLE memory.main.${name} AS ${sql}`);
      if (!family) continue;
      const result = await connection.query(read.has(name) ? `FROM ${name}` : sql);
      const rows = result.toArray().map((row) => row.toJSON());
      for (const fact of family) {
        const matching = rows.filter((row) =>
          Object.entries(fact.key).every(([column, value]) => String(row[column]) === String(value))
        );
        const agrees = matching.length === 1 && compare(fact, matching[0] ?? {}).agrees;
        mark(fact.id, agrees);
        total += 1;
        if (agrees) agreed += 1;
      }
      say(`${agreed} of ${total} agree …`);
    }
    await connection.query("USE report");
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    say(`${agreed} of ${total} facts agree; the queries took ${seconds} s.`);
  } catch (error) {
    say(`The facts could not be recomputed. ${error instanceof Error ? error.message : error}`);
  } finally {
    button.disabled = false;
  }
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
