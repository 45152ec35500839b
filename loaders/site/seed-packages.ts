import {mkdirSync} from "node:fs";
import {join} from "node:path";

/**
 * Framework resolves the version of these packages before it bundles its own client, and would ask a CDN. An empty
 * folder with a valid version answers instead; no page imports any of them.
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

/** Creates these folders for a project whose pages are in `src`. */
export function seedPackages(src: string): void {
  for (const name of looked) mkdirSync(join(src, ".observablehq/cache/_npm", name), {recursive: true});
}
