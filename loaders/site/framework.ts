import {type ChildProcess, type SpawnOptions, spawn} from "node:child_process";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {paths} from "../paths.js";

const require = createRequire(import.meta.url);

/** A message of the engine to the command that started Framework. */
export type Told = {facts: number; claims: number} | {fault: string};

/** Starts Framework’s command line on the report, without telemetry. */
export function startFramework(
  args: readonly string[],
  {env, ...options}: Pick<SpawnOptions, "env" | "stdio">
): ChildProcess {
  const framework = dirname(require.resolve("@observablehq/framework/package.json"));
  return spawn(process.execPath, [join(framework, "dist/bin/observable.js"), ...args], {
    ...options,
    cwd: paths.root,
    env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "1", ...env}
  });
}
