// How a point ends, and a sweep with it.

import type {RequestRecord} from "../../formats/run.js";

/** Only a finished point is evidence: one without a success, or whose server went away, is measured again. */
export type PointEnd =
  | "finished"
  | "interrupted"
  | "too-many-failures"
  | "no-success"
  | "nothing-due"
  | "host-gone";

export const WHY_ENDED: Record<Exclude<PointEnd, "finished">, string> = {
  interrupted: "interrupted",
  "too-many-failures": "more requests failed than --max-failures allows",
  "no-success": "no request succeeded",
  "nothing-due": "no request was due within --duration: raise it, or --request-rate",
  "host-gone": "the server stopped answering"
};

/** `3 reset, 2 refused`; `null` where nothing failed. */
export function failureCounts(requests: readonly Pick<RequestRecord, "failure">[]): string | null {
  const kinds = new Map<string, number>();
  for (const {failure} of requests) if (failure) kinds.set(failure.kind, (kinds.get(failure.kind) ?? 0) + 1);
  return kinds.size === 0 ? null : [...kinds].map(([kind, n]) => `${n} ${kind}`).join(", ");
}
