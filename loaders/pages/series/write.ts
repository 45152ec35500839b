import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {basename, dirname, join} from "node:path";

/** The folders below src/ that hold nothing but generated pages. */
const FOLDERS = ["series", "compare"];

/**
 * Makes the generated pages below `src` these and no others. A page that is as it should be is left
 * alone, so that a preview that watches the folder comes to rest.
 */
export function writePages(src: string, pages: ReadonlyMap<string, string>): void {
  for (const folder of FOLDERS) {
    mkdirSync(join(src, folder), {recursive: true});
    for (const name of readdirSync(join(src, folder))) {
      if (!pages.has(`${folder}/${basename(name, ".md")}`))
        rmSync(join(src, folder, name), {recursive: true});
    }
  }
  for (const [path, source] of pages) {
    const file = join(src, `${path}.md`);
    if (currentSource(file) === source) continue;
    const temporary = join(dirname(file), `.${basename(file)}.${process.pid}`);
    writeFileSync(temporary, source);
    renameSync(temporary, file);
  }
}

function currentSource(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
