import {once} from "node:events";
import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import {stripVTControlCharacters} from "node:util";
import {paths} from "../paths.js";
import {startFramework, type Told} from "./framework.js";

/**
 * Builds the site into dist/, which stays as it was if anything is wrong. Progress goes to stderr.
 * @param measured the live series measured for this build: their pages say so
 * @throws Error naming every fault
 */
export async function buildSite(measured: readonly string[], verbose: boolean): Promise<void> {
  const start = performance.now();
  const progress = (text: string) =>
    console.error(`${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  progress("evidence, warehouse, facts …");
  const output = join(paths.root, ".benchbook/dist");
  rmSync(output, {recursive: true, force: true});
  const child = startFramework(["build"], {
    stdio: ["ignore", verbose ? 2 : "pipe", verbose ? 2 : "pipe", "ipc"],
    env: {BENCHBOOK_OUTPUT: output, BENCHBOOK_MEASURED: measured.join(",")}
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (printed += text));
  let fault: string | undefined;
  child.on("message", (told: Told) => {
    if ("fault" in told) fault = told.fault;
    else progress(`${told.facts} facts, ${told.claims} claims; pages …`);
  });
  const [code, signal] = await once(child, "close");
  if (fault !== undefined) throw new Error(fault);
  if (code !== 0)
    throw new Error(`Observable Framework could not build the pages: ${faultIn(printed, signal)}`);
  swap(output, paths.dist);
  progress("done: dist/ (see it with npm run preview)");
}

/**
 * What went wrong according to Framework's log: the marked error, or the whole log if none is marked.
 * @param signal that ended Framework, if one did
 */
export function faultIn(log: string, signal: string | null = null): string {
  const plain = stripVTControlCharacters(log);
  const errors = Array.from(plain.matchAll(/^(?:\w+ )?error: (.+)$/gim), ([, message = ""]) => message);
  if (errors.length === 0)
    return `it ended ${signal === null ? "without an error of its own" : `by ${signal}`}. Its log:\n${plain.trim()}`;
  return `${errors.join("; ")}. Correct what is named; npm run build -- --verbose prints the whole log.`;
}

/** Replaces the old folder by the finished one. */
function swap(from: string, to: string): void {
  const old = `${from}-old`;
  rmSync(old, {recursive: true, force: true});
  mkdirSync(dirname(from), {recursive: true});
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
  rmSync(old, {recursive: true, force: true});
}
