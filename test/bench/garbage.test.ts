import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {constants, PerformanceObserver} from "node:perf_hooks";
import {after, test} from "node:test";
import {z} from "zod";
import {good, runBench, serve, stream} from "./server.js";

const folder = mkdtempSync(join(tmpdir(), "garbage-"));
after(() => rmSync(folder, {recursive: true}));

const SILENT_MS = 1300;
const Collection = z.object({startTime: z.number(), detail: z.object({kind: z.number()})});

test("collects garbage while it waits, not only when requests start", async () => {
  let silentSinceMs = Number.POSITIVE_INFINITY;
  const startsMs: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const {startTime, detail} of z.array(Collection).parse(list.getEntries())) {
      if (detail.kind === constants.NODE_PERFORMANCE_GC_MINOR) startsMs.push(startTime);
    }
  });
  observer.observe({entryTypes: ["gc"]});
  const {url} = await serve((response) => {
    silentSinceMs = performance.now();
    setTimeout(() => stream(response).end(good), SILENT_MS);
  });
  const {runs} = await runBench(url, folder, ["--num-prompts", "1"]);
  observer.disconnect();
  assert.equal(runs[0]?.complete, true);
  const whileSilent = startsMs.filter((ms) => ms > silentSinceMs && ms < silentSinceMs + SILENT_MS);
  assert.ok(whileSilent.length >= 2, `${whileSilent.length} collections in ${SILENT_MS} ms of silence`);
});
