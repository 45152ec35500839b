import {parseHTML} from "linkedom";
import type {FigureOptions} from "../charts/style.js";
import type {Fault} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import type {Figure} from "./figure.js";
import {escapeHtml} from "./html.js";
import type {Report} from "./report.js";
import {type CellMaterial, tableFaults, tableHtml} from "./table.js";

/** Widths in CSS pixels: the text column, and a phone of 360. */
const WIDE = 756;
const NARROW = 330;

const {document} = parseHTML("<!doctype html><html><body></body></html>");

/** Every figure as HTML, and a fault for each that cannot be drawn or whose table names unknown facts. */
export function drawAll(
  figures: Readonly<Record<string, Figure>>,
  material: CellMaterial
): {figures: Report["figures"]; faults: Fault[]} {
  const html: Report["figures"] = {};
  const faults: Fault[] = [];
  for (const [name, {draw, alt, table}] of Object.entries(figures)) {
    faults.push(...tableFaults(name, table, material));
    try {
      html[name] = {html: figureHtml(draw, alt), table: tableHtml(table, material)};
    } catch (error) {
      html[name] = {html: "", table: ""};
      const reason = messageOf(error);
      const message = `it cannot be drawn: ${reason}. Correct its function in src/figures, or its rows.`;
      faults.push({file: "loaders/pages", place: `figure “${name}”`, message});
    }
  }
  return {figures: html, faults};
}

/** Draws a figure once for wide and once for narrow screens, as inline SVG with its description. */
function figureHtml(draw: (options: FigureOptions) => Element, alt: string): string {
  return `${svgHtml(draw, WIDE, "wide", alt)}\n${svgHtml(draw, NARROW, "narrow", alt)}`;
}

function svgHtml(
  draw: (options: FigureOptions) => Element,
  width: number,
  className: string,
  alt: string
): string {
  const svg = draw({document, width});
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
