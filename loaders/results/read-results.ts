// Reads and checks every result file under data/results.

import {readdirSync} from "node:fs";
import {basename, join, relative} from "node:path";
import type {Fault} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import type {Series} from "../evidence/schema.js";
import {readResult} from "../formats/read-result.js";
import {checkResults} from "./check-results.js";
import {LIVE_FOLDER, type Result, resultsOf} from "./filed-result.js";
import {withoutRepeats} from "./without-repeats.js";

/**
 * The runs of every file below `data`/results/SERIES, and every fault of every file.
 * @param series the existing cards; null if the cards themselves are at fault
 */
export async function readResults(
  data: string,
  series: readonly Series[] | null
): Promise<{results: Result[]; faults: Fault[]}> {
  const read: Result[] = [];
  const faults: Fault[] = [];
  for (const file of resultFiles(join(data, "results"), true)) {
    const path = join(data, "results", file);
    const [name = "", folder] = file.split("/");
    const named = relative(process.cwd(), path);
    try {
      const filed = {file: `results/${file}`, series: name, live: folder === LIVE_FOLDER};
      read.push(...resultsOf(filed, await readResult(path)));
    } catch (error) {
      faults.push({file: named, place: "", message: faultMessage(error, path)});
    }
  }
  const results = withoutRepeats(read);
  if (series !== null) faults.push(...checkResults(results, series, data));
  return {results, faults};
}

/** Files that vLLM writes beside results: search logs of its SLA sweeps, figures for PyTorch's dashboard. */
const BESIDE = /^SLA--.*\.json$|\.pytorch\.json$/;

/** The files below a folder that vLLM wrote beside its results. */
export function filesBeside(folder: string): string[] {
  return readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((name) => BESIDE.test(basename(name)))
    .sort();
}

/** Result files below a folder, relative to it, in a fixed order. */
export function resultFiles(folder: string, missingIsEmpty = false): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, {recursive: true, encoding: "utf8"});
  } catch (error) {
    if (missingIsEmpty) return [];
    throw error;
  }
  return names.filter((name) => /\.jsonl?$/.test(name) && !BESIDE.test(basename(name))).sort();
}

/** The reader's message without its leading file name, and with a remedy. */
function faultMessage(error: unknown, path: string): string {
  const line = messageOf(error);
  const message = line.startsWith(path) ? line.slice(path.length).replace(/^[:,]\s*/, "") : line;
  return `${message.replace(/\.?$/, ".")} Restore the file from its origin or take it out of the folder.`;
}
