import type {Figure} from "../figure.js";
import type {TableModel} from "../table.js";

/** A page that the build writes: its source, and what its fences name. */
export interface GeneratedPage {
  /** Below src/, without its ending. */
  path: string;
  source: string;
  figures: Record<string, Figure>;
  tables: Record<string, TableModel>;
}

/** Parts of a page in its order; those that have nothing to show are left out. */
export function pageSource(title: string, parts: readonly (string | false)[]): string {
  return `---\ntitle: ${JSON.stringify(title)}\n---\n\n${parts.filter((part) => part !== false).join("\n\n")}\n`;
}

export function figureFence(name: string, caption: string): string {
  return `\`\`\`figure ${name}\n${caption}\n\`\`\``;
}

export function tableFence(name: string, caption: string): string {
  return `\`\`\`table ${name}\n${caption}\n\`\`\``;
}
