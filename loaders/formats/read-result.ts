// Reads any result file, judging it by its content rather than by its name.

import {readFile} from "node:fs/promises";
import {messageOf} from "../errors/message-of.js";
import {benchbookRun, isBenchbookResult} from "./benchbook-result.js";
import {parseDocuments} from "./parse-json.js";
import type {Run} from "./run-record.js";
import {vllmRuns} from "./vllm-file.js";

/**
 * The runs of a Benchbook result or of a vLLM result (JSON or JSON Lines).
 * Throws a one-line Error that names the file.
 */
export async function readResult(path: string): Promise<Run[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new Error(`${path}: cannot be read (${messageOf(error)}). Correct the path or its permissions.`);
  });
  const documents = documentsOf(text, path);
  if (!documents.some(isBenchbookResult)) return vllmRuns(documents, path);
  if (documents.length > 1 || text.trimStart().startsWith("[")) {
    // Read as vLLM's, a simulated or an interrupted run would lose its mark.
    throw new Error(
      `${path}: holds results of npm run bench, put together. Give the files that it wrote, one by one.`
    );
  }
  return [await benchbookRun(documents[0], path)];
}

function documentsOf(text: string, path: string): unknown[] {
  try {
    return parseDocuments(text);
  } catch (error) {
    // The parser's message quotes the text, line breaks included.
    const reason = messageOf(error).replace(/\p{Cc}/gu, (character) =>
      JSON.stringify(character).slice(1, -1)
    );
    throw new Error(`${path}: not JSON (${reason}). Give a file of vllm bench serve or npm run bench.`);
  }
}
