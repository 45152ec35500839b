import {existsSync} from "node:fs";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {parseHTML} from "linkedom";
import {z} from "zod";
import {drawnHtml} from "./drawn-html.js";

/** An explorable as the build sees it: the schema of its data, and how to draw its first state. */
interface Explorable {
  schema: z.ZodType;
  drawStart(element: HTMLElement, data: unknown): void;
}

/** Resolves to the explorable of this name, or to undefined if src/explorables has none. */
export type ExplorableOf = (name: string) => Promise<Explorable | undefined>;

const drawing = z.object({
  drawStart: z.custom<Explorable["drawStart"]>((value) => typeof value === "function")
});
const shape = z.object({schema: z.custom<z.ZodType>((value) => value instanceof z.ZodType)});

/** Finds explorables: src/explorables/NAME.ts draws; NAME.schema.ts checks the data and is not sent to browsers. */
export function makeExplorableOf(src: string): ExplorableOf {
  return async (name) => {
    const [drawn, said] = [`${name}.ts`, `${name}.schema.ts`].map((file) => join(src, "explorables", file));
    if (drawn === undefined || said === undefined || !existsSync(drawn)) return;
    if (!existsSync(said))
      throw new Error(
        `nothing says what its data must be. Export a zod schema from src/explorables/${name}.schema.ts.`
      );
    const load = (file: string): Promise<unknown> => import(pathToFileURL(file).href);
    const {drawStart} = drawing.parse(await load(drawn));
    const {schema} = shape.parse(await load(said));
    return {schema, drawStart};
  };
}

/**
 * The first state of the explorable, and its data as a script element that no data can close.
 * @throws Error if the data do not fit the schema
 */
export function explorableHtml({schema, drawStart}: Explorable, given: unknown): string {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`its data: ${issue?.path.join(".")}: ${issue?.message}. Correct the cell or the query.`);
  }
  const {document} = parseHTML("<!doctype html><html><body></body></html>");
  const start = document.createElement("div");
  start.className = "start";
  drawStart(start, parsed.data);
  const json = JSON.stringify(parsed.data).replaceAll("<", "\\u003c");
  return `${drawnHtml(start)}\n<script type="application/json">${json}</script>`;
}
