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

const copied = ["package.json", "tsconfig.json", "observablehq.config.ts", "data", "loaders", "src"];

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** A copy of the working tree in which a test may change files and build. */
export interface Workspace {
  root: string;
  path(name: string): string;
  read(name: string): string;
  write(name: string, text: string): void;
  /** Replaces text in a file, which must hold it. */
  edit(name: string, from: string | RegExp, to: string): void;
  /** Runs a command of loaders/cli to its end. */
  run(command: string, args?: readonly string[], env?: Record<string, string>): Promise<Outcome>;
  remove(): void;
}

/** Builds share src/generated and .benchbook, so every test that builds gets a copy of its own. */
export function makeWorkspace(): Workspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "benchbook-")));
  for (const name of copied) {
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (source) => !source.startsWith(join(root, "src/generated"))
    });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const path = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(path(name), "utf8");
  const write = (name: string, text: string) => {
    mkdirSync(dirname(path(name)), {recursive: true});
    writeFileSync(path(name), text);
  };
  return {
    root: folder,
    path,
    read,
    write,
    edit(name, from, to) {
      const before = read(name);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${name} does not hold ${from}`);
      write(name, after);
    },
    run: (command, args, env) => runCommand(folder, command, args, env),
    remove: () => rmSync(folder, {recursive: true, force: true})
  };
}

/** Runs loaders/cli/COMMAND.ts of a working tree to its end. */
export function runCommand(
  folder: string,
  command: string,
  args: readonly string[] = [],
  env: Record<string, string> = {}
): Promise<Outcome> {
  return runScript(folder, `loaders/cli/${command}.ts`, args, env);
}

/** Runs a script of `folder` as npm would. */
export function runScript(
  folder: string,
  script: string,
  args: readonly string[],
  env: Record<string, string> = {}
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", script, ...args],
      {cwd: folder, env: {...process.env, ...env}, maxBuffer: 1 << 28},
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({code, stdout, stderr});
      }
    );
  });
}

/** The built site. */
export function builtSite(): string {
  const folder = join(root, "dist");
  if (!existsSync(join(folder, "index.html"))) {
    throw new Error("dist/ holds no site. Run npm run build first, or npm test, which does.");
  }
  return folder;
}
