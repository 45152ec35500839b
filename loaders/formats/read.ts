// Any result file to Runs, by what is in it rather than by its name.

import {readFile, stat} from "node:fs/promises";
import {isBenchbookResult, readRun} from "./benchbook.js";
import {parsePythonJson} from "./json.js";
import type {Run} from "./run.js";
import {readVllmBench} from "./vllm-bench.js";

/**
 * The runs of a Benchbook result, a vLLM result (JSON or JSON Lines) or a sweep's folder of vLLM results.
 * Throws an Error of one line that names the file.
 */
export async function readResult(path: string): Promise<Run[]> {
  if (!(await stat(path)).isDirectory()) {
    const document = await readFile(path, "utf8")
      .then(parsePythonJson)
      .catch(() => null);
    if (isBenchbookResult(document)) return [(await readRun(path)).run];
  }
  return readVllmBench(path);
}
