// A sweep's summary.json: it repeats the runs that stand beside it as run=N.json.

import {basename, dirname} from "node:path";
import {runIdentity} from "./check-results.js";
import type {Result} from "./filed-result.js";

/** Results without those of a `summary.json` that another file of its folder holds as well. */
export function withoutRepeats(results: readonly Result[]): Result[] {
  const isOfSummary = ({file}: Result) => basename(file) === "summary.json";
  const keyOf = (result: Result) => `${dirname(result.file)}\n${runIdentity(result)}`;
  const beside = new Set(results.filter((result) => !isOfSummary(result)).map(keyOf));
  return results.filter((result) => !isOfSummary(result) || !beside.has(keyOf(result)));
}
