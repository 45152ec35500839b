import {LINE_HEIGHT, textWidth} from "./text-width.js";

/** A label at a place in pixels: `x` is its text anchor, `y` its middle. */
export interface Label {
  text: string;
  x: number;
  y: number;
  textAnchor: "start" | "middle" | "end";
}

/** Drops labels that would overlap an earlier one. */
export function withoutOverlaps<L extends Label>(labels: readonly L[]): L[] {
  const shown: L[] = [];
  for (const label of labels) if (!shown.some((other) => overlap(label, other))) shown.push(label);
  return shown;
}

function overlap(a: Label, b: Label): boolean {
  return Math.abs(a.y - b.y) < LINE_HEIGHT && leftOf(a) < rightOf(b) && leftOf(b) < rightOf(a);
}

const shares = {start: 0, middle: 0.5, end: 1};

function leftOf({text, x, textAnchor}: Label): number {
  return x - shares[textAnchor] * textWidth(text);
}

function rightOf(label: Label): number {
  return leftOf(label) + textWidth(label.text);
}
