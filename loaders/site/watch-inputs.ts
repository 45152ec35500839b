import {existsSync, utimesSync, watch} from "node:fs";
import {join} from "node:path";
import {engine, paths} from "../paths.js";

/** Editors write a file in several steps; events within this time are one change. */
const SETTLE_MS = 40;

let isWatching = false;

/**
 * Makes Framework’s preview read the configuration again when evidence, queries, pages or code change. By itself it
 * watches only the configuration, and the pages, styles and modules of the browser.
 */
export function watchInputs(): void {
  if (isWatching) return;
  isWatching = true;
  let timer: NodeJS.Timeout | undefined;
  const touch = () => {
    const now = new Date();
    utimesSync(join(paths.root, "observablehq.config.ts"), now, now);
  };
  const change = () => {
    clearTimeout(timer);
    timer = setTimeout(touch, SETTLE_MS);
  };
  const concerns = /^(queries|claims|figures|explorables)\/|\.md$/;
  for (const folder of [engine, paths.data]) if (existsSync(folder)) watch(folder, {recursive: true}, change);
  watch(paths.src, {recursive: true}, (_event, name) => {
    if (name !== null && concerns.test(name) && !/^(benchbook|\.observablehq|series|compare)\//.test(name))
      change();
  });
}
