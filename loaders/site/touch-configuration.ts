import {utimesSync} from "node:fs";
import {join} from "node:path";
import {paths} from "../paths.js";

/** Makes Framework's preview read the configuration again. */
export function touchConfiguration(): void {
  const now = new Date();
  utimesSync(join(paths.root, "observablehq.config.ts"), now, now);
}
