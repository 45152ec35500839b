// The dates of runs, as pages write them.

const LOCAL = /^(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})$/;
const day = new Intl.DateTimeFormat("en-GB", {dateStyle: "long", timeZone: "UTC"});

/** Reads `2026-11-24T20:16:02Z`, and vLLM's `20261124-201602`, which is the client's local time. */
export function readDate(started: string): {date: Date; isLocal: boolean} | null {
  const local = LOCAL.exec(started);
  const [, y, m, d, h, min, s] = local ?? [];
  const date = new Date(local === null ? started : `${y}-${m}-${d}T${h}:${min}:${s}Z`);
  return Number.isNaN(date.getTime()) ? null : {date, isLocal: local !== null};
}

/** “24 November 2026”. */
export function writeDay(date: Date): string {
  return day.format(date);
}

const DAY_MS = 86_400_000;

/** “less than a day old”, “one day old”, “12 days old”. */
export function writeAge(date: Date, now: Date): string {
  const days = Math.floor((now.getTime() - date.getTime()) / DAY_MS);
  if (days < 1) return "less than a day old";
  return days === 1 ? "one day old" : `${days} days old`;
}
