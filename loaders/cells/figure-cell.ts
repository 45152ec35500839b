import {parseHTML} from "linkedom";
import type {z} from "zod";
import type {FigureOptions} from "../charts/chart.js";
import {escapeHtml} from "../pages/html.js";
import type {FigureSpec} from "./declaration.js";
import type {Material} from "./material.js";
import {resolveOptions} from "./options.js";
import {type Row, select} from "./rows.js";
import {words} from "./table-cell.js";

/** Widths in CSS pixels: the text column, and a phone of 360. */
const WIDE = 756;
const NARROW = 330;

/**
 * The drawing that a cell declares, once for wide and once for narrow screens, as inline SVG with its description,
 * and the rows it draws; no drawing where there is no row.
 */
export async function figureHtml(
  spec: FigureSpec,
  material: Material
): Promise<{html: string; rows: readonly Row[]}> {
  const chart = await material.chartOf(spec.draw);
  if (chart === undefined)
    throw new Error(
      `no chart is called “${spec.draw}”. Write src/figures/${spec.draw}.ts, or name one of the engine’s.`
    );
  const rows = select(await material.rowsOf(spec.rows), spec.where);
  if (rows.length === 0) return {html: "", rows};
  const drawn = valid(chart.rows, rows, `the rows of ${spec.rows}`);
  const options = valid(chart.options, await resolveOptions(spec.options, material, rows), "its options");
  const alt = await words(spec.alt, material, rows);
  const draw = (figure: FigureOptions) => chart.draw(drawn, {...options, ...figure});
  const html = [
    svgHtml(draw, {width: WIDE, colored: material.colored}, "wide", alt),
    svgHtml(draw, {width: NARROW, colored: material.colored}, "narrow", alt)
  ].join("\n");
  return {html, rows};
}

function valid<T>(type: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = type.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `${what} are not what the chart takes: ${issue?.path.join(".")}: ${issue?.message}. Correct them.`
  );
}

type Draw = (options: FigureOptions) => Element;

const {document} = parseHTML("<!doctype html><html><body></body></html>");

function svgHtml(
  draw: Draw,
  options: Omit<FigureOptions, "document">,
  className: string,
  alt: string
): string {
  const svg = draw({...options, document});
  svg.setAttribute("class", className);
  svg.setAttribute("role", "img");
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  for (const style of svg.querySelectorAll("style")) style.remove();
  return shortNumbers(svg.outerHTML).replace("<svg", `<svg aria-label="${escapeHtml(alt)}"`);
}

/** Coordinates to a tenth of a pixel: what no eye sees need not be sent. */
export function shortNumbers(svg: string): string {
  return svg.replace(/ (?:d|[xy][12]?|c[xy]|r|width|height|points|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10))
  );
}
