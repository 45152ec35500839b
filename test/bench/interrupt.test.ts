import assert from "node:assert/strict";
import {type StdioOptions, spawn} from "node:child_process";
import {once} from "node:events";
import {closeSync, openSync, rmSync, writeFileSync} from "node:fs";
import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {parseOptions} from "../../loaders/bench/call/parse-arms.js";
import {ResultError} from "../../loaders/bench/run/result-error.js";
import {liveEffects} from "../../loaders/measure/live-effects.js";
import {answerWell, good, runBench, serve, stream} from "./server.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "interrupt-"));
});
after(() => rm(folder, {recursive: true}));

/** Interrupts when the server hangs at the `nth` request for `path`: the sweep ends without its answer. */
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
stopsAt("while the counters are read", "/metrics", 1);
stopsAt("while the prefix cache is reset", "/reset_prefix_cache", 1, ["--repeats", "1"]);
stopsAt("of the warm-up", "/v1/chat/completions", 3, ["--num-warmups", "4"]);

test("Ctrl-C ends a live measurement, and afterwards the process again", {timeout: 20_000}, async () => {
  const before = process.listeners("SIGINT");
  const server = await serve(answerWell, {
    hangs: (url) => {
      if (!url.endsWith("completions")) return false;
      const [interrupt, ...others] = process.listeners("SIGINT").filter((l) => !before.includes(l));
      assert.deepEqual(others, []);
      setImmediate(() => interrupt?.("SIGINT"));
      return true;
    }
  });
  const flags = ["--base-url", server.url, "--backend", "openai-chat", "--result-dir", join(folder, "live")];
  assert.equal(await liveEffects().bench(parseOptions(flags, {})), "interrupted");
  assert.deepEqual(process.listeners("SIGINT"), before);
});

/** Runs a sweep of two points whose output goes nowhere; resolves to the number of its results. */
async function unread(target: string, stdio: StdioOptions): Promise<number> {
  const server = await serve(answerWell);
  const child = spawn(
    process.execPath,
    [
      ...["--import", "tsx", "loaders/cli/bench.ts", "--base-url", server.url, "--backend", "openai-chat"],
      ...["--random-input-len", "4", "--random-output-len", "2", "--num-prompts", "2", "--repeats", "2"],
      ...["--result-dir", target]
    ],
    {stdio}
  );
  child.stdout?.destroy();
  child.stderr?.destroy();
  assert.deepEqual(await once(child, "exit"), [0, null]);
  return (await readdir(target)).filter((file) => file.endsWith(".json")).length;
}

test("results are written to files even if nobody reads the output", {timeout: 60_000}, async () => {
  assert.equal(await unread(join(folder, "unread"), "pipe"), 2);
});

test("results are written to files even if there is no room for the output", {timeout: 60_000}, async () => {
  const full = openSync("/dev/full", "w");
  assert.equal(await unread(join(folder, "full"), ["ignore", full, full]), 2);
  closeSync(full);
});

test("a result that cannot be written is reported in one line and leaves no partial file", async () => {
  const target = join(folder, "broken");
  const server = await serve((response) => {
    rmSync(target, {recursive: true});
    writeFileSync(target, "");
    answerWell(response, {}, response.req);
  });
  await assert.rejects(runBench(server.url, target, ["--num-prompts", "1"]), (error: Error) => {
    assert.ok(error instanceof ResultError);
    assert.match(error.message, /broken: the result cannot be written: .*same command with --resume\.$/);
    return true;
  });
});

test("a server whose version has changed since the start ends the sweep", async () => {
  let n = 0;
  const server = await serve(answerWell, {
    answers: {
      "/version": (response) => void response.end(JSON.stringify({version: `0.${++n < 3 ? 15 : 16}`}))
    }
  });
  const measured = runBench(server.url, join(folder, "swapped"), ["--num-prompts", "1", "--repeats", "3"]);
  await assert.rejects(
    measured,
    /is version 0\.16 now and was 0\.15 when this sweep began\. Run the command/
  );
  assert.equal((await readdir(join(folder, "swapped"))).filter((name) => name.endsWith(".json")).length, 1);
});
