import {existsSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {parseHTML} from "linkedom";
import {z} from "zod";
import {shortNumbers} from "./figure-cell.js";

const module = z.object({drawStart: z.custom<DrawStart>((value) => typeof value === "function")});

/** Draws the state in which an explorable starts, from the data of its cell. */
export type DrawStart = (element: HTMLElement, data: unknown) => void;

/** Resolves to how an explorable of the report starts; undefined where src/explorables has none of that name. */
export type ExplorableOf = (name: string) => Promise<DrawStart | undefined>;

export function makeExplorableOf(src: string, version: string): ExplorableOf {
  return async (name) => {
    const file = join(src, "explorables", `${name}.ts`);
    if (!existsSync(file)) return;
    return module.parse(await import(`${pathToFileURL(file).href}?${version}`)).drawStart;
  };
}

/** The explorable as its start, and its data for the script, which they cannot close. */
export function explorableHtml(drawStart: DrawStart, data: unknown): string {
  const {document} = parseHTML("<!doctype html><html><body></body></html>");
  const start = document.createElement("div");
  start.className = "start";
  drawStart(start, data);
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `${shortNumbers(start.outerHTML)}\n<script type="application/json">${json}</script>`;
}
