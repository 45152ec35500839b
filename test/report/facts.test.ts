import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import type {Evidence} from "../../loaders/evidence/schema.js";
import type {Fact} from "../../loaders/facts/read-facts.js";
import {paths} from "../../loaders/paths.js";
import {compute} from "../../loaders/site/compute.js";
import {root, runCommand} from "../support/workspace.js";

async function factsOf(evidence: Evidence): Promise<Map<string, Fact>> {
  const {facts, warehouse} = await compute(evidence);
  warehouse.close();
  return facts;
}

/** The evidence with one measured value replaced. */
function withValue(table: string, metric: string, concurrency: number, value: number): Evidence {
  const evidence = structuredClone(readEvidence(paths.data));
  const found = evidence.tables.find(({id}) => id === table);
  const column = found?.columns.findIndex((c) => c.metric === metric && c.role === "measured") ?? -1;
  const row = found?.rows.find((r) => r.concurrency === concurrency);
  assert.ok(row && column >= 0);
  row.values[column] = value;
  return evidence;
}

describe("the facts of the published benchmark", () => {
  const published: Record<string, string> = {
    "lead.c1": "+42 %",
    "lead.c2": "+77 %",
    "lead.c4": "+58 %",
    "lead.c8": "+38 %",
    "mtp_delta.c1": "−16 %",
    "mtp_delta.c2": "−8 %",
    "mtp_delta.c4": "−9 %",
    "mtp_delta.c8": "+5 %",
    "mtp_delta.c16": "+2 %",
    ceiling: "58 tok/s"
  };

  it("are those the source prints, each with its interval", async () => {
    const facts = await factsOf(readEvidence(paths.data));
    for (const [id, text] of Object.entries(published)) {
      const fact = facts.get(id);
      assert.equal(fact?.text.replace(/[\u202f\u00a0]/g, " "), text, id);
      assert.ok(fact.low < fact.value && fact.value < fact.high, id);
      assert.equal(fact.interval, "rounding");
      assert.ok(fact.sources.length > 0, id);
    }
  });

  it("are printed as JSON with everything the contract names", async () => {
    const {code, stdout} = await runCommand(root, "facts", ["--json"]);
    assert.equal(code, 0);
    const facts: unknown = JSON.parse(stdout);
    assert.ok(Array.isArray(facts) && facts.length > 100);
    for (const name of ["id", "value", "low", "high", "unit", "interval", "sql", "text"]) {
      assert.ok(
        facts.every((fact) => Object.hasOwn(fact, name)),
        name
      );
    }
  });
});

describe("the TPOT of a point", () => {
  it("comes from the throughput of one request if the system throughput contradicts it", async () => {
    const facts = await factsOf(readEvidence(paths.data));
    assert.equal(facts.get("tpot.nvfp4-per-request.c2")?.value.toFixed(2), "22.22");
    assert.equal(facts.get("tpot.nvfp4.c2")?.value.toFixed(2), "32.26");
    assert.equal(facts.get("tpot.awq.c16")?.value.toFixed(2), "36.53");
  });
});

describe("the counts of the evidence", () => {
  it("are separate for the published and the later series", async () => {
    const facts = await factsOf(readEvidence(paths.data));
    const count = (role: string, what: string) => facts.get(`evidence_count.${role}.${what}`)?.value;
    assert.deepEqual([count("published", "series"), count("published", "points")], [3, 14]);
    assert.deepEqual([count("later", "series"), count("later", "points")], [3, 14]);
    const {tables} = readEvidence(paths.data);
    const printed = tables.reduce((sum, {columns, rows}) => sum + columns.length * rows.length, 0);
    assert.equal((count("published", "values") ?? 0) + (count("later", "values") ?? 0), printed);
  });

  it("take a point in two tables as one", async () => {
    const facts = await factsOf(readEvidence(paths.data));
    assert.equal(facts.get("ceiling_alarm_count.published.all")?.value, 24);
  });
});

describe("changing one value in the evidence", () => {
  it("changes the facts that depend on it, all of which cite its place, and no others", async () => {
    const before = await factsOf(readEvidence(paths.data));
    const after = await factsOf(withValue("no-mtp", "system_throughput", 4, 200));
    const changed = [...after.values()].filter(
      (fact) => JSON.stringify(fact) !== JSON.stringify(before.get(fact.id))
    );
    const ids = new Set(changed.map(({id}) => id));
    assert.deepEqual([...after.keys()], [...before.keys()]);
    assert.deepEqual(
      dependents.filter((id) => !ids.has(id)),
      []
    );
    assert.deepEqual(
      changed.filter(({sources}) => !sources.some(({place}) => place.includes("column “System tok/s”"))),
      []
    );
    assert.deepEqual(
      others.filter((id) => ids.has(id)),
      []
    );
    assert.equal(after.get("lead.c4")?.text, "+69\u202f%");
    assert.equal(after.get("mtp_delta.c4")?.text, "−15\u202f%");
  });
});

/** Facts that are close to it but do not depend on it. */
const others: readonly string[] = [
  "lead.c2",
  "lead.c8",
  "lead_rerun.c4",
  "mtp_delta.c8",
  "throughput.nvfp4.c4",
  "ttft.awq.c4",
  "ceiling",
  "bandwidth_used.awq.c8"
];

/** Facts that follow from the system throughput of AWQ at a concurrency of 4. */
const dependents: readonly string[] = [
  "break_even",
  "lead.c4",
  "lead_mean",
  "lead_per_request.c4",
  "mtp_delta.c4",
  "mtp_delta_tpot.c4",
  "per_request_implied.awq.c4",
  "per_request_step.awq.c4",
  "per_request_step.awq.c8",
  "printed_agreement.change.awq-mtp1.awq.agree",
  "printed_agreement.change.awq.nvfp4.agree",
  "printed_agreement.per_request.awq.agree",
  "printed_agreement.restated.awq.agree",
  "scaling.awq.c4",
  "throughput.awq.c4",
  "tpot.awq.c4"
];
