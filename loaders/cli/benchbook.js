#!/usr/bin/env node
// The commands of Benchbook for a report in a folder of its own: npx benchbook build.
// In this repository, npm scripts start them.

import {spawnSync} from "node:child_process";
import {createRequire} from "node:module";
import {fileURLToPath, pathToFileURL} from "node:url";

const commands = ["build", "dev", "preview", "facts", "claims", "import", "bench", "simulate", "refresh"];
/** Commands that keep time: a garbage collection would show in their measurements. */
const timed = new Set(["bench", "simulate", "refresh"]);

const [command = "", ...args] = process.argv.slice(2);
if (!commands.includes(command)) {
  console.error(`Usage: npx benchbook COMMAND. The commands: ${commands.join(", ")}; each has --help.`);
  process.exit(command === "--help" ? 0 : 2);
}
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const {status} = spawnSync(
  process.execPath,
  [
    ...(timed.has(command) ? ["--no-memory-reducer"] : []),
    "--import",
    tsx,
    fileURLToPath(new URL(`${command}.ts`, import.meta.url)),
    ...args
  ],
  {stdio: "inherit"}
);
process.exit(status ?? 1);
