import {drawStart} from "../../../src/explorables/ceiling-calculator.js";
import {type CeilingCalculatorData, schema} from "../../../src/explorables/ceiling-calculator.schema.js";
import stepBytes from "../../../src/figures/step-bytes.js";
import ceilingBars from "../../charts/ceiling.js";
import ceilingCurve from "../../charts/ceiling-curve.js";
import lines from "../../charts/lines.js";
import rooflineChart from "../../charts/roofline.js";
import scatter from "../../charts/scatter.js";
import {candidateNames, pointsAbove} from "../../claims/alarm.js";
import type {Explorable} from "../explorable.js";
import {bySeries, type Figure, small} from "../figure.js";
import {concurrencies, fact, family, interval, type Material, seriesLabel, seriesRows} from "../material.js";
import type {Cell, TableModel} from "../table.js";

const published = ["awq", "awq-mtp1", "nvfp4"];
const bandwidths = ["workstation", "workstation-load", "server", "published"];
const roofs = ["workstation", "max-q"];
const barTokens = [1, 4, 16];

const bandwidthNames: Record<string, string> = {
  published: "as published",
  "pro-5000": "RTX PRO 5000, rated",
  server: "Server, rated",
  "workstation-load": "Workstation, at its clock under load",
  "max-q": "Max-Q, rated",
  workstation: "Workstation, rated"
};

const componentNames: Record<string, string> = {
  routed_experts: "routed experts",
  attention: "attention",
  shared_experts: "shared experts",
  lm_head: "output head",
  router_gate: "router gates",
  dense_mlp: "dense MLPs",
  embed_tokens: "embeddings",
  norms_and_biases: "norms and biases"
};

/** The figures and tables of “A measurement above the ceiling”. */
export function ceiling(material: Material) {
  const at = concurrencies(material, "bandwidth_used", {series: "awq"});
  const awq = seriesLabel(material, "awq");
  return {
    explorables: {"ceiling-calculator": calculator(material)},
    figures: {
      ...publishedFigures(material),
      "ceiling-curve": curve(material, at),
      "step-bytes": bytes(material),
      "bandwidth-share": share(material),
      roofline: roofline(material, at, awq),
      "step-fit": fit(material, at, awq)
    },
    tables: {
      ceiling: publishedTable(material),
      "ceiling-bandwidths": bandwidthTable(),
      "ceiling-alarm": alarmTable(material),
      "ceiling-cards": cardTable(material),
      "ceiling-components": componentTable()
    }
  };
}

function publishedTable(material: Material): TableModel {
  return {
    label: "Measured throughput at a concurrency of one against the published ceiling",
    columns: [
      "Series",
      "Measured",
      "Over the ceiling",
      "Rounding interval",
      "Bandwidth the published bytes would need"
    ],
    rows: published.map((id) => [
      {text: seriesLabel(material, id)},
      {fact: `throughput.${id}.c1`},
      {fact: `over_ceiling.${id}`},
      {interval: `over_ceiling.${id}`},
      {fact: `implied_bandwidth.${id}`}
    ])
  };
}

function publishedFigures(material: Material) {
  const limit = fact(material, "ceiling");
  const measured = published
    .map((id) => `${seriesLabel(material, id)} ${fact(material, `throughput.${id}.c1`).text}`)
    .join(", ");
  const figure: Figure = {
    draw: (options) =>
      ceilingBars.draw(
        seriesRows(material, "throughput", published).filter((row) => row.concurrency === 1),
        {...options, label: "System throughput (tok/s)", ceiling: interval(limit), name: "published ceiling"}
      ),
    alt: `Bar chart of system throughput at a concurrency of one against the published ceiling of ${limit.text}: ${measured}.`,
    table: publishedTable(material)
  };
  return {ceiling: figure, "ceiling-small": small(figure)};
}

function bandwidthTable(): TableModel {
  return {
    label: "The ceiling at a concurrency of one for each bandwidth",
    columns: [
      "Bandwidth of a GPU",
      "GB/s",
      "Ceiling with the published bytes",
      "Share of it measured",
      "Ceiling with the bytes of the model card",
      "Share of it measured"
    ],
    rows: ["published", "pro-5000", "server", "workstation-load", "max-q", "workstation"].map((id) => [
      {text: bandwidthNames[id] ?? id},
      {fact: `bandwidth_card.${id}`},
      {fact: `ceiling_published_bytes.${id}`},
      {fact: `ceiling_published_share.awq.${id}`},
      {fact: `ceiling_corrected.awq.weights.${id}.1`},
      {fact: `bandwidth_share.awq.${id}.c1`}
    ])
  };
}

function curve(material: Material, at: readonly number[]): Figure {
  const rows = [
    ...bandwidths.flatMap((id) =>
      at.map((c) => ({
        label: fact(material, `bandwidth_card.${id}`).text,
        concurrency: c,
        value: fact(material, `ceiling_corrected.awq.weights.${id}.${c}`).value,
        dashed: false
      }))
    ),
    ...at.map((c) => ({
      label: "published ceiling",
      concurrency: c,
      value: fact(material, `ceiling_limit.published.awq.c${c}`).value,
      dashed: true
    })),
    ...seriesRows(material, "throughput", ["awq"])
  ];
  const ends = [...at.slice(0, 1), ...at.slice(-1)];
  const ceilings = ends
    .map((c) => `${fact(material, `ceiling_corrected.awq.weights.workstation.${c}`).text} at ${c}`)
    .join(", ");
  return {
    draw: (options) => ceilingCurve.draw(rows, {...options, label: "System throughput (tok/s, log)"}),
    alt: `Line chart of ceilings and measured throughput by concurrency. Ceiling with the bytes of the model card at ${fact(material, "bandwidth_card.workstation").text}: ${ceilings} concurrent requests. ${bySeries(material, "throughput", ["awq"])} Published ceiling: ${fact(material, "ceiling").text} at 1.`,
    table: {
      label: "Ceilings of AWQ by concurrency, and what was measured",
      columns: [
        "Concurrency",
        "Experts read per layer",
        "Weights per GPU",
        "KV cache per GPU",
        ...bandwidths.map((id) => bandwidthNames[id] ?? id),
        "Workstation, KV cache read too",
        "Published ceiling",
        "Measured"
      ],
      rows: at.map((c) => [
        {text: String(c)},
        {fact: `expert_union.${c}`},
        {fact: `bytes_per_step.awq.weights.${c}`},
        {fact: `bytes_per_step.awq.kv.${c}`},
        ...bandwidths.map((id) => ({fact: `ceiling_corrected.awq.weights.${id}.${c}`})),
        {fact: `ceiling_corrected.awq.with_kv.workstation.${c}`},
        {fact: `ceiling_limit.published.awq.c${c}`},
        {fact: `throughput.awq.c${c}`}
      ])
    }
  };
}

function bytes(material: Material): Figure {
  const checkpoints = ["awq", "nvfp4"];
  const names = Object.keys(componentNames).filter((name) =>
    material.facts.has(`bytes_component.awq.${name}.1`)
  );
  const rows = barTokens.flatMap((tokens) =>
    checkpoints.flatMap((checkpoint) =>
      names.map((name) => ({
        label: `${seriesLabel(material, checkpoint)}, ${tokens}`,
        component: componentNames[name] ?? name,
        gigabytes: fact(material, `bytes_component.${checkpoint}.${name}.${tokens}`).value
      }))
    )
  );
  const totals = barTokens.flatMap((tokens) =>
    checkpoints.map(
      (checkpoint) =>
        `${seriesLabel(material, checkpoint)} ${fact(material, `bytes_per_step.${checkpoint}.weights.${tokens}`).text} for ${tokens}`
    )
  );
  return {
    draw: (options) => stepBytes.draw(rows, options),
    alt: `Stacked bar chart of the weights one GPU reads in a step, by component and tokens in the step: ${totals.join(", ")}.`,
    table: {
      label: "Weights one GPU reads in a step, by component",
      columns: ["Checkpoint, tokens per step", ...names.map((name) => componentNames[name] ?? name), "All"],
      rows: barTokens.flatMap((tokens) =>
        checkpoints.map((checkpoint): Cell[] => [
          {text: `${seriesLabel(material, checkpoint)}, ${tokens}`},
          ...names.map((name) => ({fact: `bytes_component.${checkpoint}.${name}.${tokens}`})),
          {fact: `bytes_per_step.${checkpoint}.weights.${tokens}`}
        ])
      )
    }
  };
}

function share(material: Material): Figure {
  const series = ["awq", "nvfp4"];
  const shares = family(material, "bandwidth_share").filter(({key}) => key.bandwidth === "workstation");
  const rated = {...material, facts: new Map(shares.map((each) => [each.id, each]))};
  const at = concurrencies(material, "bandwidth_used", {series: "awq"});
  return {
    draw: (options) =>
      lines.draw(seriesRows(rated, "bandwidth_share", series), {
        height: 260,
        ...options,
        label: "Share of the rated bandwidth (%)",
        percent: true,
        cover: [0, 1],
        numbers: "awq"
      }),
    alt: `Line chart of the share of ${fact(material, "bandwidth_card.workstation").text} that each measured step implies. ${bySeries(rated, "bandwidth_share", series)}`,
    table: {
      label: "Bandwidth for weights that each measured step implies, and its share of three bandwidths",
      columns: [
        "Series, concurrency",
        "Implied, per GPU",
        "Of Workstation and Max-Q",
        "Of Server",
        "Of the published"
      ],
      rows: series.flatMap((id) =>
        at
          .filter((c) => material.facts.has(`bandwidth_used.${id}.c${c}`))
          .map((c): Cell[] => [
            {text: `${seriesLabel(material, id)}, ${c}`},
            {fact: `bandwidth_used.${id}.c${c}`},
            {fact: `bandwidth_share.${id}.workstation.c${c}`},
            {fact: `bandwidth_share.${id}.server.c${c}`},
            {fact: `bandwidth_share.${id}.published.c${c}`}
          ])
      )
    }
  };
}

function roofline(material: Material, at: readonly number[], awq: string): Figure {
  const points = at.map((c) => ({
    series: "awq",
    concurrency: c,
    intensity: fact(material, `intensity.awq.${c}`).value,
    tflops: fact(material, `compute_used.awq.c${c}`).value
  }));
  const ridges = roofs
    .map((id) => `${fact(material, `intensity_ridge.${id}`).text} for the ${hardwareLabel(material, id)}`)
    .join(", ");
  const steps = at.map((c) => `${fact(material, `intensity.awq.${c}`).text} at concurrency ${c}`).join(", ");
  return {
    draw: (options) =>
      rooflineChart.draw(points, {
        ...options,
        roofs: roofs.map((id) => ({
          label: id === "max-q" ? "Max-Q" : "Workstation",
          ridge: fact(material, `intensity_ridge.${id}`).value,
          tflops: fact(material, `compute_peak.${id}`).value
        }))
      }),
    alt: `Roofline chart of the measured steps of ${awq}. Operations per byte: ${steps}. Ridges: ${ridges}.`,
    table: {
      label: `Operations per byte and per second of ${awq}, and the least time for reading and for computing`,
      columns: [
        "Concurrency",
        "Operations per byte",
        "Operations per second and GPU",
        "Of the Max-Q’s tensor rate",
        "Least time to compute, Max-Q",
        "Least time to read, rated",
        "Measured step"
      ],
      rows: at.map((c) => [
        {text: String(c)},
        {fact: `intensity.awq.${c}`},
        {fact: `compute_used.awq.c${c}`},
        {fact: `compute_share.awq.max-q.c${c}`},
        {fact: `compute_floor.max-q.${c}`},
        {fact: `ceiling_step_floor.awq.workstation.${c}`},
        {fact: `tpot.awq.c${c}`}
      ])
    }
  };
}

function fit(material: Material, at: readonly number[], awq: string): Figure {
  const line = {
    intercept: fact(material, "step_fit.awq.intercept"),
    slope: fact(material, "step_fit.awq.slope")
  };
  const [first = 1] = at;
  return {
    draw: (options) =>
      scatter.draw(
        at.map((c) => ({
          series: "awq",
          text: `C = ${c}`,
          x: fact(material, `bytes_per_step.awq.weights.${c}`).value,
          y: fact(material, `tpot.awq.c${c}`).value
        })),
        {
          ...options,
          x: "Weights read in a step (GB per GPU)",
          y: "Step time (ms)",
          fit: {intercept: line.intercept.value, slope: line.slope.value, label: "fixed part"},
          reference: {
            intercept: 0,
            slope:
              fact(material, `ceiling_step_floor.awq.workstation.${first}`).value /
              fact(material, `bytes_per_step.awq.weights.${first}`).value,
            label: "reading alone"
          }
        }
      ),
    alt: `Scatter plot of the step time of ${awq} against the weights a GPU reads, with a fitted line of ${line.intercept.text} plus ${line.slope.text}: ${at.map((c) => `${fact(material, `tpot.awq.c${c}`).text} for ${fact(material, `bytes_per_step.awq.weights.${c}`).text}`).join(", ")}.`,
    table: {
      label: `Step time of ${awq} against the weights a GPU reads, and how far each step lies from the fitted line`,
      columns: ["Concurrency", "Weights per GPU", "Step time", "Off the line"],
      rows: at.map((c) => [
        {text: String(c)},
        {fact: `bytes_per_step.awq.weights.${c}`},
        {fact: `tpot.awq.c${c}`},
        {fact: `step_fit_residual.awq.c${c}`}
      ])
    }
  };
}

/** Every point above a ceiling, with what each premise would have to be instead. */
function alarmTable(material: Material): TableModel {
  const role = (id: unknown) => material.series.find((card) => card.id === id)?.role;
  const above = pointsAbove(material.facts).sort(
    (a, b) => Number(role(a.key.series) === "later") - Number(role(b.key.series) === "later")
  );
  return {
    label: "Every point above a ceiling, and what could explain it",
    columns: [
      "Series",
      "C",
      "Ceiling",
      "Of the ceiling",
      "Candidate explanation",
      "Needed",
      "Known",
      "Enough alone"
    ],
    merged: 4,
    rows: above.flatMap(({id, key}) =>
      Object.entries(candidateNames).map(([candidate, name]): Cell[] => {
        const {ceiling, series, concurrency} = key;
        const place = `ceiling_candidate.${ceiling}.${series}.${candidate}`;
        return [
          {text: seriesLabel(material, String(series))},
          {text: String(concurrency)},
          {text: String(ceiling)},
          {fact: id},
          {text: name},
          {fact: `${place}.needed.c${concurrency}`},
          {fact: `${place}.known.c${concurrency}`},
          {
            text:
              fact(material, `ceiling_candidate_explains.${ceiling}.${series}.${candidate}.c${concurrency}`)
                .value === 1
                ? "yes"
                : "no"
          }
        ];
      })
    )
  };
}

function cardTable({hardware}: Material): TableModel {
  const specs = [
    ["memory_gb", "Memory"],
    ["bus_bit", "Bus"],
    ["bandwidth_gb_s", "Bandwidth"],
    ["memory_clock_load_mhz", "Memory clock under load"],
    ["tdp_w", "Power"],
    ["fp32_tflops", "FP32"],
    ["fp16_tensor_tflops", "FP16 tensor, dense; derived, except for the Workstation"]
  ] as const;
  return {
    label: "The cards of the GPUs that come into question",
    columns: ["Specification", ...hardware.map(({label}) => label)],
    rows: [
      ...specs.map(([field, name]): Cell[] => [
        {text: name},
        ...hardware.map(
          (card): Cell =>
            field === "fp16_tensor_tflops"
              ? {fact: `compute_peak.${card.id}`}
              : {fact: `gpu_spec.${card.id}.${field}`}
        )
      ]),
      [{text: "Link"}, ...hardware.map(({link}): Cell => ({text: link.text}))]
    ]
  };
}

function componentTable(): TableModel {
  return {
    label: "Parameters of the model by component, and the bits that each checkpoint stores them with",
    columns: ["Component", "Parameters", "AWQ", "NVFP4"],
    rows: Object.entries(componentNames).map(([name, label]) => [
      {text: label},
      {fact: `parameters_component.${name}`},
      {fact: `bits_component.awq.${name}`},
      {fact: `bits_component.nvfp4.${name}`}
    ])
  };
}

function hardwareLabel({hardware}: Material, id: string): string {
  return hardware.find((card) => card.id === id)?.label ?? id;
}

function calculator(material: Material): Explorable {
  const data = schema.parse(calculatorData(material));
  return {data, draw: (element) => drawStart(element, data)};
}

function calculatorData(material: Material): CeilingCalculatorData {
  const value = (id: string) => fact(material, id).value;
  const [model] = material.models;
  const stored = model?.checkpoints.find(({id}) => id === "awq");
  if (model === undefined || stored === undefined)
    throw new Error("there is no model card with the AWQ checkpoint");
  return {
    model: {
      components: [...material.components],
      experts: model.config.n_routed_experts,
      groupBits: stored.scale_bits + stored.zero_bits
    },
    gpus: ["workstation", "workstation-load", "max-q", "server", "pro-5000", "published"].map((id) => ({
      label: bandwidthNames[id] ?? id,
      bandwidth: value(`bandwidth_card.${id}`)
    })),
    cards: {
      bandwidth: value("bandwidth_card.workstation"),
      gpus: value("setting_number.awq.tensor_parallel_size"),
      bits: stored.bits,
      groupSize: stored.group_size,
      expertsPerToken: model.config.num_experts_per_tok,
      tokensPerRequest: 1,
      gigabytes: null
    },
    publishedGigabytes: value("stated_value.ceiling_weights_per_gpu"),
    label: seriesLabel(material, "awq"),
    points: seriesRows(material, "throughput", ["awq"]).map((row) => ({
      concurrency: row.concurrency,
      value: row.value
    }))
  };
}
