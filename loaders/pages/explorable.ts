import {parseHTML} from "linkedom";
import {shortNumbers} from "./draw.js";

/** An interactive figure: what its script starts from, and how that start is drawn without it. */
export interface Explorable {
  data: unknown;
  draw: (element: HTMLElement) => void;
}

/** The explorable as its start, and its data for the script, which they cannot close. */
export function explorableHtml({data, draw}: Explorable): string {
  const {document} = parseHTML("<!doctype html><html><body></body></html>");
  const start = document.createElement("div");
  start.className = "start";
  draw(start);
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `${shortNumbers(start.outerHTML)}\n<script type="application/json">${json}</script>`;
}
