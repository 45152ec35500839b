import {parseHTML} from "linkedom";
import type {FigureOptions} from "../charts/chart.js";
import {attributes} from "../html/html.js";
import type {FigureSpec} from "./declaration.js";
import {drawnHtml} from "./drawn-html.js";
import type {Material} from "./material.js";
import {resolveOptions} from "./options.js";
import {type Row, select} from "./rows.js";
import {words} from "./table-cell.js";

/** Widths in CSS pixels: the text column, and a phone 360 wide. */
const WIDE = 756;
const NARROW = 330;

/**
 * The drawing of a cell as inline SVG with its description, once for wide and once for narrow screens, and the rows
 * it draws. Without rows there is no drawing.
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
  const draw = chart.of(rows, await resolveOptions(spec.options, material, rows));
  const alt = await words(spec.alt, material, rows);
  const given = {colored: material.colored, ...(spec.height !== undefined && {height: spec.height})};
  const html = [
    svgHtml(draw, {...given, width: WIDE}, "wide", alt),
    svgHtml(draw, {...given, width: NARROW}, "narrow", alt)
  ].join("\n");
  return {html, rows};
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
  return drawnHtml(svg).replace("<svg", `<svg${attributes({"aria-label": alt})}`);
}
