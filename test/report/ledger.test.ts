import assert from "node:assert/strict";
import {before, describe, it} from "node:test";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {texts} from "../../loaders/evidence/texts.js";
import {paths} from "../../loaders/paths.js";
import {type Computed, compute} from "../../loaders/site/compute.js";

describe("the ledger", () => {
  let computed: Computed;
  before(async () => {
    computed = await compute(readEvidence(paths.data));
    computed.warehouse.close();
  });

  it("holds the claims of the published benchmark, each with a reason that has a number", () => {
    const published = computed.claims.filter(({source}) => source !== "report");
    assert.ok(published.length >= 41, `${published.length} claims`);
    for (const {id, facts, text} of published) {
      assert.ok(facts.length > 0, `${id} names no fact`);
      assert.match(text.reason, /\d/, id);
    }
  });

  it("judges every claim as recorded", () => {
    assert.deepEqual(computed.claimFaults, []);
  });

  it("distinguishes the readings of one sentence, and judges equal statements alike", () => {
    const verdicts = (...ids: string[]) => ids.map((id) => computed.claims.find((c) => c.id === id)?.verdict);
    assert.deepEqual(verdicts("break_even_from_8", "break_even_at_8"), ["holds", "contradicted"]);
    assert.deepEqual(verdicts("nvfp4_settings", "half_budget", "backend_settings"), Array(3).fill("holds"));
    assert.deepEqual(verdicts("nvfp4_only_settings"), ["contradicted"]);
  });

  it("writes days and authors as in prose", () => {
    const {"card.awq.date": date, "author.glm-awq-benchmark": author} = texts(readEvidence(paths.data));
    assert.deepEqual([date, author], ["22 February 2026", "AlexGS74"]);
  });

  it("has only own claims that hold", () => {
    const own = computed.claims.filter(({source}) => source === "report");
    assert.deepEqual(
      own.filter(({verdict}) => verdict !== "holds").map(({id}) => id),
      []
    );
  });
});
