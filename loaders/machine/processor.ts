// Reserves a processor for the thread that reads the clock, and checks whether the machine provided it when needed.

import {execFileSync} from "node:child_process";
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {cpus} from "node:os";

/** Linux lists the threads of this process here. */
const THREADS = "/proc/self/task";

/**
 * Keeps the main thread of this process on processor `cpu`, and lets its other threads run only when nothing else
 * wants to. V8 compiles and collects garbage on those. One that the main thread wakes may run on the same processor,
 * where Linux would leave it for some milliseconds while tokens wait to be read.
 * @throws one-line Error if this is impossible
 */
export function keepToProcessor(cpu: number): void {
  if (process.platform !== "linux") throw new Error("only Linux lets a process choose. Leave it out.");
  const {length} = cpus();
  if (cpu >= length) throw new Error(`there is no processor ${cpu}: choose one from 0 to ${length - 1}.`);
  call("taskset", ["--cpu-list", "--pid", String(cpu), String(process.pid)]);
  for (const thread of readdirSync(THREADS)) {
    if (Number(thread) !== process.pid) makeIdle(thread);
  }
}

/** Sets the policy SCHED_IDLE: any other thread that wakes runs first. */
function makeIdle(thread: string): void {
  try {
    call("chrt", ["--idle", "--pid", "0", thread]);
  } catch (error) {
    // The thread may have ended since it was listed.
    if (existsSync(`${THREADS}/${thread}`)) throw error;
  }
}

function call(command: string, words: string[]): void {
  try {
    execFileSync(command, words, {encoding: "utf8", stdio: "pipe"});
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ("code" in error && error.code === "ENOENT") {
      throw new Error(`needs ${command}: install the package util-linux, or leave it out.`);
    }
    const said = "stderr" in error ? String(error.stderr).trim().split("\n")[0] : error.message;
    throw new Error(`${said}. Leave it out, or choose a processor that this process may use.`);
  }
}

/** The processors that the main thread may run on, as Linux lists them; `null` if there is no such list. */
export function processorsAllowed(): string | null {
  if (process.platform !== "linux") return null;
  return /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? null;
}

/** Time on all processors since the machine started, in ticks. */
export interface ProcessorTime {
  /** Time spent working, or ready to work while the virtual machine's host served others. */
  wanted: number;
  /** The part of `wanted` that the host took. */
  stolen: number;
}

/** Reads the first line of `proc_stat(5)`; `null` if there is none. */
export function readProcessorTime(stat: string): ProcessorTime | null {
  const [, fields] = /^cpu +([\d ]+)/.exec(stat) ?? [];
  if (fields === undefined) return null;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = fields.split(" ").map(Number);
  return {wanted: user + nice + system + irq + softirq + steal, stolen: steal};
}

export function processorTime(): ProcessorTime | null {
  if (process.platform !== "linux") return null;
  return readProcessorTime(readFileSync("/proc/stat", "utf8"));
}

/** Between two readings, the share of the wanted time that the host took, from 0 to 1; `null` if unknown. */
export function stolenShare(before: ProcessorTime | null, after: ProcessorTime | null): number | null {
  if (before === null || after === null || after.wanted === before.wanted) return null;
  return (after.stolen - before.stolen) / (after.wanted - before.wanted);
}
