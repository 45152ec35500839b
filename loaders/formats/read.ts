// Any result file to Runs, by what is in it rather than by its name.

import {readFile} from "node:fs/promises";
import {isBenchbookResult, readRun} from "./benchbook.js";
import {parsePythonJson} from "./json.js";
import type {Run} from "./run.js";
import {readVllmBench} from "./vllm-bench.js";

/**
 * The runs of a Benchbook result or of a vLLM result (JSON or JSON Lines).
 * Throws an Error of one line that names the file.
 */
export async function readResult(path: string): Promise<Run[]> {
  const document = await readFile(path, "utf8")
    .then(parsePythonJson)
    .catch(() => null);
  return isBenchbookResult(document) ? [(await readRun(path)).run] : readVllmBench(path);
}
