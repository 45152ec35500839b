import {spawn} from "node:child_process";
import {once} from "node:events";
import type {Page} from "playwright-core";
import {freePort} from "../../loaders/site/port.js";
import {launch} from "./browser.js";
import type {Workspace} from "./workspace.js";

const WAIT = {timeout: 60_000};

/** `npm run dev` in a workspace, and a browser that shows one of its pages. */
export interface Dev {
  page: Page;
  /** What the command has printed so far. */
  said(): string;
  /** Makes a change and waits until the page shows a text by itself; resolves to the seconds that took. */
  shows(change: () => void, selector: string, text: RegExp): Promise<number>;
  stop(): Promise<void>;
}

/** Starts it, and waits until the page shows the element that `selector` finds. */
export async function startDev(workspace: Workspace, path: string, selector: string): Promise<Dev> {
  const port = await freePort(4600);
  const dev = spawn(process.execPath, ["--import", "tsx", "loaders/cli/dev.ts", `--port=${port}`], {
    cwd: workspace.root,
    stdio: ["ignore", "ignore", "pipe"]
  });
  let said = "";
  dev.stderr.on("data", (text) => {
    said += text;
  });
  const browser = await launch();
  const page = await browser.newPage();
  for (let tries = 0; ; tries += 1) {
    try {
      await page.goto(`http://127.0.0.1:${port}${path}`);
      break;
    } catch (error) {
      if (tries === 120 || dev.exitCode !== null) throw new Error(said, {cause: error});
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  await page
    .locator(selector)
    .first()
    .waitFor({state: "attached", ...WAIT});
  return {
    page,
    said: () => said,
    async shows(change, shown, text) {
      const start = performance.now();
      change();
      await page
        .locator(shown)
        .filter({hasText: text})
        .first()
        .waitFor({state: "attached", ...WAIT});
      return (performance.now() - start) / 1000;
    },
    async stop() {
      await browser.close();
      dev.kill();
      if (dev.exitCode === null) await once(dev, "exit");
    }
  };
}
