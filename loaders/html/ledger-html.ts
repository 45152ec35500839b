import type {JudgedClaim} from "../claims/judge.js";
import type {PageLink} from "../configuration.js";
import {verdict} from "../evidence/schema.js";
import {verdictText} from "./fact-html.js";
import {attributes, Html, html, joined} from "./html.js";
import type {Named} from "./printed.js";
import {quoteHtml, templateHtml} from "./reference-html.js";

type Pages = readonly PageLink[];

/** The ledger: every claim with its verdict and reason, and a filter that needs no script. */
export function claimsHtml(claims: readonly JudgedClaim[], named: Named, pages: Pages): Html {
  const verdicts = verdict.options.filter((option) => claims.some((claim) => claim.verdict === option));
  const findings = findingsOf(claims, pages);
  const published = claims.filter(({source}) => source !== "report");
  const own = claims.filter(({source}) => source === "report");
  const css = new Html(filterCss({published, own}, verdicts, findings));
  const section = (name: string, heading: string, listed: readonly JudgedClaim[]) =>
    listed.length > 0 &&
    html`<section id="${name}" data-claims="${name}"><h2>${heading}</h2>
${joined(
  listed.map((claim) => articleHtml(claim, named, pages)),
  "\n"
)}
</section>
`;
  return html`${filterHtml(claims, verdicts, findings, pages)}
<style>${css}</style>
<p class="no-claim">No claim has this verdict on this finding.</p>
${section("published", "Published claims", published)}${section("own", "Claims of this report", own)}`;
}

function filterHtml(
  claims: readonly JudgedClaim[],
  verdicts: readonly string[],
  findings: readonly string[],
  pages: Pages
): Html {
  const [byVerdict, byFinding] = [withAll(verdicts), withAll(findings)];
  const ofVerdicts = byVerdict.map((option) =>
    choiceHtml(
      "verdict",
      option,
      verdictText(option),
      countsHtml(byFinding, (other) => countOf(claims, option, other))
    )
  );
  const ofFindings = byFinding.map((option) =>
    choiceHtml(
      "finding",
      option,
      pageName(option, pages),
      countsHtml(byVerdict, (other) => countOf(claims, other, option))
    )
  );
  return html`<form class="filter">
<fieldset><legend>Verdict</legend>
${joined(ofVerdicts, "\n")}
</fieldset>
<fieldset><legend>Finding</legend>
${joined(ofFindings, "\n")}
</fieldset>
</form>`;
}

/** The CSS of the filter. The build knows which choices empty a section, and which leave nothing at all. */
function filterCss(
  sections: {published: readonly JudgedClaim[]; own: readonly JudgedClaim[]},
  verdicts: readonly string[],
  findings: readonly string[]
): string {
  const pairs = withAll(verdicts).flatMap((verdict) =>
    withAll(findings).map((finding) => ({verdict, finding}))
  );
  const emptied = (claims: readonly JudgedClaim[]) =>
    pairs
      .filter(({verdict, finding}) => countOf(claims, verdict, finding) === 0)
      .map(({verdict, finding}) => chosen(verdict, finding));
  const [published, own] = [emptied(sections.published), emptied(sections.own)];
  const hidden = [
    ...otherCounts("finding", withAll(findings)),
    ...otherCounts("verdict", withAll(verdicts)),
    ...otherClaims("finding", findings),
    ...otherClaims("verdict", verdicts),
    ...published.map((choice) => `${choice} section[data-claims="published"]`),
    ...own.map((choice) => `${choice} section[data-claims="own"]`)
  ];
  const shown = own.filter((choice) => published.includes(choice)).map((choice) => `${choice} .no-claim`);
  return `${hidden.join(",")}{display:none}${shown.length > 0 ? `${shown.join(",")}{display:block}` : ""}`;
}

function withAll(options: readonly string[]): string[] {
  return ["all", ...options];
}

/** How many claims have a verdict and belong to a finding; either may be “all”. */
function countOf(claims: readonly JudgedClaim[], verdict: string, finding: string): number {
  return claims.filter(
    (claim) => [claim.verdict, "all"].includes(verdict) && [claim.page, "all"].includes(finding)
  ).length;
}

function choiceHtml(group: string, value: string, text: string, counts: Html[]): Html {
  const checked = attributes({checked: value === "all" ? "" : undefined});
  return html`<label><input type="radio" name="${group}" value="${value}"${checked}> ${text} ${counts}</label>`;
}

/** The count of a choice, once for each choice in the other group; CSS shows the current one. */
function countsHtml(others: readonly string[], count: (other: string) => number): Html[] {
  return others.map((other) => html`<span class="count" data-with="${other}">${count(other)}</span>`);
}

/** Selectors for the counts that belong to choices not made in a group. */
function otherCounts(group: string, options: readonly string[]): string[] {
  return options.map(
    (option) =>
      `main:has([name="${group}"][value="${option}"]:checked) fieldset:not(:has([name="${group}"])) .count:not([data-with="${option}"])`
  );
}

/** Selectors for the claims with another verdict, or another finding, than the one chosen. */
function otherClaims(group: string, options: readonly string[]): string[] {
  return options.map(
    (option) =>
      `main:has([name="${group}"][value="${option}"]:checked) article:not([data-${group}="${option}"])`
  );
}

/** A selector that matches the page while these two are chosen. */
function chosen(verdict: string, finding: string): string {
  return `main:has([name="verdict"][value="${verdict}"]:checked):has([name="finding"][value="${finding}"]:checked)`;
}

function articleHtml(claim: JudgedClaim, named: Named, pages: Pages): Html {
  const fill = (template: string) => templateHtml(template, named);
  const {id, quote, reading, reason, settled_by, verdict, place, source, question, sql} = claim;
  const own = source === "report";
  return html`<article id="${id}" data-claim="${id}" data-verdict="${verdict}" data-finding="${claim.page}">
<p class="quote">${own ? quoteHtml(quote, named) : html`“${quoteHtml(quote, named)}”`}${reading !== null && html` <span class="reading">(${reading})</span>`}</p>
<p><span class="verdict" data-verdict="${verdict}">${verdictText(verdict)}</span> ${fill(reason)}</p>
${settled_by !== null && html`<p>What would settle it: ${fill(settled_by)}</p>\n`}<p class="place">${place} · treated under <a href="./${claim.page === "index" ? "" : claim.page}#claim-${id}">${pageName(claim.page, pages)}</a></p>
<details><summary>Predicate: ${question}</summary><pre tabindex="0"><code>${sql}</code></pre></details>
</article>`;
}

/** The pages that discuss claims: first those of the navigation, in its order, then the others. */
function findingsOf(claims: readonly JudgedClaim[], pages: Pages): string[] {
  const treated = new Set(claims.map(({page}) => page));
  const listed = pages.map(({path}) => path.slice(1)).filter((page) => treated.has(page));
  return [...new Set([...listed, ...treated])];
}

function pageName(path: string, pages: Pages): string {
  return pages.find((page) => page.path === `/${path}`)?.name ?? (path === "index" ? "Front page" : path);
}
