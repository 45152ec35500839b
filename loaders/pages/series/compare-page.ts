// The page of two series: lead by concurrency, break-even, and in what their cards differ.

import {Change} from "../../../src/figures/change.js";
import {Points} from "../../../src/figures/points.js";
import type {Fact} from "../../facts/read.js";
import type {Figure} from "../figure.js";
import {type Cell, settingCell, type TableModel} from "../table.js";
import {card, comparePath, factsOf, type SeriesMaterial} from "./material.js";
import {figureFence, type GeneratedPage, pageSource, tableFence} from "./parts.js";

export function comparePage(
  material: SeriesMaterial,
  pair: {series: string; baseline: string}
): GeneratedPage {
  const [a, b] = [card(material, pair.series), card(material, pair.baseline)];
  const name = `${a.id}-vs-${b.id}`;
  const leads = factsOf(material, "series_lead", pair);
  const breakEvens = factsOf(material, "series_break_even", pair);
  const table = leadTable(material, pair, leads);
  return {
    path: comparePath(a.id, b.id),
    figures: {
      [`throughput-${name}`]: throughputFigure(material, pair, table),
      [`lead-${name}`]: leadFigure(leads, breakEvens, `${a.label} over ${b.label}`, table)
    },
    tables: {[`lead-${name}`]: table, [`difference-${name}`]: differenceTable(material, pair)},
    source: pageSource(`${a.label} and ${b.label}`, [
      `# {{label.${a.id}}} and {{label.${b.id}}}`,
      a.role === "simulated" &&
        '<p class="note"><strong>Simulated.</strong> A simulator gave both series, not a GPU; no finding uses them.</p>',
      `[{{label.${a.id}}}](../series/${a.id}) · [{{label.${b.id}}}](../series/${b.id})`,
      "## Lead",
      figureFence(
        `throughput-${name}`,
        "System throughput: the concurrency over the median TPOT, as vLLM’s client defines it."
      ),
      figureFence(`lead-${name}`, `Lead of {{label.${a.id}}} over {{label.${b.id}}} in system throughput.`),
      tableFence(
        `lead-${name}`,
        "The interval comes from repeats by Welch’s t where both series have them, else from what is known of each: repeats or rounding. A lead is significant where the interval excludes zero; rounding alone says nothing about scatter, and a single run has no interval."
      ),
      `## Break-even\n\n${breakEvenText(breakEvens)}`,
      `## What else differs\n\nThe two cards differ in {{series_difference.${a.id}.${b.id}.differs}} fields; {{series_difference.${a.id}.${b.id}.not_stated_for_one}} are stated for one of the two, {{series_difference.${a.id}.${b.id}.not_stated_for_either}} for neither.`,
      tableFence(`difference-${name}`, "Any of these fields can be the cause of the lead.")
    ])
  };
}

function breakEvenText(facts: readonly Fact[]): string {
  if (facts.length === 0)
    return "The lead does not change its sign between any two neighbouring concurrencies.";
  return facts
    .map(
      ({id, interval}) =>
        `The lead changes its sign at a concurrency of {{${id}}}, interpolated${interval === "none" ? " from single runs" : ` with the interval {{${id} interval}}`}.`
    )
    .join(" ");
}

function throughputFigure(
  material: SeriesMaterial,
  pair: {series: string; baseline: string},
  table: TableModel
): Figure {
  const facts = [pair.series, pair.baseline].flatMap((id) => systemThroughput(material, id));
  const rows = facts.map(({key, value, low, high}) => ({
    series: String(key.series),
    label: card(material, String(key.series)).label,
    concurrency: Number(key.concurrency),
    value,
    low,
    high
  }));
  const texts = facts.map(
    ({key, text}) => `${card(material, String(key.series)).label} ${text} at concurrency ${key.concurrency}`
  );
  return {
    draw: (options) => Points(rows, {...options, label: "System throughput (tok/s)"}),
    alt: `Line chart of system throughput: ${texts.join(", ")}.`,
    table
  };
}

/** The facts behind the view system_point: printed, or measured under vLLM's definition. */
function systemThroughput(material: SeriesMaterial, series: string): Fact[] {
  const printed = factsOf(material, "throughput", {series});
  if (printed.length > 0) return printed;
  const under = (semantics: string) =>
    factsOf(material, "result_point", {series, semantics, metric: "system_throughput"});
  const own = under("vllm-0.15.1");
  const reported = under("as-reported").filter(
    ({key}) => !own.some((fact) => fact.key.concurrency === key.concurrency)
  );
  return [...own, ...reported].sort((x, y) => Number(x.key.concurrency) - Number(y.key.concurrency));
}

function leadFigure(
  leads: readonly Fact[],
  breakEvens: readonly Fact[],
  over: string,
  table: TableModel
): Figure {
  const rows = leads.map(({key, value, low, high}) => ({
    concurrency: Number(key.concurrency),
    value,
    low,
    high
  }));
  const [crossing] = breakEvens;
  return {
    draw: (options) =>
      Change(rows, {
        ...options,
        label: "Lead",
        ...(breakEvens.length === 1 && crossing !== undefined && {crossing})
      }),
    alt: `Bar chart of the lead of ${over}: ${leads.map(({key, text}) => `${text} at concurrency ${key.concurrency}`).join(", ")}.`,
    table
  };
}

function leadTable(
  material: SeriesMaterial,
  {series, baseline}: {series: string; baseline: string},
  leads: readonly Fact[]
): TableModel {
  const [a, b] = [card(material, series), card(material, baseline)];
  const fact = (id: string, c: number): Cell => {
    const found = systemThroughput(material, id).find(({key}) => key.concurrency === c);
    return found === undefined ? null : {fact: found.id};
  };
  return {
    label: `System throughput of ${a.label} and ${b.label}, and the lead of the first`,
    columns: ["Concurrency", a.label, b.label, "Lead", "Interval", "Significance", "Definitions"],
    rows: leads.map(({id, key, interval}): Cell[] => {
      const c = Number(key.concurrency);
      const row = material.pairs.find(
        (pair) => pair.series === series && pair.baseline === baseline && pair.concurrency === c
      );
      return [
        {text: String(c)},
        fact(series, c),
        fact(baseline, c),
        {fact: id},
        interval === "none" ? {text: "one run"} : {interval: id},
        {text: row?.significance ?? ""},
        {text: [...new Set([row?.semantics, row?.baseline_semantics])].join(", ")}
      ];
    })
  };
}

function differenceTable(
  material: SeriesMaterial,
  {series, baseline}: {series: string; baseline: string}
): TableModel {
  const [a, b] = [card(material, series), card(material, baseline)];
  return {
    label: `Fields in which the cards of ${a.label} and ${b.label} differ or leave open whether they differ`,
    columns: ["Field", a.label, b.label, "Difference"],
    rows: material.differences
      .filter((row) => row.series === series && row.baseline === baseline)
      .map(({field, text, baseline_text, kind}) => [
        {text: field},
        settingCell(material, series, field, text),
        settingCell(material, baseline, field, baseline_text),
        {text: kind}
      ])
  };
}
