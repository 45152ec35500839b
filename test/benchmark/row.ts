/** A line of the benchmark: a measurement against its budget and its reference. */
export interface Row {
  name: string;
  measured: number;
  unit: string;
  /** The cost without Benchbook, measured in the same run; null if there is nothing to compare. */
  reference: number | null;
  /** Measured divided by reference. */
  ratio: number | null;
  /** As printed, such as `≤ 60` or `≤ 1.6 ×`; null if the line only informs. */
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

/** The median of several runs of a measurement, which gets the number of runs before it. */
export async function median(times: number, measure: (run: number) => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < times; run += 1) values.push(await measure(run));
  return values.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}
