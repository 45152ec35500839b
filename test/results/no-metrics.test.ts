import assert from "node:assert/strict";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, test} from "node:test";
import {readData} from "../../loaders/site/read-data.js";
import {good, runBench, serve, stream} from "../bench/server.js";
import {makePages} from "../support/made-pages.js";
import {DataFolder} from "./fixture.js";

let data: DataFolder;
beforeEach(() => {
  data = new DataFolder();
});
afterEach(() => data.remove());

test("a run without metrics is shown with its warning, its requests and its distributions, and no metric", async () => {
  data.addSeries("host", "measured");
  const server = await serve((r) => stream(r).end(good));
  const {paths} = await runBench(server.url, join(data.path, "results", "host"), ["--num-prompts", "2"]);
  for (const path of paths) takeMetrics(path);
  const {evidence, results} = await readData(data.path);
  assert.deepEqual(results[0]?.run.metrics, {});
  const {facts, warehouse, html} = await makePages({evidence, results});
  const shown = await html("series/host");
  const requests = await warehouse.connection.runAndReadAll(
    "SELECT input_tokens, output_tokens, chunks FROM request"
  );
  warehouse.close();
  assert.deepEqual(requests.getRowsJS(), [
    [4, 2, 2],
    [4, 2, 2]
  ]);
  assert.ok(facts.has("result_quantile.host.ttft.c1.p50"));
  const points = [...facts.keys()].filter((id) => /^result_point\.host\.(?!server)/.test(id));
  assert.deepEqual(points, []);
  assert.match(shown, /the metrics could not be computed \(number out of int32 range\)/);
});

/** Turns a result into that of a run whose metrics could not be computed. */
function takeMetrics(path: string): void {
  const result = JSON.parse(readFileSync(path, "utf8"));
  result.benchbook.metrics = {};
  result.benchbook.warnings = [
    {
      code: "no-metrics",
      message:
        "the metrics could not be computed (number out of int32 range): requests and events are kept without"
    }
  ];
  writeFileSync(path, JSON.stringify(result));
}
