import assert from "node:assert/strict";
import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {good, runBench, serve, stream} from "./server.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "interrupt-"));
});
after(() => rm(folder, {recursive: true}));

/** Interrupts when the server hangs at the `nth` request of `path`: the sweep ends without its answer. */
function stopsAt(name: string, path: string, nth: number, flags: string[] = []): void {
  test(`an interruption ${name} waits for nothing and leaves no file`, {timeout: 20_000}, async () => {
    const interrupt = new AbortController();
    let asked = 0;
    const server = await serve((r) => stream(r).end(good), {
      others: {"/tokenize": {tokens: [1, 2, 3, 4]}, "/detokenize": {prompt: "a b c d"}},
      hangs: (url) => {
        if (url !== path || ++asked < nth) return false;
        setImmediate(() => interrupt.abort());
        return true;
      }
    });
    const target = join(folder, `${nth}${path.replaceAll("/", "-")}`);
    const all = ["--vocab-size", "100", "--num-prompts", "4", ...flags];
    const {end} = await runBench(server.url, target, all, {signal: interrupt.signal});
    assert.equal(end, "interrupted");
    assert.deepEqual(await readdir(target).catch(() => []), []);
  });
}

stopsAt("before the first answer", "/v1/models", 1);
stopsAt("of the preflight", "/v1/chat/completions", 1);
stopsAt("while prompts are made", "/tokenize", 4);
stopsAt("of the warm-up", "/v1/chat/completions", 3, ["--num-warmups", "4"]);
