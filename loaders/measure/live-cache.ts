// Where the results of a live series are kept until others take their place.

import {existsSync, mkdirSync, renameSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import type {Series} from "../evidence/schema.js";
import {LIVE_FOLDER} from "../results/filed-result.js";
import {resultFiles} from "../results/read-results.js";

/** Where the results of a live series are cached. */
export function liveCache(data: string, id: string): string {
  return join(data, "results", id, LIVE_FOLDER);
}

/** Whether the cache holds results: its folder may be empty. */
export function isCached(data: string, {id}: Series): boolean {
  return resultFiles(liveCache(data, id), true).length > 0;
}

/** Where the old cache stands while a new one takes its place. */
function asideOf(data: string, id: string): string {
  return join(data, "..", ".benchbook", "live", `${id}-before`);
}

/** Puts back a cache that stood aside when a process ended, or removes it where a new one had already taken its place. */
export function restoreCache(data: string, card: Series): void {
  const [cache, aside] = [liveCache(data, card.id), asideOf(data, card.id)];
  if (isCached(data, card)) rmSync(aside, {recursive: true, force: true});
  else if (existsSync(aside)) {
    mkdirSync(dirname(cache), {recursive: true});
    rmSync(cache, {recursive: true, force: true});
    renameSync(aside, cache);
  }
}

/** Puts a finished sweep in the place of what is cached, which stands aside until it is done. */
export function replaceCache(data: string, card: Series, staging: string): string {
  const [cache, aside] = [liveCache(data, card.id), asideOf(data, card.id)];
  mkdirSync(dirname(cache), {recursive: true});
  if (existsSync(cache)) renameSync(cache, aside);
  renameSync(staging, cache);
  rmSync(aside, {recursive: true, force: true});
  return cache;
}
