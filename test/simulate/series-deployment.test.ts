import assert from "node:assert/strict";
import {describe, it} from "node:test";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {settings as allSettings, type Evidence, type Series} from "../../loaders/evidence/schema.js";
import {paths} from "../../loaders/paths.js";
import {PLAIN} from "../../loaders/simulate/deployment.js";
import {playableSeries, seriesDeployment} from "../../loaders/simulate/series-deployment.js";

const [some] = readEvidence(paths.data).series;

function card(id: string, settings: Partial<Series["settings"]>): Series {
  assert.ok(some !== undefined);
  const nothing = Object.fromEntries(Object.keys(some.settings).map((field) => [field, null]));
  return {...some, id, source: "report", settings: allSettings.parse({...nothing, ...settings})};
}

function table(
  series: string,
  metrics: readonly string[],
  rows: Record<number, number[]>
): Evidence["tables"][number] {
  return {
    id: `table-${series}`,
    title: "A table",
    source: "report",
    place: "page 1",
    columns: metrics.map((metric) => ({
      role: "measured",
      series,
      metric,
      printed: metric,
      unit: "ms",
      decimals: 0
    })),
    rows: Object.entries(rows).map(([concurrency, values]) => ({concurrency: Number(concurrency), values}))
  };
}

function accepted(id: string, value: number): Evidence["statements"][number] {
  return {
    id,
    quantity: "acceptance_rate",
    value,
    unit: "%",
    decimals: 0,
    quote: "accepted",
    place: "page 1",
    source: "report"
  };
}

function measured(
  series: string,
  max_concurrency: number | null,
  metrics: Record<string, number>,
  complete = true
) {
  return {series, run: {complete, settings: {max_concurrency}, metrics: {"benchbook-1": metrics}}};
}

const chat = {endpoint: "/v1/chat/completions", input_len: 512, output_len: 100};

const evidence = {
  series: [
    card("timed", {...chat, checkpoint: "org/model-FP8"}),
    card("rated", {model: "Model", quantisation: "INT4"}),
    card("each", {}),
    card("drafts", {num_speculative_tokens: 2}),
    card("unseen", {}),
    card("host", {})
  ],
  tables: [
    table("timed", ["tpot_median", "ttft_median", "ttft_p99", "system_throughput"], {
      8: [40, 200, 250, 7],
      1: [20, 80, 90, 7]
    }),
    table("rated", ["system_throughput"], {1: [50], 4: [100]}),
    table("each", ["per_request_throughput"], {2: [25]}),
    table("drafts", ["tpot_median"], {1: [10]})
  ],
  statements: [accepted("rate", 70)],
  results: [
    measured("host", 4, {median_tpot_ms: 31}),
    measured("host", 4, {median_tpot_ms: 33, median_ttft_ms: 90}),
    measured("host", 1, {median_tpot_ms: 12, p99_ttft_ms: 70, median_ttft_ms: 60}),
    measured("host", null, {median_tpot_ms: 99}),
    measured("host", 8, {median_tpot_ms: 99}, false)
  ]
};

describe("a series as the simulator plays it", () => {
  it("has the printed TPOT and TTFT, the model of its checkpoint and its lengths, plus what the template adds", () => {
    assert.deepEqual(seriesDeployment(evidence, "timed", {}), {
      name: "timed",
      model: "org/model-FP8",
      tpot: [
        [1, 20],
        [8, 40]
      ],
      ttft: [
        [1, 80],
        [8, 200]
      ],
      ttftTail: [
        [1, 10],
        [8, 50]
      ],
      speculation: null,
      inputTokens: 516,
      outputTokens: 100
    });
  });

  it("has the TPOT behind a printed throughput, of all requests or of one", () => {
    assert.deepEqual(seriesDeployment(evidence, "rated", {}).tpot, [
      [1, 20],
      [4, 40]
    ]);
    assert.deepEqual(seriesDeployment(evidence, "each", {}).tpot, [[2, 40]]);
  });

  it("has the medians of its results, the middle one of its repeats, if no table prints it", () => {
    const {tpot, ttft, ttftTail} = seriesDeployment(evidence, "host", {});
    assert.deepEqual(
      [tpot, ttft, ttftTail],
      [
        [
          [1, 12],
          [4, 32]
        ],
        [
          [1, 60],
          [4, 90]
        ],
        [[1, 10]]
      ]
    );
  });

  it("has the TTFT and prompts of another series only if its own TTFT is not printed", () => {
    const {ttft, inputTokens} = seriesDeployment(evidence, "rated", {ttftOf: "timed"});
    assert.deepEqual([ttft, inputTokens], [seriesDeployment(evidence, "timed", {}).ttft, 516]);
    assert.deepEqual(
      seriesDeployment(evidence, "timed", {ttftOf: "rated"}),
      seriesDeployment(evidence, "timed", {})
    );
  });

  it("has a first token that takes as long as any other if no TTFT is known", () => {
    const {tpot, ttft, ttftTail, inputTokens} = seriesDeployment(evidence, "rated", {});
    assert.deepEqual([ttft, ttftTail, inputTokens], [tpot, [], PLAIN.inputTokens]);
  });

  it("is named by its model and quantisation without a checkpoint, and by its id without either", () => {
    assert.equal(seriesDeployment(evidence, "rated", {}).model, "Model-INT4");
    assert.equal(seriesDeployment(evidence, "each", {}).model, "each");
  });

  it("accepts drafts at the rate that its source states, or that is given", () => {
    const speculation = (acceptance?: number) =>
      seriesDeployment(evidence, "drafts", {acceptance}).speculation;
    assert.deepEqual(speculation(), {draftTokens: 2, acceptance: 0.7});
    assert.deepEqual(speculation(0.5), {draftTokens: 2, acceptance: 0.5});
  });

  it("is refused with the remedy if the evidence lacks what cannot be made up", () => {
    const refused = (message: string, id: string, statements = evidence.statements, ttftOf?: string) =>
      assert.throws(() => seriesDeployment({...evidence, statements}, id, {ttftOf}), {message});
    refused("--series nope: it is not defined. Series to play: drafts, each, host, rated, timed.", "nope");
    refused(
      "--series unseen: no table prints its throughput or TPOT, and no result has it. Series to play: drafts, each, host, rated, timed.",
      "unseen"
    );
    refused(
      "--ttft-of each: nothing states its TTFT. Name a series with one, or leave it out.",
      "rated",
      evidence.statements,
      "each"
    );
    const rate = /^--series drafts: .* does not state one rate .* with --acceptance, for example 0\.7\.$/;
    for (const statements of [[], [accepted("a", 60), accepted("b", 70)]])
      assert.throws(() => seriesDeployment({...evidence, statements}, "drafts", {}), {message: rate});
  });

  it("must state a throughput or TPOT", () => {
    assert.deepEqual(playableSeries(evidence), ["drafts", "each", "host", "rated", "timed"]);
  });
});
