import {UsageError} from "../errors/usage-error.js";
import type {Series} from "../evidence/schema.js";

/** The card of a series named in a call. */
export function namedSeries(series: readonly Series[], wanted: string): Series {
  const card = series.find(({id}) => id === wanted);
  if (card !== undefined) return card;
  throw new UsageError(
    `Unknown series “${wanted}”: add data/series/${wanted}.json (docs/results.md shows one) or correct the name.`
  );
}
