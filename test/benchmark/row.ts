/** A line of the benchmark: what was measured against its budget and its reference. */
export interface Row {
  name: string;
  measured: number;
  unit: string;
  /** What the same costs without Benchbook, measured in the same run; null where nothing compares. */
  reference: number | null;
  /** Measured over reference. */
  ratio: number | null;
  /** As printed, such as `≤ 60` or `≤ 1.6 ×`; null where a line only informs. */
  budget: string | null;
  holds: boolean;
}

/** A budget: on the measured value, or, with `atMostTimes`, on its ratio to the reference. */
export interface Budget {
  reference?: number | null;
  atMost?: number;
  atLeast?: number;
  atMostTimes?: number;
}

export function row(name: string, measured: number, unit: string, budget: Budget = {}): Row {
  const {reference = null, atMost, atLeast, atMostTimes} = budget;
  const ratio = reference === null || reference === 0 ? null : measured / reference;
  const rules: [text: string, holds: boolean][] = [];
  if (atMost !== undefined) rules.push([`≤ ${atMost}`, measured <= atMost]);
  if (atLeast !== undefined) rules.push([`≥ ${atLeast}`, measured >= atLeast]);
  if (atMostTimes !== undefined)
    rules.push([`≤ ${Number(atMostTimes.toFixed(2))} ×`, ratio !== null && ratio <= atMostTimes]);
  return {
    name,
    measured,
    unit,
    reference,
    ratio,
    budget: rules.length === 0 ? null : rules.map(([text]) => text).join(", "),
    holds: rules.every(([, holds]) => holds)
  };
}

/** The median of some runs of a measurement, which is told how often it has run before. */
export async function median(times: number, measure: (run: number) => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < times; run += 1) values.push(await measure(run));
  return values.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}
