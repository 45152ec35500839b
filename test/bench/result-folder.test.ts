import assert from "node:assert/strict";
import {mkdtemp, readdir, rm, stat, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {prepareFolder} from "../../loaders/bench/call/result-folder.js";
import {UsageError} from "../../loaders/errors/usage-error.js";
import {answerWell, runBench, serve} from "./server.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "result-folder-"));
});
after(() => rm(folder, {recursive: true}));

test("a folder that results cannot be written to ends the call before the server is contacted", async () => {
  const file = join(folder, "file.txt");
  await writeFile(file, "");
  const server = await serve(answerWell);
  // For the last two, if the system has them, mkdir's `recursive` never returns.
  for (const path of [file, join(file, "x"), "/proc/none", "/proc/none/x"]) {
    await assert.rejects(runBench(server.url, path, []), (error: Error) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.match(error.message, /^--result-dir .*: E.*Name a writable folder\.$/);
      return true;
    });
  }
  assert.equal(server.bodies.length, 0);
});

test("a folder is made with its parents, and the trial leaves nothing behind", async () => {
  const path = join(folder, "a", "b");
  await Promise.all([prepareFolder(path), prepareFolder(path)]);
  await prepareFolder(path);
  assert.ok((await stat(path)).isDirectory());
  assert.deepEqual(await readdir(path), []);
});
