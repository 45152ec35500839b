import type {Fact} from "../facts/read.js";
import type {Query} from "../warehouse/queries.js";
import {escapeHtml, factHtml, intervalHtml} from "./html.js";

/** Every fact of the site, family by family, with the query of each family; for the page of facts. */
export function factsHtml(facts: ReadonlyMap<string, Fact>, queries: readonly Query[]): string {
  const sections = queries.map(({name, question, sql}) => {
    const members = [...facts.values()].filter(({family}) => family === name);
    if (members.length === 0) return "";
    return `<section id="${name}">
<h2>${escapeHtml(question)}</h2>
<details><summary><code>${name}</code></summary><pre tabindex="0"><code>${escapeHtml(sql)}</code></pre></details>
<div class="scroll" role="group" aria-label="${escapeHtml(question)}" tabindex="0"><table>
<thead><tr><th scope="col">Fact</th><th scope="col">Value</th><th scope="col">Interval</th><th scope="col">In this browser</th></tr></thead>
<tbody>
${members.map(rowHtml).join("\n")}
</tbody>
</table></div>
</section>`;
  });
  return sections.filter(Boolean).join("\n");
}

function rowHtml(fact: Fact): string {
  const {id, interval} = fact;
  return `<tr id="${escapeHtml(id)}"><th scope="row"><code>${escapeHtml(id)}</code></th><td class="number">${factHtml(fact)}</td><td class="number">${interval === "none" ? "exact" : intervalHtml(fact)}</td><td data-recompute-mark="${escapeHtml(id)}"></td></tr>`;
}
