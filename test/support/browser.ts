import {readdirSync} from "node:fs";
import type {Server} from "node:http";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page
} from "playwright-core";
import {serve} from "../../loaders/site/serve.js";
import {findChromium, remedy} from "./chromium.js";

/** The window of a visit, in pixels, unless it asks for another. */
export const WIDE = {width: 1280, height: 900};

/** Every page of a built site by path, including generated ones. */
export function pagePaths(folder: string): string[] {
  return readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((name) => name.endsWith(".html"))
    .map((name) => `/${name.replace(/(^index)?\.html$/, "")}`)
    .sort();
}

/** Starts Chromium (see `findChromium`), with its web security on. */
export async function launch(): Promise<Browser> {
  const executablePath = await findChromium();
  try {
    return await chromium.launch({executablePath, args: ["--no-sandbox"]});
  } catch (cause) {
    throw new Error(`${executablePath} does not start: ${String(cause)}\n${remedy}`, {cause});
  }
}

/** A page, and its browser's complaints and foreign requests. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Console errors and warnings, uncaught errors, failed requests, unsuccessful answers. */
  complaints: string[];
  /** Requests to any other origin. */
  foreign: string[];
}

/** A served folder and a browser to visit it with. */
export interface Visitor {
  url: string;
  browser: Browser;
  visit(path: string, options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

/** Serves a folder on a free port and starts a browser. */
export async function makeVisitor(folder: string): Promise<Visitor> {
  const [{url, server}, browser] = await Promise.all([serve(folder, 0), launch()]);
  return {
    url,
    browser,
    async visit(path, options) {
      const visited = await watched(browser, url, options);
      await visited.page.goto(new URL(path, url).href, {waitUntil: "load"});
      return visited;
    },
    async close() {
      await browser.close();
      await closeServer(server);
    }
  };
}

/** A page in a fresh context that records complaints and requests to origins other than that of `url`. */
async function watched(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({viewport: WIDE, ...options});
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) =>
    complaints.push(`${request.url()}: ${request.failure()?.errorText ?? "failed"}`)
  );
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
  context.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) foreign.push(request.url());
  });
  return {page, context, complaints, foreign};
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
