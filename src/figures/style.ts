// What the figures share. Colours are custom properties of the page, so light and dark come for free.

/** Options of every figure: where to draw and how wide. */
export interface FigureOptions {
  /** The document to draw with; the page's own in the browser, linkedom's at build. */
  document: Document;
  /** Width in CSS pixels. */
  width: number;
  /** Height in CSS pixels. */
  height?: number;
}

/** A measured or derived value of a series at a concurrency, with its interval. */
export interface SeriesRow {
  series: string;
  label: string;
  concurrency: number;
  value: number;
  low: number;
  high: number;
}

/** A value at a concurrency, with its interval. */
export type ConcurrencyRow = Omit<SeriesRow, "series" | "label">;

const knownSeries = new Set(["awq", "awq-mtp1", "nvfp4"]);

/** The colour of a series; those without one of their own share the neutral. */
export function seriesColor(series: string): string {
  return knownSeries.has(series) ? `var(--series-${series})` : "var(--series-other)";
}

/** The colours of series that are compared: their own where each has one, else a neutral pair. */
export function pairColors(series: readonly string[]): string[] {
  return series.length > 1 && series.every((id) => knownSeries.has(id))
    ? series.map(seriesColor)
    : ["var(--compare-a)", "var(--compare-b)"];
}

/** What all plots have in common. */
export function plotOptions({document, width, height}: FigureOptions) {
  return {
    document,
    width,
    height: height ?? Math.round(Math.max(220, Math.min(340, width * 0.5))),
    marginLeft: 48,
    marginRight: 16,
    marginTop: 28,
    marginBottom: 40,
    style: {background: "none", color: "inherit", fontSize: "13px", fontFamily: "var(--sans)"}
  };
}

/** The axis of concurrencies: logarithmic to base two, with a tick at each one measured. */
export function concurrencyScale(rows: readonly {concurrency: number}[]) {
  const ticks = [...new Set(rows.map((row) => row.concurrency))].sort((a, b) => a - b);
  return {type: "log" as const, base: 2, ticks, tickFormat: String, label: "Concurrency →", nice: false};
}

/** The axis of request rates, with a tick at each one measured. */
export function rateScale(rates: readonly number[]) {
  const ticks = [...new Set(rates)].sort((a, b) => a - b);
  return {ticks, tickFormat: String, label: "Request rate (req/s) →", zero: true};
}

/** Room to the left for the longest load. */
export function labelRoom(rows: readonly {load: string}[]): number {
  return Math.max(48, 16 + 8 * Math.max(...rows.map(({load}) => load.length)));
}
