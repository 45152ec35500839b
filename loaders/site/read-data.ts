import {type Fault, stopOn} from "../errors/faults.js";
import {inspectEvidence} from "../evidence/read-evidence.js";
import type {Evidence} from "../evidence/schema.js";
import {liveFaults} from "../measure/live-series.js";
import type {Result} from "../results/filed-result.js";
import {readResults} from "../results/read-results.js";

/** Everything under data/: evidence written by hand, and measured results. */
export interface Data {
  evidence: Evidence;
  results: Result[];
}

/**
 * Reads and checks everything below `folder`.
 * @throws FaultsError with every fault of every file
 */
export async function readData(folder: string): Promise<Data> {
  const {faults, ...data} = await inspectData(folder);
  stopOn(faults);
  return data;
}

/** Everything below `folder` that could be read, and every fault of every file. */
export async function inspectData(folder: string): Promise<Data & {faults: Fault[]}> {
  const {evidence, faults} = inspectEvidence(folder);
  if (faults.length > 0) {
    // While cards are at fault, nobody can tell whether a result fits its card.
    const {results, faults: ofResults} = await readResults(folder, null);
    return {evidence, results, faults: [...faults, ...ofResults]};
  }
  const {results, faults: ofResults} = await readResults(folder, evidence.series);
  return {evidence, results, faults: [...liveFaults(folder, evidence), ...ofResults]};
}
