// Watches whether the client itself was fit to measure.

import {cpus} from "node:os";
import {monitorEventLoopDelay} from "node:perf_hooks";
import type {ClientHealth} from "../../formats/run-record.js";
import {processorsAllowed, processorTime, stolenShare} from "../../machine/processor.js";
import {quantile} from "../tools/quantile.js";

const RESOLUTION_MS = 10;

/** Starts watching; the returned function stops and reports. */
export function watchHealth(): (
  observed: Pick<ClientHealth, "sockets_waited_for" | "sockets_opened" | "reads" | "undici_version"> & {
    lagMs: readonly number[];
  }
) => ClientHealth {
  const delay = monitorEventLoopDelay({resolution: RESOLUTION_MS});
  delay.enable();
  const cpuStart = process.cpuUsage();
  const processorsStart = processorTime();
  const start = performance.now();
  return ({lagMs, ...observed}) => {
    delay.disable();
    const cpu = process.cpuUsage(cpuStart);
    const wallMs = performance.now() - start;
    // The histogram holds intervals between ticks of its own timer; what exceeds the timer's period is the delay.
    const beyond = (ns: number) => Math.max(0, (Number.isFinite(ns) ? ns / 1e6 : 0) - RESOLUTION_MS);
    const sorted = [...lagMs].sort((a, b) => a - b);
    return {
      ...observed,
      node_version: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      cpu_model: cpus()[0]?.model.trim() ?? "unknown",
      cpu_count: cpus().length,
      cpus_allowed: processorsAllowed(),
      cpu_share: (cpu.user + cpu.system) / 1000 / wallMs,
      steal_share: stolenShare(processorsStart, processorTime()),
      event_loop_delay_ms: {
        mean: beyond(delay.mean),
        p50: beyond(delay.percentile(50)),
        p99: beyond(delay.percentile(99)),
        max: beyond(delay.max)
      },
      schedule_lag_ms: {p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: sorted.at(-1) ?? 0}
    };
  };
}
