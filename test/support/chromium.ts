import {existsSync} from "node:fs";
import {delimiter, join} from "node:path";

/** What to do if no Chromium starts. */
export const remedy =
  "Install Chromium (apt-get install chromium), name one with CHROME=/path/to/chrome, " +
  "or install what @sparticuz/chromium needs (apt-get install libnss3).";

/**
 * The path of Chromium: the one CHROME names, an installed one, or that of @sparticuz/chromium, unpacked.
 * Unpack it before several processes need it, or the second would start a half-written file.
 */
export async function findChromium(): Promise<string> {
  const named = process.env.CHROME;
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new Error(`CHROME names ${named}, where there is no file. ${remedy}`);
  }
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const installed = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
  return installed ?? unpack();
}

async function unpack(): Promise<string> {
  try {
    const {default: packed} = await import("@sparticuz/chromium");
    return await packed.executablePath();
  } catch (cause) {
    throw new Error(`No Chromium was found. ${remedy}`, {cause});
  }
}
