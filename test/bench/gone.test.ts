import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";
import {good, runBench, serve, stream} from "./server.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "gone-"));
});
after(() => rm(folder, {recursive: true}));

test("a server that goes away between two points ends the command with exit code 1 and one line that says what failed", async () => {
  for (const backend of ["openai", "openai-chat"]) {
    let measured = 0;
    const server = await serve((r) => {
      stream(r).end(good);
      if (++measured === 2) r.once("finish", () => void server.close());
    });
    const target = join(folder, backend);
    const flags = ["--base-url", server.url, "--backend", backend, "--result-dir", target].concat(
      ["--num-prompts", "2", "--max-concurrency", "1", "--repeats", "3", "--quiet"],
      ["--random-input-len", "4", "--random-output-len", "2"]
    );
    const child = spawn(process.execPath, ["--import", "tsx", "loaders/cli/bench.ts", ...flags], {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"]
    });
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += text));
    assert.equal(await new Promise((resolve) => child.once("close", resolve)), 1);
    assert.match(
      stderr,
      /the server stopped answering \(2 refused of http:\S+\)\. .* --resume to complete it\.\n$/
    );
    const files = (await readdir(target)).filter((f) => f.endsWith(".json"));
    assert.deepEqual(files.map((f) => f.endsWith("-partial.json")).sort(), [false, true]);
  }
});

test("a server that goes away while the next point's prompts are made ends the sweep", async () => {
  let measured = 0;
  const server = await serve(
    (r) => {
      stream(r).end(good);
      if (++measured === 2) r.once("finish", () => void server.close());
    },
    {others: {"/tokenize": {tokens: [1, 2, 3, 4]}, "/detokenize": {prompt: "a b c d"}}}
  );
  const flags = ["--vocab-size", "100", "--num-prompts", "2", "--repeats", "2"];
  const {end, runs} = await runBench(server.url, join(folder, "prompts"), flags);
  assert.equal(end, "host-gone");
  assert.deepEqual(
    runs.map((r) => r.complete),
    [true]
  );
});
