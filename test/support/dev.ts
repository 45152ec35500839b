import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {join} from "node:path";
import type {Page} from "playwright-core";
import {freePort} from "../../loaders/site/port.js";
import {launch} from "./browser.js";
import type {Workspace} from "./workspace.js";

const WAIT = {timeout: 60_000};

/** A preview of a workspace, and a browser that shows one of its pages. */
export interface Dev {
  page: Page;
  /** What the command has printed so far. */
  said(): string;
  /**
   * Makes a change and waits until the page shows a text by itself; resolves to the seconds that took. It first
   * waits for the page to open its socket, because Framework sees changes only from then on.
   */
  shows(change: () => void, selector: string, text: RegExp): Promise<number>;
  /** Makes a change and waits until the command has printed a text. */
  says(change: () => void, text: RegExp): Promise<void>;
  /** A blank page of the same browser. */
  otherPage(): Promise<Page>;
  stop(): Promise<void>;
}

/** How a report is previewed: by npm run dev, or by Framework alone. */
type Command = "dev" | "observable preview";

/** Starts it, and waits until the page shows the element that `selector` matches. */
export async function startDev(
  workspace: Workspace,
  path: string,
  selector: string,
  command: Command
): Promise<Dev> {
  const port = await freePort(command === "dev" ? 4600 : 4700);
  const dev = start(workspace, command, port);
  let said = "";
  dev.stderr?.on("data", (text) => {
    said += text;
  });
  const browser = await launch();
  const page = await browser.newPage();
  for (let tries = 0; ; tries += 1) {
    try {
      await page.goto(`http://127.0.0.1:${port}${path}`);
      break;
    } catch (error) {
      if (tries === 600 || dev.exitCode !== null) throw new Error(said, {cause: error});
      await pause();
    }
  }
  await page
    .locator(selector)
    .first()
    .waitFor({state: "attached", ...WAIT});
  return {
    page,
    said: () => said,
    async says(change, text) {
      await page.waitForLoadState("networkidle");
      change();
      for (let tries = 0; tries < 600 && !text.test(said); tries += 1) await pause();
      if (!text.test(said)) throw new Error(`It did not say ${text}, but:\n${said}`);
    },
    async shows(change, shown, text) {
      await page.waitForLoadState("networkidle");
      const start = performance.now();
      change();
      await page
        .locator(shown)
        .filter({hasText: text})
        .first()
        .waitFor({state: "attached", ...WAIT});
      return (performance.now() - start) / 1000;
    },
    otherPage: () => browser.newPage(),
    async stop() {
      await browser.close();
      dev.kill();
      if (dev.exitCode === null) await once(dev, "exit");
    }
  };
}

function start({root, engine}: Workspace, command: Command, port: number): ChildProcess {
  const cli = (name: string) => join(engine, "loaders/cli", name);
  const args =
    command === "dev"
      ? ["--import", import.meta.resolve("tsx"), cli("dev.ts"), `--port=${port}`]
      : [cli("observable.js"), "preview", "--no-open", `--port=${port}`];
  return spawn(process.execPath, args, {
    cwd: root,
    env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "1"},
    stdio: ["ignore", "ignore", "pipe"]
  });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100));
}
