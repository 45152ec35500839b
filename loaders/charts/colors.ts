// Colours are custom properties of the page, so that light and dark mode need no code here.

/** How many neutral colours the style defines: `--series-1` and so on. */
export const NEUTRAL_COLORS = 6;

/** A colour for series without their own; after the last, the first comes again. */
export function neutralColor(index: number): string {
  return `var(--series-${(index % NEUTRAL_COLORS) + 1})`;
}

/**
 * The colour of each series: its own, if all have one. Otherwise all are neutral, because a neutral colour may look
 * like some series' own.
 */
export function seriesColors(ids: readonly string[], colored: ReadonlySet<string>): (id: string) => string {
  const series = [...new Set(ids)];
  const own = series.every((id) => colored.has(id));
  return (id) => (own ? `var(--series-${id})` : neutralColor(Math.max(0, series.indexOf(id))));
}
