import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const source = fileURLToPath(new URL("src/", import.meta.url));

/** The folders of a report's src/ that hold the engine's files and no others. */
export const PLACED = readdirSync(source);

/**
 * Lays the engine's part of the site over a report's src/, where Framework finds it: the modules that run in
 * the browser, the style, the pages of series. A file that is as it should be is left alone, so that a preview
 * that watches it comes to rest.
 */
export function placeSources(src: string): void {
  for (const folder of PLACED) {
    const wanted = new Set(filesBelow(join(source, folder)));
    for (const name of filesBelow(join(src, folder)))
      if (!wanted.has(name)) rmSync(join(src, folder, name), {force: true});
    for (const name of wanted)
      writeChanged(join(src, folder, name), readFileSync(join(source, folder, name)));
  }
}

/** Writes a file at once, unless it is as it should be. */
export function writeChanged(file: string, contents: Buffer): void {
  if (contentsOf(file)?.equals(contents)) return;
  mkdirSync(dirname(file), {recursive: true});
  const temporary = join(dirname(file), `.${process.pid}.tmp`);
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}

function contentsOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  } catch {
    return [];
  }
}
