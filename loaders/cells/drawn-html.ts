/**
 * A linkedom drawing as HTML, every element closed as a browser writes it. Coordinates are rounded to a tenth of a
 * pixel, which no eye can tell and which saves bytes.
 */
export function drawnHtml(drawing: Element): string {
  const closed = drawing.outerHTML
    .replace(/<(\w+)([^<>]*?)\s*\/>/g, "<$1$2></$1>")
    .replaceAll(/&#160;|\u00a0/g, "&nbsp;");
  return closed.replace(/ (?:d|[xy][12]?|c[xy]|r|width|height|points|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10))
  );
}
