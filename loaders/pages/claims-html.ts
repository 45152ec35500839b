import type {JudgedClaim} from "../claims/read.js";
import {finding, verdict} from "../evidence/schema.js";
import {escapeHtml} from "./html.js";
import {quoteHtml, templateHtml} from "./markdown.js";
import type {Report} from "./report.js";
import {pages} from "./site.js";

type Named = Pick<Report, "facts" | "texts" | "links">;

/** The ledger: every claim with its verdict and reason, and a filter that needs no script. */
export function claimsHtml(claims: readonly JudgedClaim[], named: Named): string {
  const verdicts = verdict.options.filter((option) => claims.some((claim) => claim.verdict === option));
  const findings = finding.options.filter((option) => claims.some((claim) => claim.finding === option));
  const choice = (group: string, value: string, text: string, count: number, checked = false) =>
    `<label><input type="radio" name="${group}" value="${value}"${checked ? " checked" : ""}> ${escapeHtml(text)} <span class="count">${count}</span></label>`;
  const filter = `<form class="filter">
<fieldset><legend>Verdict</legend>
${choice("verdict", "all", "all", claims.length, true)}
${verdicts.map((option) => choice("verdict", option, option, claims.filter((claim) => claim.verdict === option).length)).join("\n")}
</fieldset>
<fieldset><legend>Finding</legend>
${choice("finding", "all", "all", claims.length, true)}
${findings.map((option) => choice("finding", option, pageName(option), claims.filter((claim) => claim.finding === option).length)).join("\n")}
</fieldset>
</form>`;
  const published = claims.filter(({source}) => source !== "report");
  const own = claims.filter(({source}) => source === "report");
  return `${filter}
<section><h2 id="published">Claims of the published benchmark</h2>
${published.map((claim) => articleHtml(claim, named)).join("\n")}
</section>
<section><h2 id="own">Claims of this report</h2>
${own.map((claim) => articleHtml(claim, named)).join("\n")}
</section>`;
}

function articleHtml(claim: JudgedClaim, named: Named): string {
  const fill = (template: string) => templateHtml(template, named);
  const {id, quote, reading, reason, settled_by, verdict, place, source, question, sql} = claim;
  const own = source === "report";
  return `<article id="${id}" data-claim="${id}" data-verdict="${verdict}" data-finding="${claim.finding}">
<p class="quote">${own ? quoteHtml(quote, named) : `“${quoteHtml(quote, named)}”`}${reading === null ? "" : ` <span class="reading">(${escapeHtml(reading)})</span>`}</p>
<p><span class="verdict" data-verdict="${verdict}">${verdict}</span> ${fill(reason)}</p>
${settled_by === null ? "" : `<p>What would settle it: ${fill(settled_by)}</p>\n`}<p class="place">${escapeHtml(place)} · treated under <a href="./${claim.finding}#claim-${id}">${escapeHtml(pageName(claim.finding))}</a></p>
<details><summary>Predicate: ${escapeHtml(question)}</summary><pre tabindex="0"><code>${escapeHtml(sql)}</code></pre></details>
</article>`;
}

function pageName(path: string): string {
  return pages.find((page) => page.path === `/${path}`)?.name ?? path;
}
