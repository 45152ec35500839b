// How a point ends, and with it perhaps the sweep.

import type {RequestRecord} from "../../formats/run-record.js";
import type {FlagNames} from "../call/flag-names.js";

/** Only a finished point is evidence. A point without a success, or whose server vanished, is measured again. */
export type PointEnd =
  | "finished"
  | "interrupted"
  | "too-many-failures"
  | "no-success"
  | "nothing-due"
  | "host-gone";

/** Why a sweep is not complete, in words that follow a colon. */
export function whyEnded(end: Exclude<PointEnd, "finished">, {of}: FlagNames): string {
  switch (end) {
    case "interrupted":
      return "interrupted";
    case "too-many-failures":
      return `more requests failed than ${of("max-failures")} allows`;
    case "no-success":
      return "no request succeeded";
    case "nothing-due":
      return `no request was due within ${of("duration")}: raise it, or ${of("request-rate")}`;
    case "host-gone":
      return "the server stopped answering";
  }
}

/** `3 reset, 2 refused`; `null` if nothing failed. */
export function failureCounts(requests: readonly Pick<RequestRecord, "failure">[]): string | null {
  const kinds = new Map<string, number>();
  for (const {failure} of requests) if (failure) kinds.set(failure.kind, (kinds.get(failure.kind) ?? 0) + 1);
  return kinds.size === 0 ? null : [...kinds].map(([kind, n]) => `${n} ${kind}`).join(", ");
}
