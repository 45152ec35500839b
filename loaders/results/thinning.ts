// Which requests the report file holds of runs that are too large for it: readers load the file.

import type {RequestRecord, RunRecord} from "../formats/run.js";

/** Requests the report file holds in all: some 25 bytes each once compressed. */
const REQUEST_LIMIT = 15_000;

/** So many requests of a run its timeline shows, from the first to start on. */
const TIMELINE_REQUESTS = 64;

/** A sample of fewer requests tells no quantile. */
const LEAST_SAMPLE = 64;

export interface KeptRequest {
  request: RequestRecord;
  /** Whether it is there for the quantiles, and not for the timeline alone. */
  sampled: boolean;
}

/** The most requests any run keeps, so that small runs stay whole and all together stay near the limit. */
export function mostRequests(runs: readonly number[]): number {
  const ascending = [...runs].sort((a, b) => a - b);
  let left = REQUEST_LIMIT;
  for (const [i, requests] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - i));
    if (requests > share) return Math.max(share, TIMELINE_REQUESTS + LEAST_SAMPLE);
    left -= requests;
  }
  return Number.POSITIVE_INFINITY;
}

/** Of a run with more than `most` requests those of its timeline and a sample, in the order they have. */
export function keptRequests({requests, clock}: RunRecord, most: number): KeptRequest[] {
  if (requests === null) return [];
  if (requests.length <= most) return requests.map((request) => ({request, sampled: true}));
  const first = clock === "run" ? firstToStart(requests) : [];
  const sample = new Set(
    [...requests].sort((a, b) => scrambled(a.index) - scrambled(b.index)).slice(0, most - first.length)
  );
  const kept = new Set([...first, ...sample]);
  return requests
    .filter((request) => kept.has(request))
    .map((request) => ({request, sampled: sample.has(request)}));
}

function firstToStart(requests: readonly RequestRecord[]): RequestRecord[] {
  return requests
    .flatMap((request) => (request.start_ms === null ? [] : {request, start: request.start_ms}))
    .sort((a, b) => a.start - b.start || a.request.index - b.request.index)
    .slice(0, TIMELINE_REQUESTS)
    .map(({request}) => request);
}

/** An order that has nothing to do with that of the requests, in which waves would show: MurmurHash3's finalizer. */
function scrambled(index: number): number {
  let hash = Math.imul(index ^ (index >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
