// Estimates the width of a text. A build has no font at hand, and readers have different ones. The table holds the
// widths of DejaVu Sans, the widest font that a reader is likely to have.

/** The font size in figures, in pixels. */
export const FONT_SIZE = 13;
/** From one line of a text to the next, in pixels. */
export const LINE_HEIGHT = FONT_SIZE;

/** Widths in ems. */
const widths: readonly (readonly [letters: string, width: number])[] = [
  ["\u2009\u202f", 0.2],
  ["'IJijl", 0.3],
  [" \u00a0,./:;|·’", 0.34],
  ["!()[]-frt", 0.41],
  ['"*_–°', 0.5],
  ["?csz“”ç", 0.55],
  ["FLkvxy", 0.6],
  ["ABCKRVXZÄ", 0.7],
  ["NUÜ", 0.75],
  ["&DGHOQÖ", 0.79],
  ["#+<=>^w~±−×≈←→↑↓", 0.84],
  ["M", 0.87],
  ["%@Wm—…■", 1]
];
/** Of digits, and of letters missing from the table. */
const COMMON = 0.64;
/** Of full-width letters, as in Chinese and Japanese. */
const FULL = 1.05;
/** The first code point of full-width scripts. */
const FIRST_FULL = 0x2e80;
/** Bold letters are wider by this factor. */
const BOLD = 1.12;

const table = new Map(widths.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width])));

/** The width of a text in pixels. */
export function textWidth(text: string, weight: "normal" | "bold" = "normal"): number {
  const ems = [...text].reduce((sum, letter) => sum + letterWidth(letter), 0);
  return ems * FONT_SIZE * (weight === "bold" ? BOLD : 1);
}

function letterWidth(letter: string): number {
  return table.get(letter) ?? ((letter.codePointAt(0) ?? 0) >= FIRST_FULL ? FULL : COMMON);
}

/** Breaks a text into lines no wider than the room. A last line that is too long ends in an ellipsis. */
export function fitted(
  text: string,
  room: number,
  {lines: most = 3, weight = "normal"}: {lines?: number; weight?: "normal" | "bold"} = {}
): string[] {
  const fits = (line: string) => textWidth(line, weight) <= room;
  const lines: string[] = [];
  let rest = text;
  while (rest !== "") {
    if (fits(rest)) return [...lines, rest];
    if (lines.length === most - 1) return [...lines, shortened(rest, fits)];
    const end = breakOf(rest, fits);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return lines;
}

/** Where to break a line: after the last space or hyphen that fits, or inside a word too long for a line. */
function breakOf(text: string, fits: (line: string) => boolean): number {
  const breaks = [...text.matchAll(/[ -]/g)].map(({index}) => index + 1);
  const last = breaks.findLast((end) => fits(text.slice(0, end).trimEnd()));
  return last ?? Math.max(1, longest(text, fits));
}

function shortened(text: string, fits: (line: string) => boolean): string {
  const length = longest(text, (part) => fits(`${part}…`));
  return `${text.slice(0, length).trimEnd()}…`;
}

/** How many letters at the start of a text fit. */
function longest(text: string, fits: (line: string) => boolean): number {
  let length = text.length;
  while (length > 0 && !fits(text.slice(0, length))) length -= 1;
  return length;
}
