// Colours are custom properties of the page, so light and dark come for free.

/** How many neutral colours the style defines: `--series-1` and on. */
export const NEUTRAL_COLORS = 6;

/** A colour for series that none of their own tells apart: the same again after the last. */
export function neutralColor(index: number): string {
  return `var(--series-${(index % NEUTRAL_COLORS) + 1})`;
}

/**
 * The colour of each series: its own where all have one. Otherwise all are neutral, because a neutral colour
 * may be like that of a series.
 */
export function seriesColors(ids: readonly string[], colored: ReadonlySet<string>): (id: string) => string {
  const series = [...new Set(ids)];
  const own = series.every((id) => colored.has(id));
  return (id) => (own ? `var(--series-${id})` : neutralColor(Math.max(0, series.indexOf(id))));
}
