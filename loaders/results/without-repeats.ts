// A sweep's summary.json repeats the runs beside it, which are in files run=N.json.

import {basename, dirname} from "node:path";
import {runIdentity} from "./check-results.js";
import type {Result} from "./filed-result.js";

/** Drops results of a `summary.json` that another file in its folder holds too. */
export function withoutRepeats(results: readonly Result[]): Result[] {
  const isOfSummary = ({file}: Result) => basename(file) === "summary.json";
  const keyOf = (result: Result) => `${dirname(result.file)}\n${runIdentity(result)}`;
  const beside = new Set(results.filter((result) => !isOfSummary(result)).map(keyOf));
  return results.filter((result) => !isOfSummary(result) || !beside.has(keyOf(result)));
}
