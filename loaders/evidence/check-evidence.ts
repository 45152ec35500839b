import type {Fault} from "../errors/faults.js";
import {
  type Claim,
  type Hardware,
  type Metric,
  type Model,
  type Series,
  SIMULATION,
  type Source,
  type Statement,
  type Table
} from "./schema.js";

/** A value together with the file it was read from, as faults name it. */
export interface Filed<T> {
  file: string;
  value: T;
}

interface FiledEvidence {
  sources: Filed<Source>[];
  metrics: Filed<Metric>[];
  series: Filed<Series>[];
  tables: Filed<Table>[];
  statements: Filed<Statement>[];
  claims: Filed<Claim>[];
  hardware: Filed<Hardware>[];
  models: Filed<Model>[];
}

/**
 * Faults that the schema of a single file cannot see: in references between files, in units, in points given twice.
 * @param isUnread whether a file below data/ could not be read: what it defines is then unknown, not missing
 */
export function checkEvidence(evidence: FiledEvidence, isUnread: (file: string) => boolean): Fault[] {
  const {metrics, series, tables, statements, claims, hardware, models} = evidence;
  const sources = isUnread("sources.json") ? null : evidence.sources;
  const isDefined = (id: string) =>
    series.some(({value}) => value.id === id) || isUnread(`series/${id}.json`);
  return [
    ...duplicates(evidence.sources, "source"),
    ...duplicates(metrics, "metric"),
    ...duplicates(series, "series"),
    ...duplicates(tables, "table"),
    ...duplicates(statements, "statement"),
    ...duplicates(claims, "claim"),
    ...duplicates(hardware, "hardware card"),
    ...duplicates(models, "model card"),
    ...duplicates(
      models.flatMap(({file, value}) => value.checkpoints.map((checkpoint) => ({file, value: checkpoint}))),
      "checkpoint"
    ),
    ...unitsOfOneQuantity(statements),
    ...unknownSources(
      [
        ...metrics,
        ...series.filter((card) => card.value.role !== "simulated" && !isOwnMeasurement(card)),
        ...tables,
        ...statements
      ],
      sources
    ),
    ...unknownSources([...hardware.flatMap(hardwareSources), ...models.flatMap(modelSources)], sources),
    ...unknownSources(
      claims.filter(({value}) => value.source !== "report"),
      sources
    ),
    ...statements.flatMap(({file, value}) => precisionFaults(file, value.id, [value.value], value.decimals)),
    ...tables.flatMap((table) => tableFaults(table, isDefined, isUnread("metrics.json") ? null : metrics)),
    ...pointsGivenTwice(tables),
    ...series.flatMap(linesOfNothing),
    ...unmarkedSimulations(series)
  ];
}

/** Faults of cards that give a line for a setting the source does not state. */
function linesOfNothing({file, value: {lines, settings}}: Filed<Series>): Fault[] {
  return Object.entries(settings)
    .filter(([field, value]) => value === null && Object.hasOwn(lines, field))
    .map(([field]) => ({
      file,
      place: `lines.${field}`,
      message: `the setting has a line and no value. Give settings.${field} its value, or take out the line.`
    }));
}

/** Whether a series was measured for this report, which it then may name as its source. */
function isOwnMeasurement({value: {role, source}}: Filed<Series>): boolean {
  return source === "report" && role === "measured";
}

/** Faults of simulated series with another source: only the source tells what rests on a simulation. */
function unmarkedSimulations(series: Filed<Series>[]): Fault[] {
  return series
    .filter(({value: {role, source}}) => role === "simulated" && source !== SIMULATION)
    .map(({file, value: {source}}) => ({
      file,
      place: "source",
      message: `the series is simulated and its source is “${source}”. Set the source to “${SIMULATION}”.`
    }));
}

/** Statements of one quantity must share a unit, because queries compare them. */
function unitsOfOneQuantity(statements: Filed<Statement>[]): Fault[] {
  const first = new Map<string, Statement>();
  return statements.flatMap(({file, value}) => {
    const earlier = first.get(value.quantity) ?? value;
    first.set(value.quantity, earlier);
    if (earlier.unit === value.unit) return [];
    const message = `the unit of ${value.quantity} is ${value.unit} here and ${earlier.unit} in ${earlier.id}. Convert the value, or correct the unit.`;
    return [{file, place: value.id, message}];
  });
}

function duplicates(items: Filed<{id: string}>[], noun: string): Fault[] {
  const first = new Map<string, string>();
  return items.flatMap(({file, value: {id}}) => {
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, file);
      return [];
    }
    return [{file, place: id, message: `this ${noun} is already defined in ${earlier}. Give it another id.`}];
  });
}

function unknownSources(
  items: Filed<{id: string; source: string}>[],
  sources: Filed<Source>[] | null
): Fault[] {
  if (sources === null) return [];
  const known = new Set(sources.map(({value}) => value.id));
  return items
    .filter(({value}) => !known.has(value.source))
    .map(({file, value}) => ({
      file,
      place: value.id,
      message: `unknown source “${value.source}”. Add it to sources.json or correct the name.`
    }));
}

/** Every number of a hardware card that cites a source, with its place in the card. */
function hardwareSources({
  file,
  value: {link, specs}
}: Filed<Hardware>): Filed<{id: string; source: string}>[] {
  return [
    {file, value: {id: "link", source: link.source}},
    ...Object.entries(specs).flatMap(([field, spec]) =>
      spec === null ? [] : [{file, value: {id: `specs.${field}`, source: spec.source}}]
    )
  ];
}

function modelSources({file, value: card}: Filed<Model>): Filed<{id: string; source: string}>[] {
  const {id, source, router_gate, draft_projection, stated, checkpoints} = card;
  return [
    {id, source},
    ...(router_gate === null ? [] : [{id: "router_gate", source: router_gate.source}]),
    ...(draft_projection === null ? [] : [{id: "draft_projection", source: draft_projection.source}]),
    ...stated.map((number, i) => ({id: `stated[${i}]`, source: number.source})),
    ...checkpoints.map((checkpoint, i) => ({id: `checkpoints[${i}]`, source: checkpoint.source}))
  ].map((value) => ({file, value}));
}

function tableFaults(
  {file, value: table}: Filed<Table>,
  isDefined: (series: string) => boolean,
  metrics: Filed<Metric>[] | null
): Fault[] {
  const faults: Fault[] = [];
  const unitOf = new Map(metrics?.map(({value}) => [value.id, value.unit]));
  table.columns.forEach((column, i) => {
    const place = `columns[${i}]`;
    for (const name of [column.series, ...(column.role === "derived" ? [column.baseline] : [])]) {
      if (!isDefined(name)) {
        faults.push({
          file,
          place,
          message: `unknown series “${name}”. Add data/series/${name}.json or correct the name.`
        });
      }
    }
    const unit = unitOf.get(column.metric);
    if (metrics === null) return;
    if (unit === undefined) {
      faults.push({
        file,
        place,
        message: `unknown metric “${column.metric}”. Define it in metrics.json or correct the name.`
      });
    } else if (column.role !== "derived" && column.unit !== unit) {
      faults.push({
        file,
        place,
        message: `the unit of ${column.metric} is ${unit}, not ${column.unit}. Convert the values or correct the unit.`
      });
    }
  });
  const seen = new Set<number>();
  table.rows.forEach((row, i) => {
    const place = `rows[${i}]`;
    if (seen.has(row.concurrency)) {
      faults.push({
        file,
        place,
        message: `concurrency ${row.concurrency} already has a row. Keep one of them.`
      });
    }
    seen.add(row.concurrency);
    if (row.values.length !== table.columns.length) {
      faults.push({
        file,
        place,
        message: `${row.values.length} values for ${table.columns.length} columns. Give one value per column.`
      });
    }
    table.columns.forEach((column, j) => {
      const value = row.values[j];
      if (value === undefined) return;
      const cell = `${place}.values[${j}]`;
      if (column.role !== "derived" && value <= 0) {
        faults.push({
          file,
          place: cell,
          message: `${value} is not a positive ${column.metric}. Correct the value.`
        });
      }
      faults.push(...precisionFaults(file, cell, [value], column.decimals));
    });
  });
  return faults;
}

function precisionFaults(file: string, place: string, values: number[], decimals: number | null): Fault[] {
  if (decimals === null) return [];
  return values
    .filter((value) => Number(value.toFixed(decimals)) !== value)
    .map((value) => ({
      file,
      place,
      message: `${value} has more than the ${decimals} decimals stated for it. Correct the value or its decimals.`
    }));
}

function pointsGivenTwice(tables: Filed<Table>[]): Fault[] {
  const first = new Map<string, string>();
  const faults: Fault[] = [];
  for (const {file, value: table} of tables) {
    table.columns.forEach((column, j) => {
      if (column.role !== "measured") return;
      table.rows.forEach((row, i) => {
        // A repeated concurrency is reported as a fault of its own.
        if (table.rows.findIndex(({concurrency}) => concurrency === row.concurrency) < i) return;
        const point = `${column.series}, ${column.metric}, C=${row.concurrency}`;
        const place = `rows[${i}].values[${j}]`;
        const earlier = first.get(point);
        first.set(point, `${file}: ${place}`);
        if (earlier === undefined) return;
        const message = `the point ${point} is already given in ${earlier}. Keep one, or mark the column “restated”.`;
        faults.push({file, place, message});
      });
    });
  }
  return faults;
}
