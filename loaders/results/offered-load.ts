import type {RunSettings} from "../formats/run-record.js";

/**
 * The load that the client put on the server, as the key of a point: `c8` is eight requests at a time, `r4` four per
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
