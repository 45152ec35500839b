// Reads counters from the text format of GET /metrics.

export interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Skips lines that are not samples. */
export function parsePrometheus(text: string): Sample[] {
  return text.split("\n").flatMap((line) => {
    const match = LINE.exec(line);
    if (!match) return [];
    const [, name = "", labels = "", value = ""] = match;
    const pairs = [...labels.matchAll(LABEL)].map(([, key = "", text = ""]) => [key, text] as const);
    const number = Number(value.replace("Inf", "Infinity"));
    return Number.isNaN(number) ? [] : [{name, labels: Object.fromEntries(pairs), value: number}];
  });
}

/** Whether the server reset its counters between two scrapes: a counter shrank or was created again. */
export function wasReset(before: readonly Sample[], after: readonly Sample[]): boolean {
  const key = ({name, labels}: Sample) => JSON.stringify([name, Object.entries(labels).sort()]);
  const earlier = new Map(before.map((s) => [key(s), s.value]));
  return after.some((s) => {
    const value = earlier.get(key(s));
    if (value === undefined) return false;
    return s.name.endsWith("_total") ? s.value < value : s.name.endsWith("_created") && s.value > value;
  });
}

/**
 * How much the counter `name` grew, summed over engines and all other labels; `null` if the later scrape lacks it.
 * vLLM's counters end in `_total`.
 */
export function growth(
  before: readonly Sample[],
  after: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {}
): number | null {
  const matches = (s: Sample) =>
    (s.name === `${name}_total` || s.name === name) &&
    Object.entries(labels).every(([key, value]) => s.labels[key] === value);
  const sum = (samples: readonly Sample[]) =>
    samples.filter(matches).reduce((total, s) => total + s.value, 0);
  return after.some(matches) ? sum(after) - sum(before) : null;
}
