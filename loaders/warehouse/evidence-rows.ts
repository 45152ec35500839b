import {type Column, type Evidence, specUnit, type Table} from "../evidence/schema.js";
import type {Row} from "./insert.js";

/** The rows of every base table filled from evidence. */
export function evidenceRows(evidence: Evidence): [table: string, rows: Row[]][] {
  const {sources, metrics, series, tables, statements, hardware} = evidence;
  return [
    ["source", sources],
    ["metric", metrics],
    [
      "series",
      series.map(({id, label, role, source, place, incomparable, live}) => ({
        id,
        label,
        role,
        source,
        place,
        incomparable,
        live: live !== null
      }))
    ],
    ["setting", series.flatMap(settingRows)],
    [
      "printed",
      tables.flatMap((table) => table.columns.flatMap((column, i) => printedRows(table, column, i)))
    ],
    [
      "statement",
      statements.map(({id, value, decimals, unit, quote, place, source}) => {
        return {id, value, half_width: halfWidth(decimals), unit, quote, place, source};
      })
    ],
    ["hardware", hardware.map(({id, label, product}) => ({id, label, product}))],
    ["hardware_spec", hardware.flatMap(specRows)],
    ...modelRows(evidence)
  ];
}

function settingRows({id, place, lines, settings}: Evidence["series"][number]): Row[] {
  const lineOf = new Map(Object.entries(lines));
  return Object.entries(settings).map(([field, value], position) => ({
    series: id,
    position,
    field,
    text: value === null ? null : String(value),
    number: typeof value === "number" ? value : null,
    place: lineOf.has(field) ? `line ${lineOf.get(field)}` : place
  }));
}

function specRows({id, specs}: Evidence["hardware"][number]): Row[] {
  return Object.entries(specs).flatMap(([field, spec]) => {
    if (spec === null) return [];
    const {value, source, place} = spec;
    return [{hardware: id, field, value, unit: specUnit(field) ?? "1", source, place}];
  });
}

function modelRows({models}: Evidence): [table: string, rows: Row[]][] {
  return [
    ["model", models.map(({id, label, source, place}) => ({id, label, source, place}))],
    ["model_config", models.flatMap(configRows)],
    ["model_stated", models.flatMap(({id, stated}) => stated.map((number) => ({model: id, ...number})))],
    [
      "model_checkpoint",
      models.flatMap(({id, router_gate, draft_projection, checkpoints}) =>
        checkpoints.map(({modules_to_not_convert: _modules, basis: _basis, ...checkpoint}) => ({
          ...checkpoint,
          model: id,
          gate_bits: router_gate?.bits ?? null,
          gate_replicated: router_gate?.replicated ?? null,
          draft_projection_bits: draft_projection?.bits ?? null,
          draft_projection_replicated: draft_projection?.replicated ?? null
        }))
      )
    ],
    [
      "unconverted_module",
      models.flatMap(({checkpoints}) =>
        checkpoints.flatMap(({id, modules_to_not_convert}) =>
          modules_to_not_convert.map((module) => ({checkpoint_id: id, module}))
        )
      )
    ]
  ];
}

/** The scalars of a config.json. No query reads its lists and objects. */
function configRows({id, config}: Evidence["models"][number]): Row[] {
  return Object.entries(config).flatMap(([field, value]) => {
    if (typeof value === "object" || value === undefined) return [];
    return [{model: id, field, value: typeof value === "string" ? null : Number(value), text: String(value)}];
  });
}

function printedRows({id, rows, source, place}: Table, column: Column, index: number): Row[] {
  return rows.map(({concurrency, values}) => ({
    document_table: id,
    role: column.role,
    series: column.series,
    baseline: column.role === "derived" ? column.baseline : null,
    metric: column.metric,
    concurrency,
    value: values[index] ?? Number.NaN,
    half_width: halfWidth(column.decimals),
    unit: column.unit,
    source,
    place: `${place}, column “${column.printed}”`
  }));
}

/** Half a unit of the last printed digit; 0 for an exact number. */
function halfWidth(decimals: number | null): number {
  return decimals === null ? 0 : 0.5 * 10 ** -decimals;
}
