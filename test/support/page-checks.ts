import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {Page} from "playwright-core";
import {z} from "zod";
import type {Visit, Visitor} from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const outcome = z.array(z.object({id: z.string(), nodes: z.array(z.object({html: z.string()}))}));

/** The rules of axe whose outcome depends on colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong, one line per rule. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return run(page, {});
}

/** What axe finds wrong with the colours of a page that it has seen before. */
export async function colourViolations(page: Page): Promise<string[]> {
  return run(page, {runOnly: COLOUR_RULES});
}

async function run(page: Page, options: {runOnly?: string[]}): Promise<string[]> {
  const found: unknown = await page.evaluate(
    `axe.run(${JSON.stringify(options)}).then(({violations}) => violations)`
  );
  return outcome.parse(found).map(
    ({id, nodes}) =>
      `${id}: ${nodes
        .map(({html}) => html)
        .join(" ")
        .slice(0, 300)}`
  );
}

/** Clicks by script: the mouse would take a tenth of a second for each of the hundred on the page of facts. */
export async function openAll(page: Page, summaries: string): Promise<void> {
  await page.locator(summaries).evaluateAll((all) => {
    for (const summary of all) if (summary instanceof HTMLElement) summary.click();
  });
}

/** The width of a page in a window of 360 pixels; the window stays so. */
export async function widthOnPhone(page: Page): Promise<number> {
  await page.setViewportSize({width: 360, height: 740});
  return page.evaluate(() => document.documentElement.scrollWidth);
}

/** The text of a page without the markup that its script adds. */
async function mainText({page}: Visit): Promise<string> {
  return (await page.locator("main").innerText()).trim();
}

/** What is wrong with a page: complaints of browser and axe, foreign requests, text that needs scripts, sideways scrolling. */
export async function complaintsOf(visitor: Visitor, path: string): Promise<string[]> {
  const on = await visitor.visit(path);
  await on.page.waitForLoadState("networkidle");
  const off = await visitor.visit(path, {javaScriptEnabled: false});
  const isSame = (await mainText(on)) === (await mainText(off));
  const html = await on.page.content();
  const wrong = ["{{", "undefined", "NaN", "[object"].filter((text) => html.includes(text));
  await openAll(on.page, "main summary");
  const found = [
    ...on.complaints,
    ...on.foreign,
    ...wrong.map((text) => `the page holds ${text}`),
    ...(isSame ? [] : ["the page reads otherwise without scripts"]),
    ...(await violations(on.page))
  ];
  const width = await widthOnPhone(on.page);
  await on.context.close();
  await off.context.close();
  return width <= 360 ? found : [...found, `the page is ${width} pixels wide on a phone`];
}
