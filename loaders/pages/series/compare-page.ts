// The page of two series: lead by concurrency, break-even, and in what their cards differ.

import {Change} from "../../../src/figures/change.js";
import {Points} from "../../../src/figures/points.js";
import type {Fact} from "../../facts/read.js";
import {byLoad} from "../../results/offered-load.js";
import type {Figure} from "../figure.js";
import {type Cell, settingCell, type TableModel} from "../table.js";
import {atLoad, loadOf} from "./loads.js";
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
        "Concurrency divided by the median TPOT. vLLM’s client defines the TPOT; its own output throughput is a different number."
      ),
      figureFence(`lead-${name}`, `Lead of {{label.${a.id}}} over {{label.${b.id}}} in system throughput.`),
      tableFence(
        `lead-${name}`,
        "The interval comes from repeats by Welch’s t where both series have them, else from what is known of each: repeats or rounding. A lead is significant where the interval excludes zero; rounding alone says nothing about scatter, and fewer than three runs have no interval."
      ),
      `## Break-even\n\n${breakEvenText(breakEvens)}`,
      `## What else differs\n\n${differencesText(material, pair)}`,
      tableFence(`difference-${name}`, causeText(material, pair))
    ])
  };
}

/** How many fields differ, and how many leave it open; what there is none of is left out. */
function differencesText(material: SeriesMaterial, pair: {series: string; baseline: string}): string {
  const counted = (which: string) =>
    factsOf(material, "series_difference", {...pair, which}).flatMap((fact) => (fact.value > 0 ? fact : []));
  const sentence = (which: string, one: string, several: string) =>
    counted(which).map(({id, value}) => `{{${id}}} ${value === 1 ? one : several}`);
  const parts = [
    ...sentence("differs", "field differs", "fields differ"),
    ...sentence(
      "not_stated_for_one",
      "is stated for one of the two only",
      "are stated for one of the two only"
    ),
    ...sentence("not_stated_for_either", "is stated for neither", "are stated for neither")
  ];
  return parts.length === 0
    ? "The two cards agree in every field."
    : `Of the two cards, ${parts.join("; ")}.`;
}

function causeText(material: SeriesMaterial, pair: {series: string; baseline: string}): string {
  const differing = factsOf(material, "series_difference", {...pair, which: "differs"})[0]?.value ?? 0;
  return differing === 1
    ? "One field differs; whether it is the cause of the lead depends on those that are not stated."
    : "Any of these fields can be a cause of the lead.";
}

function breakEvenText(facts: readonly Fact[]): string {
  if (facts.length === 0)
    return "The lead does not change its sign between any two neighbouring concurrencies.";
  return facts
    .map(
      ({id, interval}) =>
        `The lead changes its sign at a concurrency of {{${id}}}, interpolated${interval === "none" ? " from too few runs for an interval" : ` with the interval {{${id} interval}}`}.`
    )
    .join(" ");
}

function throughputFigure(
  material: SeriesMaterial,
  pair: {series: string; baseline: string},
  table: TableModel
): Figure {
  const facts = [pair.series, pair.baseline].flatMap((id) => systemThroughput(material, id));
  const labelOf = ({key}: Fact) => card(material, String(key.series)).label;
  const rows = facts.map((fact) => ({
    series: String(fact.key.series),
    label: labelOf(fact),
    load: loadOf(fact).concurrency ?? 0,
    value: fact.value,
    low: fact.low,
    high: fact.high
  }));
  const texts = facts.map((fact) => `${labelOf(fact)} ${atLoad(fact)}`);
  return {
    draw: (options) => Points(rows, {...options, label: "System throughput (tok/s)", by: "concurrency"}),
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
    ({key}) => !own.some((fact) => fact.key.offered_load === key.offered_load)
  );
  return [...own, ...reported].sort((x, y) => byLoad(loadOf(x), loadOf(y)));
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
    const found = systemThroughput(material, id).find((point) => loadOf(point).concurrency === c);
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
        interval === "none" ? {text: "too few runs"} : {interval: id},
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
