import {createHash} from "node:crypto";
import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import type {Show} from "../pages/markdown.js";

/** Cells longer than this are kept from Framework, which parses every page twice. */
const LARGE = 1_000;

const place = /<!--cell ([0-9a-f]{16})-->.*?<!--end of cell-->/g;

/** Puts placeholders for large cells into pages, and the cells in their place once the pages are written. */
export function holdLargeCells(): {show: Show; fill: (folder: string) => void} {
  const held = new Map<string, string>();
  return {
    show(cell) {
      if (cell.length < LARGE) return cell;
      const key = createHash("sha256").update(cell).digest("hex").slice(0, 16);
      held.set(key, cell);
      // Framework checks links against the ids that it sees.
      const ids = Array.from(cell.matchAll(/ (id="[^"]+")/g), ([, id]) => `<i ${id}></i>`);
      return `<!--cell ${key}-->${ids.join("")}<!--end of cell-->`;
    },
    fill(folder) {
      for (const name of readdirSync(folder, {recursive: true, encoding: "utf8"})) {
        if (!name.endsWith(".html")) continue;
        const file = join(folder, name);
        const page = readFileSync(file, "utf8");
        const filled = page.replace(place, (hole, key: string) => held.get(key) ?? hole);
        if (filled !== page) writeFileSync(file, filled);
      }
    }
  };
}
