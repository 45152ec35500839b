// The folder for results. It is created and tested before anything is measured.

import {randomUUID} from "node:crypto";
import {mkdir, rm, stat, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {messageOf} from "../../errors/message-of.js";
import {UsageError} from "../../errors/usage-error.js";
import type {BenchOptions} from "./bench-flags.js";

/** The series' folder under data, or `results` without a series. */
export function resultFolder(options: BenchOptions): string {
  return options["result-dir"] ?? (options.series ? `data/results/${options.series}` : "results");
}

/**
 * Creates the folder, and tests it by writing and removing a file.
 * @throws UsageError
 */
export async function prepareFolder(folder: string): Promise<void> {
  const trial = join(folder, `.writable-${randomUUID()}`);
  try {
    await makeFolder(folder);
    await writeFile(trial, "");
    await rm(trial);
  } catch (error) {
    const why = messageOf(error);
    throw new UsageError(`--result-dir ${folder}: ${why}. Name a writable folder.`);
  }
}

/** Creates folders one by one: mkdir's `recursive` never returns below a folder such as /proc, which refuses them. */
async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path).catch(async (error: Error) => {
    // Another process may have created it meanwhile.
    if (!(await isFolder(path))) throw error;
  });
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false
  );
}
