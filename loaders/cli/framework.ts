import {type SpawnOptions, spawn} from "node:child_process";
import {mkdirSync} from "node:fs";
import {join} from "node:path";
import {stripVTControlCharacters} from "node:util";
import {buildSync} from "esbuild";
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

/** A file of its own for each call: a preview that runs must not see the next one's configuration. */
let calls = 0;

/** A call of Framework's command line. */
export interface FrameworkCall {
  command: string;
  args: string[];
  options: SpawnOptions;
  /** The configuration; Framework's preview watches it and has the browser load the page anew. */
  configuration: string;
  /** The files of the configuration, relative to the root: Framework has read them once and for all. */
  read: ReadonlySet<string>;
}

/**
 * How to call Framework's command line so that it needs no network.
 * @param configuration a module whose default export is Framework's configuration; it may import TypeScript
 * @throws Error where the configuration is no code
 */
export function framework(
  command: "build" | "preview",
  configuration: string,
  args: readonly string[] = [],
  env: Record<string, string> = {}
): FrameworkCall {
  seedFramework(paths.src);
  calls += 1;
  const file = join(paths.root, `.benchbook/${command}-${calls}.config.js`);
  const read = bundle(configuration, file);
  return {
    read,
    configuration: file,
    command: process.execPath,
    args: [
      join(paths.root, "node_modules/@observablehq/framework/dist/bin/observable.js"),
      command,
      `--config=${file}`,
      ...args
    ],
    options: {
      cwd: paths.root,
      env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "1", ...env}
    }
  };
}

/**
 * Makes one JavaScript file of a module, so that Framework starts without a transpiler; tells what it read.
 * The file stands one folder below the root, as `paths.ts` in it does, which finds the root from where it stands.
 */
function bundle(contents: string, outfile: string): Set<string> {
  const {metafile} = buildSync({
    absWorkingDir: paths.root,
    logLevel: "silent",
    metafile: true,
    stdin: {contents, resolveDir: paths.root},
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outfile
  });
  return new Set(Object.keys(metafile.inputs));
}

/** Waits for a word before it gives Framework its configuration, which Framework reads after its own code. */
const gate = `import configuration from "./observablehq.config.ts";
await new Promise((resolve) => process.once("message", resolve));
process.disconnect();
export default configuration;
`;

/** Framework, loading its code while the report is made. */
interface WaitingBuild {
  /** Has it build the pages. Rejects with what it printed if it fails. */
  build(): Promise<void>;
  /** Ends it, whether it has built or not. */
  stop(): void;
}

/** Starts a build that waits for the report. */
export function startBuild(output: string, verbose: boolean): WaitingBuild {
  const {command, args, options} = framework("build", gate, [], {BENCHBOOK_OUTPUT: output});
  const child = spawn(command, args, {
    ...options,
    stdio: ["ignore", verbose ? 2 : "pipe", verbose ? 2 : "pipe", "ipc"]
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text) => {
      printed += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    async build() {
      if (child.connected) child.send("build");
      if ((await ended) !== 0) {
        throw new Error(`Observable Framework could not build the pages: ${faultIn(printed)}`);
      }
    },
    stop: () => child.kill()
  };
}

/** What Framework's log says went wrong: its error, or all of the log where none is marked as one. */
export function faultIn(log: string): string {
  const plain = stripVTControlCharacters(log);
  const errors = Array.from(plain.matchAll(/^(?:\w+ )?error: (.+)$/gim), ([, message = ""]) => message);
  if (errors.length === 0) return `it ended without an error of its own. Its log:\n${plain.trim()}`;
  return `${errors.join("; ")}. Correct what is named; npm run build -- --verbose prints the whole log.`;
}
