// When each request is due (serve.py:236-333).

import type {RunSettings} from "../../formats/run-record.js";
import {legacyGamma} from "../python/legacy-gamma.js";

export interface Arrivals {
  /** Requests per second; Infinity sends all at once. */
  requestRate: number;
  /** 1 is Poisson, less is burstier, more is smoother, Infinity is evenly spaced. */
  burstiness: number;
  rampUp: {strategy: "linear" | "exponential"; startRps: number; endRps: number} | null;
}

export function arrivalsOf({
  request_rate,
  burstiness,
  ramp_up: ramp
}: Pick<RunSettings, "request_rate" | "burstiness" | "ramp_up">): Arrivals {
  return {
    requestRate: typeof request_rate === "number" ? request_rate : Infinity,
    burstiness: typeof burstiness === "number" ? burstiness : Infinity,
    rampUp: ramp && {strategy: ramp.strategy, startRps: ramp.start_rps, endRps: ramp.end_rps}
  };
}

/** The due times of `count` requests in milliseconds after the start, ascending. */
export function arrivalTimes(
  count: number,
  seed: number,
  {requestRate, burstiness, rampUp}: Arrivals
): number[] {
  const gamma = legacyGamma(seed);
  const times: number[] = [];
  let time = 0;
  for (let i = 0; i < count; i++) {
    const rate = rampUp ? rampedRate(i, count, rampUp) : requestRate;
    if (Number.isFinite(rate)) {
      time += Number.isFinite(burstiness) ? gamma(burstiness, 1 / (rate * burstiness)) : 1 / rate;
    }
    times.push(time);
  }
  // vLLM lets the last request land exactly at count / rate.
  const scale = !rampUp && time > 0 ? count / requestRate / time : 1;
  return times.map((t) => t * scale * 1000);
}

/** The ramp's requests per second when request i of `count` is due. */
export function rampedRate(
  i: number,
  count: number,
  {strategy, startRps, endRps}: NonNullable<Arrivals["rampUp"]>
) {
  const progress = count > 1 ? i / (count - 1) : 0;
  return strategy === "linear"
    ? startRps + (endRps - startRps) * progress
    : startRps * (endRps / startRps) ** progress;
}
