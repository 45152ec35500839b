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

/** The axis of concurrencies: logarithmic to base two, with a tick at each one measured that has room. */
export function concurrencyScale(rows: readonly {concurrency: number}[], width = Number.POSITIVE_INFINITY) {
  const ticks = withRoom(
    rows.map(({concurrency}) => concurrency),
    width,
    Math.log2
  );
  return {type: "log" as const, base: 2, ticks, tickFormat: String, label: "Concurrency →", nice: false};
}

/** The axis of request rates, with a tick at each one measured that has room. */
export function rateScale(rates: readonly number[], width: number) {
  const ticks = withRoom([0, ...rates], width, (rate) => rate).filter((rate) => rates.includes(rate));
  return {ticks, tickFormat: String, label: "Request rate (req/s) →", zero: true};
}

const DIGIT_WIDTH = 8;

/** The values, each once, without those whose labels would run into that of a greater one. */
function withRoom(values: readonly number[], width: number, place: (value: number) => number): number[] {
  const descending = [...new Set(values)].sort((a, b) => b - a);
  const [first = 1, last = 1] = [descending.at(-1), descending[0]];
  const scale = width / (place(last) - place(first) || 1);
  const shown: number[] = [];
  for (const value of descending) {
    const next = shown[0];
    const room = (String(value).length + String(next ?? "").length + 1) * (DIGIT_WIDTH / 2);
    if (next === undefined || (place(next) - place(value)) * scale >= room) shown.unshift(value);
  }
  return shown;
}

/** Room to the left for the longest load. */
export function labelRoom(rows: readonly {load: string}[]): number {
  return Math.max(48, 16 + 8 * Math.max(...rows.map(({load}) => load.length)));
}
