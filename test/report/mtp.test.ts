import assert from "node:assert/strict";
import {after, before, describe, it} from "node:test";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {paths} from "../../loaders/paths.js";
import {type Computed, compute} from "../../loaders/site/compute.js";
import {
  breakEvenAcceptance,
  expectedSpeedup,
  stepCost,
  tokensPerStep
} from "../../src/explorables/speculation-model.js";

let computed: Computed;

before(async () => {
  computed = await compute(readEvidence(paths.data));
});

after(() => computed.warehouse.close());

const concurrencies = [1, 2, 4, 8, 16];

function fact(id: string) {
  const found = computed.facts.get(id);
  assert.ok(found, `there is no fact ${id}`);
  return found;
}

/** Asserts that the facts round to the expected digits, concurrency by concurrency. */
function rounds(name: string, expected: readonly string[], scale = 1): void {
  const actual = expected.map((text, i) => {
    const decimals = text.split(".")[1]?.length ?? 0;
    return (fact(`${name}.c${concurrencies[i]}`).value * scale).toFixed(decimals);
  });
  assert.deepEqual(actual, expected, name);
}

/** Asserts that the ends of an interval round to the expected digits. */
function within(id: string, low: string, high: string, scale = 1): void {
  const decimals = low.split(".")[1]?.length ?? 0;
  const actual = [fact(id).low, fact(id).high].map((end) => (end * scale).toFixed(decimals));
  assert.deepEqual(actual, [low, high], id);
}

describe("the break-even concurrency", () => {
  it("is the result of each method, with its rounding interval and from integers on both sides", () => {
    const expected = [
      ["ratio.linear", "6.63", "6.65", "6.56", "6.70"],
      ["ratio.log2", "6.31", "6.33", "6.24", "6.38"],
      ["log_ratio.linear", "6.69", "6.71", "6.63", "6.76"],
      ["log_ratio.log2", "6.38", "6.40", "6.30", "6.45"],
      ["tpot.linear", "6.49", "6.51", "6.42", "6.56"],
      ["tpot.log2", "6.16", "6.18", "6.09", "6.23"]
    ] as const;
    for (const [method, value, integers, low, high] of expected) {
      assert.equal(fact(`break_even_method.printed_tpot.${method}`).value.toFixed(2), value, method);
      assert.equal(fact(`break_even_method.printed_throughput.${method}`).value.toFixed(2), integers, method);
      within(`break_even_method.printed_tpot.${method}`, low, high);
    }
  });

  it("ranges from six to seven over the methods, and from five to eight with the assumed run error", () => {
    within("break_even_run_error.ratio.linear", "5.48", "7.83");
    within("break_even_run_error.ratio.log2", "5.17", "7.77");
    assert.equal(fact("break_even_envelope.rounding.low").value.toFixed(1), "6.1");
    assert.equal(fact("break_even_envelope.rounding.high").value.toFixed(1), "6.8");
  });

  it("is found in every method where the margin of that method is zero", () => {
    const {value} = fact("break_even_method.printed_tpot.log_ratio.log2");
    const [before, gain] = [fact("mtp_speedup.c4").value, fact("mtp_speedup.c8").value];
    const share = Math.log2(value / 4);
    assert.ok(Math.abs(Math.log(before) * (1 - share) + Math.log(gain) * share) < 1e-12);
  });
});

describe("the decomposition of a step with MTP", () => {
  it("computes the speed-up from the printed TPOT with its interval", () => {
    rounds("mtp_speedup", ["0.8351", "0.9169", "0.9106", "1.0466", "1.0221"]);
    within("mtp_delta_tpot.c1", "-17.12", "-15.85", 100);
    within("mtp_delta_tpot.c8", "4.45", "4.86", 100);
  });

  it("computes the cost of a step from the rate and from the length", () => {
    rounds("mtp_cost_ratio.rate", ["2.1112", "1.9228", "1.9361", "1.6845", "1.7249"]);
    rounds("mtp_cost_ratio.length", ["2.1076", "1.9195", "1.9328", "1.6817", "1.7220"]);
    rounds("mtp_step_time", ["31.05", "34.96", "41.41", "48.13", "63.01"]);
    rounds("mtp_best_speedup", ["0.947", "1.040", "1.033", "1.187", "1.159"]);
  });

  it("computes the break-even acceptance, above one at a concurrency of one", () => {
    rounds("break_even_acceptance.rate", ["1.111", "0.923", "0.936", "0.685", "0.725"]);
    assert.ok(fact("break_even_acceptance.rate.c1").low > 1);
    assert.equal(fact("acceptance_infeasible.c1").value.toFixed(4), "0.6702");
  });

  it("carries the rounding of the acceptance into the cost, beyond that of the throughputs", () => {
    const {low, high} = fact("mtp_cost_ratio.rate.c1");
    assert.ok(low < 2.095 && high > 2.1273);
    within("mtp_cost_ratio.rate.c1", "2.0944", "2.1279");
  });

  it("reads the cost of verification off the rows at twice the concurrency", () => {
    rounds("verification_price", ["1.236", "1.176", "1.336", "1.279"]);
    rounds("verification_speedup", ["1.43", "1.50", "1.32", "1.38"]);
    assert.ok(!computed.facts.has("verification_price.c16"));
  });

  it("counts the bytes that more distinct experts add", () => {
    rounds("verification_bytes", ["1.37", "1.50", "1.57", "1.54", "1.39"]);
  });

  it("leaves a residual that depends on acceptance and hardly on concurrency", () => {
    rounds("residual_step_time", ["12.86", "13.57", "12.84", "11.60"]);
    rounds("residual_assumed.a30", ["4.71", "4.39", "1.97", "-1.04"]);
    rounds("residual_assumed.a50", ["8.23", "8.35", "6.66", "4.42"]);
    rounds("residual_assumed.a85", ["14.40", "15.30", "14.89", "13.98"]);
    rounds("residual_assumed.a100", ["17.04", "18.27", "18.41", "18.07"]);
    rounds("acceptance_min", ["0.032", "0.079", "0.216", "0.338"]);
    assert.equal(fact("residual_summary.mean").value.toFixed(2), "12.72");
    assert.equal(fact("acceptance_floor").value, fact("acceptance_min.c8").value);
  });

  it("puts more than half of what MTP adds to a step into the residual", () => {
    rounds("residual_loss_share", ["0.79", "0.81", "0.64", "0.59"]);
  });

  it("says that no acceptance would be enough only where MTP loses", () => {
    const named = [1, 2, 4, 8, 16].filter((c) => computed.facts.has(`acceptance_infeasible.c${c}`));
    assert.deepEqual(named, [1, 2, 4]);
  });

  it("finds the acceptance of the flattest residual, at which no neighbour is flatter", () => {
    const spreadAt = (a: number) => {
      const residuals = [1, 2, 4, 8].map((c) => {
        const [none, all] = [fact(`residual_assumed.a0.c${c}`), fact(`residual_assumed.a100.c${c}`)];
        return none.value + a * (all.value - none.value);
      });
      return Math.max(...residuals) - Math.min(...residuals);
    };
    const {value} = fact("residual_flattest.acceptance");
    assert.ok(Math.abs(spreadAt(value) - fact("residual_flattest.spread").value) < 1e-12);
    for (const step of [-0.001, 0.001]) assert.ok(spreadAt(value + step) > spreadAt(value));
  });

  it("prices the draft layer by its bytes", () => {
    rounds("residual_draft_bytes", ["0.57", "0.62", "0.69", "0.80", "0.92"]);
    rounds("residual_draft_time", ["0.32", "0.34", "0.39", "0.45", "0.51"]);
  });
});

describe("the time to first token counted", () => {
  it("changes what MTP changes, more for a short reply", () => {
    rounds("mtp_reply_change.published", ["-16.51", "-8.62", "-8.95", "4.26", "1.92"], 100);
    rounds("mtp_reply_change.short", ["-16.62", "-10.57", "-9.05", "1.77", "0.12"], 100);
    rounds("mtp_reply_throughput.awq.published", ["67.5", "108.7", "184.3", "276.7", "432.5"]);
    rounds("mtp_reply_throughput.awq-mtp1.published", ["56.4", "99.4", "167.8", "288.5", "440.8"]);
    rounds("mtp_reply_latency.awq.published", ["3791", "4708", "5557", "7401", "9470"]);
  });

  it("shows what the published formula leaves out, and what a drain could cost", () => {
    rounds("mtp_index_gap.awq", ["0.69", "1.14", "1.45", "1.17", "1.25"], 100);
    rounds("mtp_index_gap.awq-mtp1", ["0.71", "1.48", "1.47", "1.55", "1.53"], 100);
    rounds("mtp_drain", ["1.000", "0.970", "0.914", "0.821", "0.681"]);
  });

  it("is longer with MTP, in the median and in the tail", () => {
    rounds("ttft_change", ["9", "24", "11", "22", "23"]);
    rounds("ttft_p99_change", ["13", "26", "28", "7", "95"]);
    rounds("ttft_p99_change_relative", ["24.1", "27.4", "26.2", "4.3", "58.3"], 100);
  });

  it("is repaid after the reply at which both requests take equally long", () => {
    for (const c of [8, 16]) {
      const tokens = fact(`ttft_repaid_after.c${c}`).value;
      const latency = (series: string) =>
        fact(`ttft.${series}.c${c}`).value + (tokens - 1) * fact(`tpot.${series}.c${c}`).value;
      assert.ok(Math.abs(latency("awq") - latency("awq-mtp1")) < 1e-9);
    }
    assert.ok(!computed.facts.has("ttft_repaid_after.c4"));
  });
});

describe("the arithmetic of the explorable", () => {
  const grid = [0, 0.3, 0.763, 0.999, 1].flatMap((acceptance) =>
    [1, 2, 5, 8].flatMap((draftTokens) =>
      [1, 1.279, 4].flatMap((verification) =>
        [0, 0.406, 1.5].map((draft) => ({acceptance, draftTokens, verification, draft}))
      )
    )
  );

  it("equals that of the SQL over its sliders", async () => {
    for (const point of grid) {
      const {acceptance, draftTokens, verification, draft} = point;
      const result = await computed.warehouse.connection.runAndReadAll(
        "SELECT tokens_per_step($1, $2) AS tokens, expected_speedup($1, $2, $3, $4) AS speedup",
        [acceptance, draftTokens, verification, draft]
      );
      const [row] = result.getRowObjectsJS();
      const close = (actual: number, expected: unknown) =>
        assert.ok(Math.abs(actual / Number(expected) - 1) < 1e-12, JSON.stringify({...point, actual, row}));
      close(tokensPerStep(acceptance, draftTokens), row?.tokens);
      close(expectedSpeedup(point), row?.speedup);
    }
  });

  it("breaks even where the SQL's speed-up is one, or nowhere", async () => {
    for (const point of grid) {
      const needed = breakEvenAcceptance(point);
      const {draftTokens, verification, draft} = point;
      const speedup = async (acceptance: number) => {
        const result = await computed.warehouse.connection.runAndReadAll(
          "SELECT expected_speedup($1, $2, $3, $4) AS speedup",
          [acceptance, draftTokens, verification, draft]
        );
        return Number(result.getRowObjectsJS()[0]?.speedup);
      };
      if (needed === null) assert.ok((await speedup(1)) < 1);
      else assert.ok(Math.abs((await speedup(needed)) - 1) < 1e-9, JSON.stringify(point));
    }
  });

  it("reproduces each measured speed-up and break-even acceptance at the stated acceptance", () => {
    for (const c of [1, 2, 4, 8]) {
      const verification = fact(`verification_price.c${c}`).value;
      const cost = fact(`mtp_cost_ratio.rate.c${c}`).value;
      const point = {
        acceptance: fact("stated_value.acceptance_rate").value / 100,
        draftTokens: 1,
        verification,
        draft: cost - verification
      };
      assert.ok(Math.abs(stepCost(point) - cost) < 1e-12);
      assert.ok(Math.abs(expectedSpeedup(point) - fact(`mtp_speedup.c${c}`).value) < 1e-12);
      const needed = fact(`break_even_acceptance.rate.c${c}`).value;
      const found = breakEvenAcceptance(point);
      if (found === null) assert.ok(needed > 1);
      else assert.ok(Math.abs(found - needed) < 1e-12);
    }
  });
});
