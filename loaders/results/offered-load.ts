import type {RunSettings} from "../formats/run-record.js";

/**
 * What the client put on the server, as the key of a point: `c8` eight requests at a time, `r4` four a
 * second, `c64-r4` both, `ramp-linear-1-10` a rising rate, `all` everything at once.
 */
export function offeredLoad({
  max_concurrency,
  request_rate,
  ramp_up
}: Pick<RunSettings, "max_concurrency" | "request_rate" | "ramp_up">): string {
  const parts = [
    max_concurrency !== null && `c${max_concurrency}`,
    ramp_up !== null && `ramp-${ramp_up.strategy}-${ramp_up.start_rps}-${ramp_up.end_rps}`,
    ramp_up === null && typeof request_rate === "number" && `r${request_rate}`
  ].filter((part) => part !== false);
  return parts.length === 0 ? "all" : parts.join("-");
}

/** A load by its key, for reading and for axes. */
export interface Load {
  key: string;
  /** Requests in flight at most; null where there is no limit. */
  concurrency: number | null;
  /** Requests a second; null where they are sent as soon as they can be, or at a rising rate. */
  rate: number | null;
  /** As it stands in a sentence after “at”. */
  text: string;
  /** As it stands among others in a table or on an axis. */
  label: string;
}

/** Reads a key that {@link offeredLoad} wrote. */
export function parseLoad(key: string): Load {
  const [, limit, , from, to, each] =
    /^(?:c(\d+))?-?(?:ramp-(\w+)-([\d.]+)-([\d.]+)|r([\d.]+))?/.exec(key) ?? [];
  const concurrency = limit === undefined ? null : Number(limit);
  const rate = each === undefined ? null : Number(each);
  const parts = [
    concurrency !== null && `concurrency ${concurrency}`,
    from !== undefined && `a rate rising from ${from} to ${to} req/s`,
    rate !== null && `${rate} req/s`
  ].filter((part) => part !== false);
  const labels = [
    concurrency !== null && `C ${concurrency}`,
    from !== undefined && `${from} to ${to} req/s`,
    rate !== null && `${rate} req/s`
  ].filter((part) => part !== false);
  const isUnlimited = parts.length === 0;
  return {
    key,
    concurrency,
    rate,
    text: isUnlimited ? "no limit" : parts.join(" and "),
    label: isUnlimited ? "no limit" : labels.join(" at ")
  };
}

/** From the smallest load to the largest. */
export function byLoad(a: Load, b: Load): number {
  const size = ({concurrency, rate}: Load) => [concurrency ?? Infinity, rate ?? Infinity] as const;
  const [[c, r], [d, s]] = [size(a), size(b)];
  return c === d ? (r === s ? 0 : r - s) : c - d;
}
