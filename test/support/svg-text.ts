// Where the texts of a drawing are, according to the table of letter widths.
import {FONT_SIZE, textWidth} from "../../loaders/charts/text-width.js";

/** A line of text in the coordinates of the drawing. */
export interface TextBox {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Above and below the baseline, in ems. */
const [ASCENT, DESCENT] = [0.74, 0.21];

/** Every line of text of a drawing. */
export function textBoxes(drawing: Element): TextBox[] {
  return [...drawing.querySelectorAll("text")].flatMap((text) => {
    const {x, y} = place(text);
    const lines = [...text.querySelectorAll("tspan")];
    let ems = 0;
    return (lines.length > 0 ? lines : [text]).map((line) => {
      const content = line.textContent ?? "";
      const weight = Number(inherited(text, "font-weight") ?? 400) >= 600 ? "bold" : "normal";
      const width = textWidth(content, weight);
      const anchor = inherited(text, "text-anchor") ?? "start";
      const left = x - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
      const ownLine = line.getAttribute("dy");
      ems = ownLine === null ? em(line.getAttribute("y")) : ems + em(ownLine);
      const baseline = y + ems * FONT_SIZE;
      return {
        text: content,
        left,
        right: left + width,
        top: baseline - ASCENT * FONT_SIZE,
        bottom: baseline + DESCENT * FONT_SIZE
      };
    });
  });
}

/** How far an element and its parents are moved. */
export function place(element: Element | null): {x: number; y: number} {
  if (element === null) return {x: 0, y: 0};
  const [, x = "0", y = "0"] =
    /translate\(([-\d.e]+),([-\d.e]+)/.exec(element.getAttribute("transform") ?? "") ?? [];
  const around = place(element.parentElement);
  return {x: Number(x) + around.x, y: Number(y) + around.y};
}

function em(length: string | null): number {
  return Number.parseFloat(length ?? "0");
}

function inherited(element: Element | null, name: string): string | null {
  if (element === null) return null;
  return element.getAttribute(name) ?? inherited(element.parentElement, name);
}

/** The texts that stick out of a drawing. */
export function outside(drawing: Element): TextBox[] {
  const [width, height] = [Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
  return textBoxes(drawing).filter(
    ({left, right, top, bottom}) => left < 0 || right > width || top < 0 || bottom > height
  );
}

/** The pairs of labels of one axis that overlap. */
export function overlaps(drawing: Element): [TextBox, TextBox][] {
  return [...drawing.querySelectorAll('g[aria-label$="axis tick label"]')].flatMap((axis) => {
    const boxes = textBoxes(axis);
    return boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b): [TextBox, TextBox] => [a, b])
    );
  });
}
