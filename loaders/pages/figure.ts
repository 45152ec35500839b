import type {FigureOptions} from "../charts/style.js";
import type {Fact} from "../facts/read-facts.js";
import {family, type Material, seriesLabel} from "./material.js";
import type {TableModel} from "./table.js";

/** A figure of the pages: how it is drawn, what it says in words, and the table that says the same. */
export interface Figure {
  draw: (options: FigureOptions) => Element;
  alt: string;
  table: TableModel;
}

const SMALL_HEIGHT = 200;

/** The same figure for the front page. */
export function small({draw, ...figure}: Figure): Figure {
  return {...figure, draw: (options) => draw({...options, height: SMALL_HEIGHT})};
}

/** “+42 % at concurrency 1, …” for a family that has concurrencies only. */
export function byConcurrency(material: Material, name: string): string {
  return family(material, name).map(atConcurrency).join(", ");
}

/** “AWQ: 68 tok/s at concurrency 1, ….” for each of several series. */
export function bySeries(material: Material, name: string, ids: readonly string[]): string {
  return ids
    .map((id) => {
      const points = family(material, name).filter(({key}) => key.series === id);
      return `${seriesLabel(material, id)}: ${points.map(atConcurrency).join(", ")}.`;
    })
    .join(" ");
}

function atConcurrency({key, text}: Fact): string {
  return `${text} at concurrency ${key.concurrency}`;
}
