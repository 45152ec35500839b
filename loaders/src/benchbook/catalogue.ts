import {FileAttachment} from "observablehq:stdlib";
import type {Format} from "./format.js";
import {load} from "./load.js";

/** A fact in the site's catalogue. */
export interface CatalogueFact {
  id: string;
  family: string;
  /** What distinguishes it from the other facts of its family, in words; empty if it is the only one. */
  subject: string;
  key: Record<string, string | number>;
  question: string;
  value: number;
  low: number;
  high: number;
  unit: string;
  interval: string;
  sources: {source: string; place: string}[];
  sql: string;
  format: Format;
  text: string;
  intervalText: string;
  /** The printed values it comes from: series, quantity, concurrency, value with unit, place. */
  rows: string[][];
}

/** What the panel shows before DuckDB is ready. The same build writes it, the pages and report.duckdb. */
export interface Catalogue {
  facts: Record<string, CatalogueFact>;
  /** The definition of each view, and the views it reads from; each comes after those. */
  views: Record<string, {question: string; sql: string; reads: string[]}>;
  sources: Record<string, {title: string; url: string | null}>;
}

let catalogue: Promise<Catalogue> | undefined;

/** Loads the catalogue once; a failed load is tried again. */
export function loadCatalogue(): Promise<Catalogue> {
  catalogue ??= load(FileAttachment("./data/catalogue.json.gz")).then((response) => response.json());
  catalogue.catch(() => {
    catalogue = undefined;
  });
  return catalogue;
}
