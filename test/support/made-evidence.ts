import {
  type Evidence,
  type Hardware,
  type Model,
  model,
  type Series,
  series,
  settings,
  type Table,
  table
} from "../../loaders/evidence/schema.js";

/** Evidence made by hand; what is not given is empty. */
export function madeEvidence(parts: Partial<Evidence>): Evidence {
  return {
    sources: [],
    metrics: [],
    series: [],
    tables: [],
    statements: [],
    claims: [],
    hardware: [],
    models: [],
    ...parts
  };
}

/** A series card that states these settings and no others. */
export function madeSeries(id: string, stated: Partial<Series["settings"]>): Series {
  const open = Object.fromEntries(Object.keys(settings.shape).map((field) => [field, null]));
  return series.parse({
    id,
    label: id.toUpperCase(),
    role: "published",
    source: "paper",
    place: `card of ${id}`,
    settings: {...open, ...stated}
  });
}

/** A table that prints one metric of one series at some concurrencies. */
export function madeTable(
  id: string,
  metric: string,
  unit: string,
  points: Readonly<Record<number, number>>
): Table {
  return table.parse({
    id: `${id}-${metric.replaceAll("_", "-")}`,
    title: metric,
    source: "paper",
    place: `table of ${id}`,
    columns: [{role: "measured", series: id, metric, printed: metric, unit, decimals: 0}],
    rows: Object.entries(points).map(([concurrency, value]) => ({
      concurrency: Number(concurrency),
      values: [value]
    }))
  });
}

/** A model card with one checkpoint, named like the model, that stores all weights alike. */
export function madeModel(
  id: string,
  config: Readonly<Record<string, unknown>>,
  {bits = 16, ...parts}: {bits?: number; router_gate?: unknown; draft_projection?: unknown} = {}
): Model {
  const sourced = {source: "paper", place: "config.json"};
  return model.parse({
    id,
    label: id,
    ...sourced,
    config,
    ...parts,
    stated: [],
    checkpoints: [
      {
        id,
        label: id,
        quantisation: "none",
        bits,
        group_size: null,
        scale_bits: 0,
        zero_bits: 0,
        unconverted_bits: 16,
        modules_to_not_convert: [],
        includes_draft: false,
        basis: "stated",
        ...sourced
      }
    ]
  });
}

/** The storage of a component that every GPU holds in full. */
export const keptWhole = {bits: 16, replicated: true, source: "paper", place: "class"};

/** A hardware card that states these numbers. */
export function madeHardware(id: string, product: string, specs: Readonly<Record<string, number>>): Hardware {
  const sourced = {source: "paper", place: "data sheet"};
  return {
    id,
    label: id.toUpperCase(),
    product,
    link: {text: "PCIe", ...sourced},
    specs: Object.fromEntries(Object.entries(specs).map(([field, value]) => [field, {value, ...sourced}]))
  };
}
