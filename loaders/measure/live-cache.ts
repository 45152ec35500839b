// The cache of a live series' results, kept until new results replace them.

import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import type {Series} from "../evidence/schema.js";
import {LIVE_FOLDER} from "../results/filed-result.js";
import {resultFiles} from "../results/read-results.js";

/** The folder of a live series' cached results. */
export function liveCache(data: string, id: string): string {
  return join(data, "results", id, LIVE_FOLDER);
}

/** Whether the cache holds results; its folder may be empty. */
export function isCached(data: string, {id}: Series): boolean {
  return resultFiles(liveCache(data, id), true).length > 0;
}

/** Where the old cache is moved while a new one replaces it. */
function asideOf(data: string, id: string): string {
  return join(data, "..", ".benchbook", "live", `${id}-before`);
}

/** Restores a cache that was aside when a process died, or removes it if a new one had already replaced it. */
export function restoreCache(data: string, card: Series): void {
  const [cache, aside] = [liveCache(data, card.id), asideOf(data, card.id)];
  if (isCached(data, card)) rmSync(aside, {recursive: true, force: true});
  else if (existsSync(aside)) {
    mkdirSync(dirname(cache), {recursive: true});
    rmSync(cache, {recursive: true, force: true});
    renameSync(aside, cache);
  }
}

/** Replaces the cache by a finished sweep; the old cache is kept aside until this is done. */
export function replaceCache(data: string, card: Series, staging: string): string {
  const [cache, aside] = [liveCache(data, card.id), asideOf(data, card.id)];
  mkdirSync(dirname(cache), {recursive: true});
  if (existsSync(cache)) renameSync(cache, aside);
  renameSync(staging, cache);
  rmSync(aside, {recursive: true, force: true});
  return cache;
}
