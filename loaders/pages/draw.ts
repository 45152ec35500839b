import {parseHTML} from "linkedom";
import type {FigureOptions} from "../../src/figures/style.js";
import {escapeHtml} from "./html.js";

/** Widths in CSS pixels: the text column, and a phone of 360. */
const WIDE = 756;
const NARROW = 330;

const {document} = parseHTML("<!doctype html><html><body></body></html>");

/** Draws a figure once for wide and once for narrow screens, as inline SVG with its description. */
export function figureHtml(draw: (options: FigureOptions) => Element, alt: string): string {
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
function shortNumbers(svg: string): string {
  return svg.replace(/ (?:d|[xy][12]?|c[xy]|r|width|height|points|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10))
  );
}
