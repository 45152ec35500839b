import type {SpawnOptions} from "node:child_process";
import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {paths} from "../paths.js";

/**
 * Framework looks these up by version before it bundles its own client, and would ask a CDN for them.
 * An empty folder with a valid version answers the question; no page imports any of them.
 */
const looked = [
  "@observablehq/plot@0.6.17",
  "@observablehq/sample-datasets@1.0.1",
  "apache-arrow@21.2.0",
  "arquero@8.0.0",
  "d3-dsv@3.0.2",
  "d3@7.9.2",
  "echarts@6.0.0",
  "htl@1.0.0",
  "leaflet@1.9.4",
  "lodash@4.17.21",
  "mapbox-gl@3.2.0",
  "parquet-wasm@0.8.0",
  "react-dom@19.3.1",
  "react@19.3.1",
  "topojson-client@3.1.0"
];

/** Answers what Framework looks up for a project whose pages are in `src`. */
export function seedFramework(src: string): void {
  for (const name of looked) mkdirSync(join(src, ".observablehq/cache/_npm", name), {recursive: true});
}

/** How to call Framework's command line so that it needs no network. */
export function framework(
  args: readonly string[],
  env: Record<string, string> = {}
): {command: string; args: string[]; options: SpawnOptions} {
  seedFramework(paths.src);
  return {
    command: process.execPath,
    args: [
      "--import",
      "tsx",
      join(paths.root, "node_modules/@observablehq/framework/dist/bin/observable.js"),
      ...args
    ],
    options: {
      cwd: paths.root,
      env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "1", ...env}
    }
  };
}
