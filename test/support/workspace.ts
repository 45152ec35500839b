import {execFile} from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The report that tests of the engine run on. */
export const fixture = join(root, "test/fixture");

/** What a build leaves in the folder of a report. */
const made = new Set([
  "dist",
  "node_modules",
  ".benchbook",
  "src/.observablehq",
  "src/benchbook",
  "src/series",
  "src/compare"
]);

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** A report in its own folder, in which a test may change files and build. */
export interface Workspace {
  root: string;
  /** Where its engine is: this repository, or a copy. */
  engine: string;
  path(name: string): string;
  read(name: string): string;
  write(name: string, text: string): void;
  /** Replaces text in a file, which must hold it. */
  edit(name: string, from: string | RegExp, to: string): void;
  /** Runs a command of the engine on the report to the end, like npx benchbook COMMAND. */
  run(command: string, args?: readonly string[], env?: Record<string, string>): Promise<Outcome>;
  /** Runs Framework’s own command line to the end, like npx observable. */
  observable(...args: string[]): Promise<Outcome>;
  remove(): void;
}

/**
 * A copy of a report outside the repository, which reaches the engine as in docs/make-your-own-report.md, through
 * npm's link. A test that changes the engine also gets a copy of it, in engine/.
 */
export function makeWorkspace(report = fixture, {ownEngine = false} = {}): Workspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "benchbook-")));
  for (const name of ["observablehq.config.ts", "data", "src"]) {
    cpSync(join(report, name), join(folder, name), {
      recursive: true,
      filter: (source) => !made.has(source.slice(report.length + 1))
    });
  }
  write("package.json", JSON.stringify({name: "report", private: true, type: "module"}));
  const engine = ownEngine ? path("engine") : root;
  if (ownEngine) {
    for (const name of ["package.json", "package-lock.json", "tsconfig.json", "loaders"])
      cpSync(join(root, name), join(engine, name), {recursive: true});
    symlinkSync(realpathSync(join(root, "node_modules")), join(engine, "node_modules"));
  }
  mkdirSync(path("node_modules"));
  symlinkSync(engine, path("node_modules/benchbook"));

  function path(name: string): string {
    return join(folder, name);
  }
  function read(name: string): string {
    return readFileSync(path(name), "utf8");
  }
  function write(name: string, text: string): void {
    mkdirSync(dirname(path(name)), {recursive: true});
    writeFileSync(path(name), text);
  }
  return {
    root: folder,
    engine,
    path,
    read,
    write,
    edit(name, from, to) {
      const before = read(name);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${name} does not hold ${from}`);
      write(name, after);
    },
    run: (command, args = [], env = {}) =>
      runNode([join(engine, "loaders/cli/benchbook.js"), command, ...args], folder, env),
    observable: (...args) =>
      runNode([join(engine, "loaders/cli/observable.js"), ...args], folder, {
        OBSERVABLE_TELEMETRY_DISABLE: "1"
      }),
    remove: () => rmSync(folder, {recursive: true, force: true})
  };
}

/** Runs a command of the engine in test/fixture. */
export function runFixture(
  command: string,
  args: readonly string[] = [],
  env: Record<string, string> = {}
): Promise<Outcome> {
  return runNode([join(root, "loaders/cli/benchbook.js"), command, ...args], fixture, env);
}

/** Runs loaders/cli/COMMAND.ts in a folder to the end. */
export function runCommand(
  folder: string,
  command: string,
  args: readonly string[] = [],
  env: Record<string, string> = {}
): Promise<Outcome> {
  return runNode(["--import", "tsx", `loaders/cli/${command}.ts`, ...args], folder, env);
}

/** Runs a script of `folder` as npm would. */
export function runScript(
  folder: string,
  script: string,
  args: readonly string[],
  env: Record<string, string> = {}
): Promise<Outcome> {
  return runNode(["--import", "tsx", script, ...args], folder, env);
}

function runNode(args: readonly string[], cwd: string, env: Record<string, string>): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      {cwd, env: {...process.env, ...env}, maxBuffer: 1 << 28},
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({code, stdout, stderr});
      }
    );
  });
}

/** The built site of the report of this repository. */
export function builtSite(): string {
  return siteIn(root);
}

/** The built site of test/fixture. */
export function builtFixture(): string {
  return siteIn(fixture);
}

function siteIn(folder: string): string {
  const site = join(folder, "dist");
  if (existsSync(join(site, "index.html"))) return site;
  throw new Error(`${site} holds no site. Run npm test, which builds it, or npx benchbook build there.`);
}
