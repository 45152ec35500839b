import {concurrencies, family, type Material, seriesLabel} from "../material.js";
import {type Cell, settingCell, type TableModel, tpotCell} from "../table.js";

/** The tables of the method and evidence pages. */
export function evidence(material: Material) {
  const series = inOrder(material.series);
  return {
    tables: {
      cards: cardsTable(material, series),
      points: pointsTable(material, series),
      glossary: glossaryTable(material),
      consistency: consistencyTable(material),
      "printed-changes": printedChangesTable(material),
      sources: sourcesTable(material)
    }
  };
}

function cardsTable(material: Material, series: Material["series"]): TableModel {
  return {
    label: "The card of every series",
    columns: ["Field", "Setting", "Series"],
    merged: 1,
    rows: Object.keys(series[0]?.settings ?? {}).flatMap((field) =>
      bySetting(series, field).map(({setting, shared}): Cell[] => [
        {text: field},
        settingCell(material, shared[0]?.id ?? "", field, setting),
        {text: shared.length === series.length ? "all" : shared.map(({label}) => label).join(", ")}
      ])
    )
  };
}

function pointsTable(material: Material, series: Material["series"]): TableModel {
  return {
    label: "Every point of every series as printed",
    columns: [
      "Series",
      "Concurrency",
      "System tok/s",
      "Per-request tok/s",
      "Median TPOT",
      "Median TTFT",
      "P99 TTFT"
    ],
    merged: 1,
    rows: series.flatMap(({id, label}) =>
      concurrencies(material, "throughput", {series: id}).map((c): Cell[] => [
        {text: label},
        {text: String(c)},
        {fact: `throughput.${id}.c${c}`},
        {fact: `per_request.${id}.c${c}`},
        tpotCell(material, id, `c${c}`),
        {fact: `ttft.${id}.c${c}`},
        {fact: `ttft_p99.${id}.c${c}`}
      ])
    )
  };
}

function glossaryTable({metrics}: Material): TableModel {
  return {
    label: "The metrics and their definitions",
    columns: ["Metric", "Unit", "Definition", "After"],
    rows: metrics.map(({name, unit, definition, source}) => [
      {text: name},
      {text: unit},
      {text: definition},
      {link: source}
    ])
  };
}

function consistencyTable(material: Material): TableModel {
  return {
    label: "How the printed numbers agree with each other",
    columns: ["Relation", "Agree", "Of"],
    rows: family(material, "printed_agreement")
      .filter(({key}) => key.which === "all")
      .map(({key: {relation}}) => [
        {text: relationName(material, String(relation))},
        {fact: `printed_agreement.${relation}.agree`},
        {fact: `printed_agreement.${relation}.all`}
      ])
  };
}

function printedChangesTable(material: Material): TableModel {
  const label = (id: unknown) => seriesLabel(material, String(id));
  return {
    label: "Printed percentages and the same recomputed",
    columns: ["Change", "Concurrency", "As printed", "Recomputed", "Rounding interval"],
    merged: 1,
    rows: family(material, "printed_change").map(({id, key}) => {
      const recomputed = `${key.baseline === "nvfp4" ? "lead" : "mtp_delta"}.c${key.concurrency}`;
      return [
        {text: `${label(key.series)} over ${label(key.baseline)}`},
        {text: String(key.concurrency)},
        {fact: id},
        {fact: recomputed},
        {interval: recomputed}
      ];
    })
  };
}

function sourcesTable({sources}: Material): TableModel {
  return {
    label: "Sources",
    columns: ["Source", "Kind", "By", "Date", "What it gives"],
    rows: sources.map(({id, kind, author, date, note}) => [
      {link: id},
      {text: kind},
      {text: author},
      {text: date ?? "not stated"},
      {text: note}
    ])
  };
}

/** What the cards say of a field, each setting with the series that share it; null where it is not stated. */
function bySetting(series: Material["series"], field: string) {
  const groups = new Map<string | null, Material["series"]>();
  for (const card of series) {
    const value = Object.entries(card.settings).find(([name]) => name === field)?.[1] ?? null;
    const setting = value === null ? null : String(value);
    groups.set(setting, [...(groups.get(setting) ?? []), card]);
  }
  return Array.from(groups, ([setting, shared]) => ({setting, shared}));
}

/** The published series first, each group by its labels. */
function inOrder(series: Material["series"]): Material["series"] {
  const rank = ({role}: {role: string}) => ["published", "later"].indexOf(role) >>> 0;
  return [...series].sort((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label, "en"));
}

function relationName(material: Material, relation: string): string {
  const [kind = "", series = "", baseline = ""] = relation.split(".");
  const label = seriesLabel(material, series);
  return (
    {
      change: `Percentage of ${label} over ${seriesLabel(material, baseline)} follows from the throughputs`,
      restated: `Throughput of ${label} is the same where it is printed again`,
      per_request: `Per-request throughput of ${label} is its system throughput over the concurrency`,
      formula: `System throughput of ${label} follows from its median TPOT`
    }[kind] ?? relation
  );
}
