import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {describe, it} from "node:test";
import {DuckDBInstance} from "@duckdb/node-api";
import {engine} from "../../loaders/paths.js";
import {offeredLoad} from "../../loaders/results/offered-load.js";
import {answer} from "../support/macros.js";

const linear = {strategy: "linear" as const, start_rps: 1, end_rps: 10};

/** The rows of the view named_load for some loads, in its order. */
async function named(...loads: string[]) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("CREATE TABLE run (offered_load VARCHAR)");
    await connection.run("CREATE TABLE printed (concurrency INTEGER, role VARCHAR)");
    await connection.run(`INSERT INTO run VALUES ${loads.map((load) => `('${load}')`).join()}`);
    const sql = readFileSync(`${engine}rows/named_load.sql`, "utf8");
    return (await connection.runAndReadAll(sql)).getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe("the load of a run", () => {
  const cases = [
    [{max_concurrency: 8, request_rate: "inf", ramp_up: null}, "c8", "concurrency 8", "C 8"],
    [{max_concurrency: null, request_rate: 0.5, ramp_up: null}, "r0.5", "0.5 req/s", "0.5 req/s"],
    [
      {max_concurrency: 64, request_rate: 4, ramp_up: null},
      "c64-r4",
      "concurrency 64 and 4 req/s",
      "C 64 at 4 req/s"
    ],
    [
      {max_concurrency: null, request_rate: "inf", ramp_up: linear},
      "ramp-linear-1-10",
      "a rate rising from 1 to 10 req/s",
      "1 to 10 req/s"
    ],
    [
      {max_concurrency: 8, request_rate: "inf", ramp_up: linear},
      "c8-ramp-linear-1-10",
      "concurrency 8 and a rate rising from 1 to 10 req/s",
      "C 8 at 1 to 10 req/s"
    ],
    [{max_concurrency: null, request_rate: "inf", ramp_up: null}, "all", "no limit", "no limit"]
  ] as const;
  for (const [settings, key, text, label] of cases) {
    it(`${key} is ${text}`, async () => {
      assert.equal(offeredLoad(settings), key);
      const [load] = await named(key);
      assert.deepEqual([load?.in_sentence, load?.in_table], [text, label]);
      assert.equal(load?.is_concurrency, key === "c8");
    });
  }

  it("is sorted by size", async () => {
    assert.deepEqual(
      (await named("r4", "c16", "c2", "c16-r2", "all", "r1")).map(({offered_load}) => offered_load),
      ["c2", "c16-r2", "c16", "r1", "r4", "all"]
    );
  });

  it("is listed under a heading that names what all have in common", async () => {
    const axis = (concurrencies: boolean, rates: boolean, lowest: number, highest: number) =>
      answer(`load_axis(${concurrencies}, ${rates}, ${lowest}, ${highest})`);
    assert.equal(await axis(true, false, 1, 8), "Concurrency");
    assert.equal(await axis(false, true, 0, 0), "Request rate (req/s)");
    assert.equal(await axis(false, true, 0, 8), "Load", "the limit tells them apart");
    assert.equal(await axis(false, false, 0, 1), "Load");
  });
});
