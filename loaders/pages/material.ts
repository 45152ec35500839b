import type {Component} from "../../src/explorables/ceiling-calculator.schema.js";
import type {ConcurrencyRow, SeriesRow} from "../charts/columns.js";
import type {Evidence} from "../evidence/schema.js";
import type {Fact} from "../facts/read.js";

/** A row of the view configuration_difference. */
export interface ConfigurationDifference {
  field: string;
  text: string | null;
  baseline_text: string | null;
  kind: string;
}

/** A row of the view later_verdict. */
export interface LaterVerdict {
  measure: string;
  concurrency: number;
  verdict: string;
}

/** What figures and tables are made from. */
export interface Material extends Evidence {
  facts: ReadonlyMap<string, Fact>;
  /** In what the cards of AWQ and NVFP4 differ besides the quantisation. */
  differences: readonly ConfigurationDifference[];
  /** What a decode step of the AWQ checkpoint reads, as it is stored. */
  components: readonly Component[];
  /** What later evidence makes of the printed leads. */
  laterVerdicts: readonly LaterVerdict[];
}

/** The facts of a family, in the order of their ids. */
export function family({facts}: Material, name: string): Fact[] {
  return [...facts.values()].filter((fact) => fact.family === name);
}

/** The concurrencies at which a family has facts. */
export function concurrencies(
  material: Material,
  name: string,
  where: Record<string, string> = {}
): number[] {
  const matching = family(material, name).filter(({key}) =>
    Object.entries(where).every(([column, value]) => key[column] === value)
  );
  return [...new Set(matching.map(({key}) => Number(key.concurrency)))].sort((a, b) => a - b);
}

/** The facts of a family that has series and concurrencies, as rows of a figure. */
export function seriesRows(material: Material, name: string, ids: readonly string[]): SeriesRow[] {
  return ids.flatMap((id) =>
    family(material, name)
      .filter(({key}) => key.series === id)
      .map((fact) => ({
        series: id,
        label: seriesLabel(material, id),
        concurrency: Number(fact.key.concurrency ?? 1),
        ...interval(fact)
      }))
  );
}

/** The facts of a family that has concurrencies only, as rows of a figure. */
export function concurrencyRows(material: Material, name: string): ConcurrencyRow[] {
  return family(material, name).map((fact) => ({
    concurrency: Number(fact.key.concurrency),
    ...interval(fact)
  }));
}

export function seriesLabel({series}: Material, id: string): string {
  return series.find((card) => card.id === id)?.label ?? id;
}

/** A fact by id; a figure that needs one nobody computed stops the build. */
export function fact({facts}: Material, id: string): Fact {
  const found = facts.get(id);
  if (found === undefined) throw new Error(`there is no fact “${id}”`);
  return found;
}

export function interval({value, low, high}: Fact): {value: number; low: number; high: number} {
  return {value, low, high};
}
