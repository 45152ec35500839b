// Reads what npm run bench wrote, for tests: as Benchbook does, and as vLLM's own tools would.

import {readFile} from "node:fs/promises";
import {benchbookRun} from "../../loaders/formats/benchbook-result.js";
import type {Run} from "../../loaders/formats/run-record.js";
import {VllmResult} from "../../loaders/formats/vllm-file.js";

export async function readRun(path: string): Promise<{run: Run; result: VllmResult}> {
  const document: unknown = JSON.parse(await readFile(path, "utf8"));
  return {run: await benchbookRun(document, path), result: VllmResult.parse(document)};
}
