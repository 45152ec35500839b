import assert from "node:assert/strict";
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, describe, it} from "node:test";
import {FaultsError} from "../../loaders/errors/faults.js";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {paths} from "../../loaders/paths.js";
import {type Computed, compute} from "../../loaders/site/compute.js";
import {judge, sentence} from "../../src/explorables/ceiling-calculator.js";
import type {CeilingCalculatorData, Component} from "../../src/explorables/ceiling-calculator.schema.js";
import {ceilingThroughput, stepGigabytes} from "../../src/explorables/ceiling-model.js";

const tokens = [1, 2, 4, 8, 16, 32];
const concurrencies = [1, 2, 4, 8, 16];

let computed: Computed;
before(async () => {
  computed = await compute(readEvidence(paths.data));
});
after(() => computed.warehouse.close());

function value(id: string): number {
  const fact = computed.facts.get(id);
  assert.ok(fact, `there is no fact ${id}`);
  return fact.value;
}

/** Compares facts with printed figures, to the printed digits. */
function assertPrinted(printed: Record<string, string>, scale = 1): void {
  for (const [id, digits] of Object.entries(printed)) {
    const decimals = digits.split(".")[1]?.length ?? 0;
    assert.equal((value(id) * scale).toFixed(decimals), digits, id);
  }
}

/** The same for a family at several token counts or concurrencies. */
function assertRow(id: (n: number) => string, at: readonly number[], row: string, scale = 1): void {
  const digits = row.split(" ");
  assert.equal(digits.length, at.length, "a figure for each key");
  assertPrinted(Object.fromEntries(at.map((n, i) => [id(n), digits[i] ?? ""])), scale);
}

describe("the ceiling, to the digits of the reference", () => {
  it("rebuilds the published ceiling and keeps its bytes at other bandwidths", () => {
    assertPrinted({
      ceiling: "58.18",
      "ceiling_published_bytes.pro-5000": "61.1",
      "ceiling_published_bytes.server": "72.6",
      "ceiling_published_bytes.workstation-load": "77.8",
      "ceiling_published_bytes.workstation": "81.5"
    });
    assertPrinted(
      {
        "ceiling_published_share.awq.published": "116.9",
        "ceiling_published_share.awq.pro-5000": "111.3",
        "ceiling_published_share.awq.server": "93.7",
        "ceiling_published_share.awq.workstation": "83.5",
        "ceiling_published_share.nvfp4.published": "82.5",
        "ceiling_published_share.nvfp4.workstation": "58.9"
      },
      100
    );
  });

  it("derives bandwidths from memory clocks", () => {
    assertPrinted({
      "bandwidth_clock.workstation.max": "1792.1",
      "bandwidth_clock.workstation.load": "1710.7",
      "bandwidth_clock.server.load": "1597.6"
    });
  });

  it("counts parameters from config.json", () => {
    assertPrinted({
      "parameters_layer.attention": "136.3",
      "parameters_layer.expert": "23.59",
      "parameters_layer.dense_mlp": "188.7",
      "parameters_layer.embedding": "775.9",
      "parameters_total.model": "352.80",
      "parameters_total.with_mtp": "357.56",
      "parameters_total.with_mtp_embedding": "358.34",
      "parameters_total.active": "32.86",
      "parameters_total.active_without_head": "32.08",
      "bits_per_weight.awq": "4.156",
      "bits_per_weight.nvfp4": "4.500",
      "bytes_checkpoint.nvfp4.gpu_gib": "46.99"
    });
  });

  it("counts the bytes of a step", () => {
    assertRow((n) => `expert_union.${n}`, tokens, "8.00 15.60 29.68 53.85 89.58 129.01");
    assertRow((n) => `bytes_per_step.awq.weights.${n}`, tokens, "5.61 7.69 11.53 18.12 27.86 38.62");
    assertRow((n) => `bytes_per_step.awq.routed.${n}`, tokens, "2.18 4.25 8.09 14.69 24.43 35.18");
    assertRow((n) => `bytes_per_step.nvfp4.weights.${n}`, tokens, "5.18 7.42 11.58 18.72 29.27 40.91");
    assertRow((n) => `bytes_per_step.awq.all_gpus.${n}`, tokens, "22.5 30.7 46.1 72.5 111.4 154.5");
    assertRow((n) => `ceiling_step_floor.awq.workstation.${n}`, tokens, "3.13 4.29 6.43 10.11 15.55 21.55");
    assertPrinted({
      "bytes_kv.token": "376832",
      "bytes_kv.token_gpu": "94208",
      "bytes_kv.token_gpu_fp8": "47104",
      "bytes_kv.request_gpu": "60.3",
      "bytes_published.all_gpus": "88"
    });
    assertPrinted({"bytes_difference.1": "8", "bytes_difference.16": "-5"}, 100);
  });

  it("computes the corrected ceilings", () => {
    const at = ["workstation", "workstation-load", "server", "pro-5000", "published"];
    for (const [checkpoint, row] of [
      ["awq", "319 305 284 239 228"],
      ["nvfp4", "346 330 308 259 247"]
    ] as const) {
      const digits = row.split(" ");
      assertPrinted(
        Object.fromEntries(
          at.map((name, i) => [`ceiling_corrected.${checkpoint}.weights.${name}.1`, digits[i] ?? ""])
        )
      );
    }
  });

  it("computes the bandwidth that each step implies", () => {
    assertRow((n) => `bandwidth_used.awq.c${n}`, concurrencies, "382 423 539 634 763");
    assertRow((n) => `bandwidth_used.nvfp4.c${n}`, [1, 2, 4, 8], "249 230 342 475");
    assertRow((n) => `bandwidth_share.awq.workstation.c${n}`, concurrencies, "21.3 23.6 30.1 35.4 42.6", 100);
    assertRow((n) => `bandwidth_share.awq.server.c${n}`, concurrencies, "23.9 26.5 33.7 39.7 47.8", 100);
    assertRow((n) => `bandwidth_share.awq.published.c${n}`, concurrencies, "29.8 33.0 42.1 49.5 59.6", 100);
  });

  it("stays left of the ridge", () => {
    assertRow((n) => `intensity.awq.${n}`, concurrencies, "2.93 4.27 5.70 7.25 9.43");
    assertRow((n) => `compute_used.awq.c${n}`, concurrencies, "1.12 1.81 3.07 4.60 7.20");
    assertRow((n) => `compute_floor.max-q.${n}`, concurrencies, "0.037 0.075 0.149 0.298 0.597");
    assertPrinted({
      "intensity_ridge.max-q": "246",
      "intensity_ridge.workstation": "281",
      "intensity_crossover.awq.max-q": "64",
      "intensity_crossover.awq.workstation": "73",
      "intensity_tokens_per_expert.16": "1.4"
    });
  });

  it("fits step time to bytes", () => {
    assertPrinted({
      "step_fit.awq.intercept": "10.22",
      "step_fit.awq.slope": "0.964",
      "step_fit.awq.rate": "1037",
      "step_fit.awq.largest_residual": "0.93",
      "step_fit.awq.degrees_of_freedom": "3",
      "step_all_reduce.calls": "184"
    });
    assertPrinted({"step_fit.awq.fixed_share": "69"}, 100);
    assertRow((n) => `step_fit_residual.awq.c${n}`, concurrencies, "-0.93 0.55 0.06 0.88 -0.56");
  });

  it("carries the rounding of each step time into the fit", () => {
    const fact = computed.facts.get("step_fit.awq.intercept");
    assert.ok(fact && fact.low < fact.value && fact.value < fact.high);
  });
});

describe("the ceiling, where it corrects the reference", () => {
  it("counts the router gates in full on each GPU, in the resident weights and in the prefill", () => {
    assertPrinted({
      "bytes_checkpoint.awq.gpu_gb": "48.5",
      "bytes_checkpoint.awq.gpu_gib": "45.1",
      "prefill_floor.weights": "47.1",
      "prefill_floor.memory_workstation": "26.3",
      "prefill_floor.memory_server": "29.5"
    });
  });

  it("takes the all-reduce latency at sixteen kilobytes from its table", () => {
    const time = computed.facts.get("step_all_reduce.time");
    assert.equal(time?.low.toFixed(2), "2.43");
    assert.equal(time?.high.toFixed(2), "2.70");
  });
});

describe("the alarm", () => {
  it("flags AWQ at a concurrency of one over the published ceiling, and nothing over the corrected one", () => {
    assert.ok(value("ceiling_share.published.awq.c1") > 1);
    assert.ok(value("ceiling_alarm_count.published.alarms") >= 1);
    assert.equal(value("ceiling_alarm_count.corrected.alarms"), 0);
  });

  it("names bandwidth and bytes as sufficient alone, tokens and rounding as not", () => {
    const explains = (candidate: string) =>
      value(`ceiling_candidate_explains.published.awq.${candidate}.c1`) === 1;
    assert.deepEqual(["bandwidth", "bytes", "tokens", "rounding"].map(explains), [true, true, false, false]);
  });

  it("flags any series once a point rises above its ceiling", async () => {
    const evidence = readEvidence(paths.data);
    const tables = evidence.tables.map((table) => ({
      ...table,
      rows: table.rows.map((row) => ({
        ...row,
        values: row.values.map((each, i) => {
          const column = table.columns[i];
          const nvfp4 = column?.series === "nvfp4" && column.metric === "system_throughput";
          return nvfp4 && column.role === "measured" && row.concurrency === 1 ? 400 : each;
        })
      }))
    }));
    const changed = await compute({...evidence, tables});
    try {
      assert.equal(changed.facts.get("ceiling_alarm_count.corrected.alarms")?.value, 1);
      assert.ok((changed.facts.get("ceiling_share.corrected.nvfp4.c1")?.value ?? 0) > 1);
    } finally {
      changed.warehouse.close();
    }
  });
});

describe("cards", () => {
  const folder = mkdtempSync(join(tmpdir(), "cards-"));
  after(() => rmSync(folder, {recursive: true}));

  /** The faults of the evidence after one replacement in one file. */
  function faultsAfter(file: string, search: string | RegExp, replacement: string): string {
    cpSync(paths.data, folder, {recursive: true});
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    const changed = text.replace(search, replacement);
    assert.notEqual(changed, text, "the replacement changes the file");
    writeFileSync(path, changed);
    try {
      readEvidence(folder);
    } catch (error) {
      if (error instanceof FaultsError) return error.message;
      throw error;
    }
    return "";
  }

  it("stop the build with file and place if a number has no source", () => {
    const message = faultsAfter(
      "hardware/server.json",
      /"source": "nvidia-server-page",\n\s*"place": "specifications"\n\s*\},\n\s*"bus_bit"/,
      '"place": "specifications"}, "bus_bit"'
    );
    assert.match(message, /hardware\/server\.json: specs\.memory_gb\.source: missing field/);
  });

  it("stop the build if a source is unknown", () => {
    const message = faultsAfter("models/glm-4.7.json", '"source": "quanttrio-awq"', '"source": "hearsay"');
    assert.match(message, /models\/glm-4\.7\.json: checkpoints\[0\]: unknown source “hearsay”/);
  });

  it("stop the build if a model card has no source", () => {
    const message = faultsAfter("models/glm-4.7.json", '"source": "glm-4-7-config",', "");
    assert.match(message, /models\/glm-4\.7\.json: source: missing field/);
  });

  it("stop the build on an unknown field and on a bandwidth that is not positive", () => {
    assert.match(faultsAfter("hardware/max-q.json", '"link"', '"cable": 1, "link"'), /unknown field “cable”/);
    assert.match(
      faultsAfter("hardware/max-q.json", '"value": 1792', '"value": 0'),
      /specs\.bandwidth_gb_s\.value/
    );
  });
});

describe("the calculator", () => {
  /** The data that the build embeds, made from the facts and the model card. */
  async function calculator(): Promise<CeilingCalculatorData> {
    const rows = await computed.warehouse.connection.runAndReadAll(
      `SELECT name, parameters, bits, bits = (SELECT value FROM bits_per_weight WHERE checkpoint_id = 'awq') AS quantised, replicated, reading = 'routed' AS routed
      FROM checkpoint_component
      WHERE checkpoint_id = 'awq' AND part = 'model' AND reading <> 'lookup'
      ORDER BY position`
    );
    const components = rows.getRowObjectsJS().map(
      (row): Component => ({
        name: String(row.name),
        parameters: Number(row.parameters),
        bits: Number(row.bits),
        quantised: row.quantised === true,
        replicated: row.replicated === true,
        routed: row.routed === true
      })
    );
    return {
      model: {components, experts: value("model_field.n_routed_experts"), groupBits: 20},
      gpus: [],
      cards: {
        bandwidth: value("bandwidth_card.workstation"),
        gpus: 4,
        bits: 4,
        groupSize: 128,
        expertsPerToken: 8,
        tokensPerRequest: 1,
        gigabytes: null
      },
      publishedGigabytes: value("stated_value.ceiling_weights_per_gpu"),
      label: "AWQ",
      points: [{concurrency: 1, value: value("throughput.awq.c1")}]
    };
  }

  const close = (a: number, b: number) => assert.ok(Math.abs(a / b - 1) < 1e-12, `${a} is not ${b}`);

  it("computes the bytes and ceilings that the queries compute", async () => {
    const {model, cards} = await calculator();
    for (const n of tokens) {
      close(stepGigabytes(model, cards, n), value(`bytes_per_step.awq.weights.${n}`));
      for (const name of ["workstation", "server", "published"]) {
        const premises = {...cards, bandwidth: value(`bandwidth_card.${name}`)};
        close(ceilingThroughput(model, premises, n), value(`ceiling_corrected.awq.weights.${name}.${n}`));
      }
    }
  });

  it("computes the ceiling of speculative tokens as the queries do", async () => {
    const {model, cards} = await calculator();
    for (const c of concurrencies) {
      close(
        ceilingThroughput(model, {...cards, tokensPerRequest: 2}, c),
        value(`ceiling_limit.corrected.awq-mtp1.c${c}`)
      );
    }
  });

  it("names the premises that put the measurement above the ceiling", async () => {
    const data = await calculator();
    const [point] = data.points;
    assert.ok(point);
    const premises = {...data.cards, bandwidth: 1280, gigabytes: data.publishedGigabytes};
    const judgement = judge(data, premises, point);
    close(judgement.ceiling, value("ceiling"));
    assert.deepEqual(judgement.decisive, ["bandwidth", "gigabytes"]);
    assert.match(
      sentence(data, judgement, point),
      /above it \(\+17\D%\).*Setting back the bandwidth or the published bytes alone/
    );
  });

  it("names no premise if the cards hold", async () => {
    const data = await calculator();
    const [point] = data.points;
    assert.ok(point);
    const judgement = judge(data, data.cards, point);
    assert.deepEqual([judgement.above, judgement.changed, judgement.decisive], [false, [], []]);
    assert.match(sentence(data, judgement, point), /The measurement is 21\D% of it\.$/);
  });
});

describe("the alarm in `npm run claims`", () => {
  it("flags each point above a ceiling, and says for each candidate what it needs and what is known", () => {
    const {alarms} = computed;
    assert.deepEqual(
      alarms.map(({title}) => title),
      Array(3).fill("above its ceiling")
    );
    const [point, ...candidates] =
      alarms.find(({text}) => text.startsWith("awq, concurrency 1:"))?.text.split("\n") ?? [];
    assert.match(point ?? "", /: 116\.9\s% of the published ceiling$/);
    assert.match(
      candidates[0] ?? "",
      /^A higher bandwidth: 1496\sGB\/s needed, 1792\sGB\/s known; enough alone$/
    );
    assert.equal(candidates.length, 4);
  });

  it("says nothing if no point is above a ceiling", async () => {
    const evidence = structuredClone(readEvidence(paths.data));
    for (const {columns, rows} of evidence.tables)
      for (const {values} of rows)
        columns.forEach(({metric}, i) => {
          if (metric === "system_throughput") values[i] = 1;
        });
    const below = await compute(evidence);
    assert.deepEqual([below.alarms, below.failed.has("ceiling_alarm")], [[], false]);
    below.warehouse.close();
  });
});
