// Chooses which requests of large runs go into the report file, since readers download it.

import type {RequestRecord, RunRecord} from "../formats/run-record.js";

/** How many requests the report file holds in all, at about 25 compressed bytes each. */
const REQUEST_LIMIT = 15_000;

/** How many requests a timeline shows, beginning with the first to start. */
const TIMELINE_REQUESTS = 64;

/** A smaller sample gives no quantiles. */
const LEAST_SAMPLE = 64;

export interface KeptRequest {
  request: RequestRecord;
  /** Whether it is kept for quantiles, and not only for the timeline. */
  sampled: boolean;
}

/** The most requests that any run keeps: small runs stay whole, and all together stay near the limit. */
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

/** The requests of a run, in order; if more than `most`, only those of its timeline and a sample. */
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

/** Scrambles an index by MurmurHash3's finalizer, because in the requests' own order waves would bias the sample. */
function scrambled(index: number): number {
  let hash = Math.imul(index ^ (index >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
