import {readEvidence} from "../evidence/read.js";
import type {Evidence} from "../evidence/schema.js";
import {FaultsError, stopOn} from "../faults.js";
import {liveFaults} from "./live.js";
import {readResults} from "./read.js";
import type {Result} from "./result.js";

/** Everything under data/: what is written down, and what was measured. */
export interface Data {
  evidence: Evidence;
  results: Result[];
}

/**
 * Reads and checks everything below `folder`.
 * @throws FaultsError with every fault of every file
 */
export async function readData(folder: string): Promise<Data> {
  let evidence: Evidence;
  try {
    evidence = readEvidence(folder);
  } catch (error) {
    if (!(error instanceof FaultsError)) throw error;
    const {faults} = await readResults(folder, null);
    throw new FaultsError([...error.faults, ...faults]);
  }
  const {results, faults} = await readResults(folder, evidence.series);
  stopOn([...liveFaults(folder, evidence), ...faults]);
  return {evidence, results};
}
