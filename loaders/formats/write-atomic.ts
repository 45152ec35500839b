import {open, rename, rm} from "node:fs/promises";

/**
 * Writes a file whole or not at all: a reader sees the old content or the new, even after `kill -9`.
 * Rejects with the file system's error, after removing the temporary file.
 */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, {force: true});
    throw error;
  }
}
