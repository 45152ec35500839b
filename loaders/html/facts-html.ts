import {type Fact, isSimulated} from "../facts/read-facts.js";
import type {Query} from "../warehouse/query.js";
import {factHtml, intervalHtml} from "./fact-html.js";
import {breakable, type Html, html, joined} from "./html.js";

/** Every fact of the site by family, with the family's query: the body of the facts page. */
export function factsHtml(facts: ReadonlyMap<string, Fact>, queries: readonly Query[]): Html {
  const families = queries
    .map((query) => ({...query, members: [...facts.values()].filter(({family}) => family === query.name)}))
    .filter(({members}) => members.length > 0);
  const contents = families.map(
    ({name, members}) =>
      html`<li><a href="#${name}"><code>${name}</code></a> <span class="count">${members.length}</span></li>`
  );
  const sections = families.map(({name, question, sql, members}) => {
    return html`<section id="${name}">
<h2>${question}</h2>
<details><summary><code>${name}</code></summary><pre tabindex="0"><code>${sql}</code></pre></details>
<div class="scroll" role="group" aria-label="${question}" tabindex="0"><table>
<thead><tr><th scope="col">Fact</th><th scope="col" class="number">Value</th><th scope="col">Here</th><th scope="col" class="number">Interval</th></tr></thead>
<tbody>
${joined(members.map(rowHtml), "\n")}
</tbody>
</table></div>
</section>`;
  });
  return html`<div class="facts">
<p><label>Find a fact <input type="search" data-find-fact="" disabled=""></label> <output data-found=""></output></p>
<details class="contents"><summary>${facts.size} facts of ${families.length} families</summary>
<ul class="families">
${joined(contents, "\n")}
</ul>
</details>
<p class="printed">The SQL is left out in print. This page shows it on a screen, and <code>npm run --silent facts -- --json</code> prints it.</p>
${joined(sections, "\n")}
</div>`;
}

function rowHtml(fact: Fact): Html {
  const {id, family} = fact;
  const rest = id.slice(family.length + 1);
  const name =
    rest === "" ? family : html`<span class="room">${family}.<wbr></span>${breakable(rest, /(?<=[._])/)}`;
  return html`<tr id="${id}"><th scope="row"><code>${name}</code>${isSimulated(fact) ? " (simulated)" : ""}</th><td class="number">${factHtml(fact)}</td><td data-recompute-mark="${id}"></td><td class="number">${intervalHtml(fact)}</td></tr>`;
}
