// When runs were made, as the pages write it.

const LOCAL = /^(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})$/;
const day = new Intl.DateTimeFormat("en-GB", {dateStyle: "long", timeZone: "UTC"});
const time = new Intl.DateTimeFormat("en-GB", {timeStyle: "short", timeZone: "UTC"});

/** `2026-11-24T20:16:02Z` and vLLM's `20261124-201602`, which is local time of the client. */
export function readDate(started: string): {date: Date; isLocal: boolean} | null {
  const local = LOCAL.exec(started);
  const [, y, m, d, h, min, s] = local ?? [];
  const date = new Date(local === null ? started : `${y}-${m}-${d}T${h}:${min}:${s}Z`);
  return Number.isNaN(date.getTime()) ? null : {date, isLocal: local !== null};
}

/** “24 November 2026, 20:16 UTC”. */
export function writeDate(started: string): string {
  const read = readDate(started);
  if (read === null) return started;
  return `${day.format(read.date)}, ${time.format(read.date)} ${read.isLocal ? "local time" : "UTC"}`;
}

/** “24 November 2026”. */
export function writeDay(date: Date): string {
  return day.format(date);
}

/** “on 24 November 2026, 20:16 UTC”, or from when to when; empty where no date is known. */
export function writeSpan(dates: readonly string[]): string {
  const sorted = dates
    .flatMap((started) => {
      const read = readDate(started);
      return read === null ? [] : [{started, at: read.date.getTime()}];
    })
    .sort((a, b) => a.at - b.at);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return "";
  const [from, to] = [writeDate(first.started), writeDate(last.started)];
  if (from === to) return `on ${from}`;
  const [fromDay, fromTime = ""] = from.split(", ");
  const [toDay, toTime = ""] = to.split(", ");
  const zone = / .*$/;
  const isOneDay = fromDay === toDay && zone.exec(fromTime)?.[0] === zone.exec(toTime)?.[0];
  return isOneDay ? `on ${fromDay}, ${fromTime.replace(zone, "")} to ${toTime}` : `from ${from} to ${to}`;
}

const DAY_MS = 86_400_000;

/** “less than a day old”, “one day old”, “12 days old”. */
export function writeAge(date: Date, now: Date): string {
  const days = Math.floor((now.getTime() - date.getTime()) / DAY_MS);
  if (days < 1) return "less than a day old";
  return days === 1 ? "one day old" : `${days} days old`;
}
