import {type ChildProcess, fork, spawn} from "node:child_process";
import {once} from "node:events";
import {existsSync, type FSWatcher, utimesSync, watch} from "node:fs";
import {join} from "node:path";
import {type FrameworkCall, framework} from "../cli/framework.js";
import {messageOf} from "../errors/message-of.js";
import {paths} from "../paths.js";
import type {Made} from "./maker.js";

/** Editors write a file in several steps; what comes within this time is one change. */
const SETTLE_MS = 40;

interface LiveOptions {
  port: number;
  verbose: boolean;
  say: (text: string) => void;
}

/**
 * Serves the site while it is edited. Framework watches pages, styles and components; this watches
 * everything that the numbers, figures and tables are made from, and has the browser reload when they
 * were made anew. Faults are said, and the last good state stays.
 * @returns a function that stops it
 */
export async function live({port, verbose, say}: LiveOptions): Promise<() => void> {
  let fault: string | undefined;
  await make(startMaker("packages"), (made) => {
    if ("fault" in made) fault = made.fault;
  });
  if (fault !== undefined) {
    if (!existsSync(paths.report)) throw new Error(fault);
    say(`${fault}\nShowing the last good state.`);
  }
  let makers = startMakers();
  let call = previewCall(port);
  let server = start(call, verbose);

  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  const change = (file: string) => {
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(update, SETTLE_MS);
  };

  async function update(): Promise<void> {
    if (busy || changed.size === 0) return;
    busy = true;
    const files = [...changed];
    changed.clear();
    const begun = performance.now();
    const restarted = files.some((file) => call.read.has(file)) ? restart() : undefined;
    const isCode = files.some((file) => file.endsWith(".ts"));
    await make(isCode ? makers.packages : makers.code, (made) => {
      if ("fault" in made) {
        say(made.fault);
        return;
      }
      const seconds = ((performance.now() - begun) / 1000).toFixed(2);
      say(`${files.join(", ")}: ${made.facts} facts in ${seconds} s`);
      if (restarted === undefined && !files.every((file) => file.endsWith(".md"))) {
        const now = new Date();
        utimesSync(call.configuration, now, now);
      }
    });
    await restarted;
    makers.code.kill();
    makers = {code: startMaker("code"), packages: isCode ? startMaker("packages") : makers.packages};
    busy = false;
    void update();
  }

  /** Has Framework start anew with code that it has read; where that is no code, the old one goes on. */
  async function restart(): Promise<void> {
    try {
      call = previewCall(port);
    } catch (error) {
      say(messageOf(error));
      return;
    }
    server.kill();
    await once(server, "exit");
    server = start(call, verbose);
  }

  const watchers = [
    watchFolder("data", () => true, change),
    watchFolder("loaders", (name) => /\.(sql|ts)$/.test(name), change),
    watchFolder(
      "src",
      (name) => /^(format\.ts|figures\/.*\.ts|(queries|claims)\/.*\.sql|[^/]*\.md)$/.test(name),
      change
    ),
    watch(join(paths.root, "observablehq.config.ts"), () => change("observablehq.config.ts"))
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
    for (const maker of Object.values(makers)) maker.kill();
    server.kill();
  };
}

function watchFolder(
  folder: string,
  concerns: (name: string) => boolean,
  change: (file: string) => void
): FSWatcher {
  const path = folder === "data" ? paths.data : join(paths.root, folder);
  return watch(path, {recursive: true}, (_event, name) => {
    if (name !== null && concerns(name)) change(`${folder}/${name}`);
  });
}

/** One that waits for a change of evidence, SQL or prose, and one for a change of code. */
interface Makers {
  code: ChildProcess;
  packages: ChildProcess;
}

function startMakers(): Makers {
  return {code: startMaker("code"), packages: startMaker("packages")};
}

function startMaker(loaded: keyof Makers): ChildProcess {
  return fork(join(paths.root, "loaders/preview/maker.ts"), [loaded], {execArgv: ["--import", "tsx"]});
}

/** Has a maker make the report, tells what comes of it, and waits until it has made the rest. */
async function make(maker: ChildProcess, tell: (made: Made) => void): Promise<void> {
  let isTold = false;
  maker.on("message", (made: Made) => {
    isTold = true;
    tell(made);
  });
  maker.send("make");
  const [code] = await once(maker, "exit");
  if (!isTold) tell({fault: `The report could not be made (exit code ${code}).`});
}

function previewCall(port: number): FrameworkCall {
  const configuration = 'export {default} from "./observablehq.config.ts";';
  return framework("preview", configuration, ["--no-open", `--port=${port}`]);
}

function start({command, args, options}: FrameworkCall, verbose: boolean): ChildProcess {
  return spawn(command, args, {...options, stdio: ["ignore", verbose ? 2 : "ignore", 2]});
}
