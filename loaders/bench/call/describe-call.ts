// The plan of a call, which may compare several servers.

import type {BenchOptions} from "./bench-flags.js";
import {describePlan} from "./describe-plan.js";
import {duration} from "./duration.js";
import {expectedSeconds} from "./expected-time.js";

/** The plan as `--dry-run` shows it: of each arm and, if there are several, how they take turns. */
export function describeCall(arms: readonly BenchOptions[]): string {
  if (arms.length === 1) return arms.map(describePlan).join("");
  const seconds = arms.reduce((sum, options) => sum + expectedSeconds(options), 0);
  return [
    ...arms.map((options) => `Arm ${options.series}\n${describePlan(options)}\n`),
    "The arms take turns at each concurrency of each repeat, in every second repeat in reverse order (ABBA).",
    `All arms take about ${duration(seconds)}.`
  ].join("\n");
}
