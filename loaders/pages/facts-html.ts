import {type Fact, isSimulated} from "../facts/read-facts.js";
import type {Query} from "../warehouse/query.js";
import {escapeHtml, factHtml, intervalHtml} from "./html.js";

/** Every fact of the site, family by family, with the query of each family; for the page of facts. */
export function factsHtml(facts: ReadonlyMap<string, Fact>, queries: readonly Query[]): string {
  const families = queries
    .map((query) => ({...query, members: [...facts.values()].filter(({family}) => family === query.name)}))
    .filter(({members}) => members.length > 0);
  const contents = families.map(
    ({name, members}) =>
      `<li><a href="#${name}"><code>${name}</code></a> <span class="count">${members.length}</span></li>`
  );
  const sections = families.map(({name, question, sql, members}) => {
    return `<section id="${name}">
<h2>${escapeHtml(question)}</h2>
<details><summary><code>${name}</code></summary><pre tabindex="0"><code>${escapeHtml(sql)}</code></pre></details>
<div class="scroll" role="group" aria-label="${escapeHtml(question)}" tabindex="0"><table>
<thead><tr><th scope="col">Fact</th><th scope="col" class="number">Value</th><th scope="col">Here</th><th scope="col" class="number">Interval</th></tr></thead>
<tbody>
${members.map(rowHtml).join("\n")}
</tbody>
</table></div>
</section>`;
  });
  return `<div class="facts">
<p><label>Find a fact <input type="search" data-find-fact disabled></label> <output data-found></output></p>
<details class="contents"><summary>${facts.size} facts of ${families.length} families</summary>
<ul class="families">
${contents.join("\n")}
</ul>
</details>
<p class="printed">The SQL is left out in print. This page shows it on a screen, and <code>npm run --silent facts -- --json</code> prints it.</p>
${sections.join("\n")}
</div>`;
}

/** An id that may break after its dots and underscores. */
function breakable(id: string): string {
  return id.replace(/[._]/g, "$&<wbr>");
}

function rowHtml(fact: Fact): string {
  const {id, family} = fact;
  const rest = id.slice(family.length + 1);
  const name =
    rest === "" ? family : `<span class="room">${family}.<wbr></span>${breakable(escapeHtml(rest))}`;
  return `<tr id="${escapeHtml(id)}"><th scope="row"><code>${name}</code>${isSimulated(fact) ? " (simulated)" : ""}</th><td class="number">${factHtml(fact)}</td><td data-recompute-mark="${escapeHtml(id)}"></td><td class="number">${intervalHtml(fact)}</td></tr>`;
}
