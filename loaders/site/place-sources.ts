import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {engine} from "../paths.js";

const source = join(engine, "src");

/**
 * Copies the engine's part of the site into a report's src/, where Framework finds it: browser modules, style, the
 * pages of series. Unchanged files are left alone, because a preview watches them and would never settle.
 */
export function placeSources(src: string): void {
  for (const folder of readdirSync(source)) {
    const placed = new Map(
      filesBelow(join(source, folder)).map((name) => [name, readFileSync(join(source, folder, name))])
    );
    // The other folders may hold pages of the report.
    if (folder === "benchbook") {
      for (const [name, text] of written(src)) placed.set(name, Buffer.from(text));
      for (const name of filesBelow(join(src, folder)))
        if (!placed.has(name)) rmSync(join(src, folder, name), {force: true});
    }
    for (const [name, contents] of placed) writeChanged(join(src, folder, name), contents);
  }
}

/** Files whose text depends on the engine's location and on the report. */
function written(src: string): [name: string, text: string][] {
  const explorables = filesBelow(join(src, "explorables"))
    .filter(
      (name) =>
        existsSync(join(src, "explorables", name)) &&
        /^export function mount\b/m.test(readFileSync(join(src, "explorables", name), "utf8"))
    )
    .map((name) => name.replace(/\.ts$/, ""));
  const entries = explorables.map(
    (name) => `  ${JSON.stringify(name)}: () => import(${JSON.stringify(`../explorables/${name}.js`)})`
  );
  const loader = (name: string) =>
    `import {pathToFileURL} from "node:url";\n\nawait import(pathToFileURL(${JSON.stringify(join(engine, `downloads/${name}.ts`))}).href);\n`;
  return [
    ["explorable-modules.js", `export const modules = {\n${entries.join(",\n")}\n};\n`],
    ["data.zip.ts", loader("archive-data")],
    ["duckdb.zip.ts", loader("archive-duckdb")]
  ];
}

/** Writes a file atomically, unless it has these contents already. */
function writeChanged(file: string, contents: Buffer): void {
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
