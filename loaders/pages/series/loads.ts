// Loads of points as tables, axes and sentences write them.

import type {Fact} from "../../facts/read-facts.js";
import {byLoad, type Load, parseLoad} from "../../results/offered-load.js";

/** The load of a measured or printed point. */
export function loadOf({key}: Fact): Load {
  return parseLoad(key.offered_load === undefined ? `c${key.concurrency}` : String(key.offered_load));
}

/** The loads of some facts, each once, from the smallest to the largest. */
export function loadsOf(facts: readonly Fact[]): Load[] {
  return [...new Map(facts.map((fact) => [loadOf(fact).key, loadOf(fact)])).values()].sort(byLoad);
}

export type LoadAxis = "Concurrency" | "Request rate (req/s)" | "Load";

/** What some loads have in common, as the heading over them. */
export function axisOf(loads: readonly Load[]): LoadAxis {
  if (loads.every(isConcurrency)) return "Concurrency";
  const haveOneLimit = new Set(loads.map(({concurrency}) => concurrency)).size === 1;
  return haveOneLimit && loads.every(isRate) ? "Request rate (req/s)" : "Load";
}

/** A load below such a heading. */
export function loadLabel(load: Load, axis: LoadAxis): string {
  if (axis === "Concurrency") return String(load.concurrency);
  return axis === "Load" ? load.label : String(load.rate);
}

export function isConcurrency({concurrency, rate, key}: Load): boolean {
  return concurrency !== null && rate === null && key === `c${concurrency}`;
}

/** Whether requests come at a constant rate, with or without a limit to those in flight. */
export function isRate({rate}: Load): boolean {
  return rate !== null;
}

/** “41 ms at concurrency 1”. */
export function atLoad(fact: Fact): string {
  return `${fact.text} at ${loadOf(fact).text}`;
}
