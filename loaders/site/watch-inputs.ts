import {existsSync, watch} from "node:fs";
import {engine, paths} from "../paths.js";
import {touchConfiguration} from "./touch-configuration.js";

/** Editors write a file in several steps; events within this time are one change. */
const SETTLE_MS = 40;

/** A page that is being loaded hears of no change for a moment. */
const AGAIN_MS = 1000;
const TRIES = 5;

let isWatching = false;
/** How often Framework has read the configuration. */
let reads = 0;

/**
 * Makes Framework’s preview read the configuration again when evidence, queries, pages or code change. By itself it
 * watches only the configuration, and the pages, styles and modules of the browser. Called on each reading.
 */
export function watchInputs(): void {
  reads += 1;
  if (isWatching) return;
  isWatching = true;
  let timer: NodeJS.Timeout | undefined;
  const touch = (tries: number) => {
    const before = reads;
    touchConfiguration();
    if (tries > 1) timer = setTimeout(() => reads === before && touch(tries - 1), AGAIN_MS);
  };
  const change = () => {
    clearTimeout(timer);
    timer = setTimeout(touch, SETTLE_MS, TRIES);
  };
  const concerns = /^(queries|claims|figures|explorables)\/|\.md$/;
  for (const folder of [engine, paths.data]) if (existsSync(folder)) watch(folder, {recursive: true}, change);
  watch(paths.src, {recursive: true}, (_event, name) => {
    if (name !== null && concerns.test(name) && !/^(benchbook|\.observablehq|series|compare)\//.test(name))
      change();
  });
}
