// Starts requests as soon as they are due and a slot is free.

interface Load {
  /** performance.now() at the clock's zero. */
  origin: number;
  /** When each request is due, in milliseconds from `origin`, ascending. */
  dueMs: readonly number[];
  maxConcurrency: number;
  /** No request is started after this. */
  durationMs: number;
  /** Resolves when the request has ended in any way; never rejects. */
  start: (index: number) => Promise<void>;
  signal: AbortSignal;
}

interface LoadOutcome {
  started: number;
  /** How late requests started, in ms: those due after the start that did not have to wait for a slot. */
  lagMs: number[];
}

/** Resolves when every started request has ended. */
export function drive({
  origin,
  dueMs,
  maxConcurrency,
  durationMs,
  start,
  signal
}: Load): Promise<LoadOutcome> {
  const lagMs: number[] = [];
  let started = 0;
  let inFlight = 0;
  let lastFreedMs = -Infinity;
  /** Cancels the next look at the schedule. */
  let waiting: (() => void) | null = null;

  return new Promise((resolve) => {
    const pump = () => {
      waiting = null;
      const now = performance.now() - origin;
      const due = dueMs[started];
      if (due === undefined || signal.aborted || now >= durationMs) {
        if (inFlight === 0) {
          signal.removeEventListener("abort", wake);
          resolve({started, lagMs});
        }
        return;
      }
      if (inFlight >= maxConcurrency) return;
      if (due > now) {
        wait(Math.min(due, durationMs) - now);
        return;
      }
      if (due > 0 && lastFreedMs <= due) lagMs.push(now - due);
      inFlight++;
      void start(started++).then(freed);
      // One request in each turn: undici writes to a reused socket on the next turn, so the first of many would
      // otherwise be written only after the last had been made.
      wait(0);
    };
    const freed = () => {
      if (inFlight === maxConcurrency) lastFreedMs = performance.now() - origin;
      inFlight--;
      if (waiting === null || signal.aborted) wake();
    };
    const wake = () => {
      waiting?.();
      pump();
    };
    // Timers fire late and on whole milliseconds, so the last millisecond is spent spinning the event loop.
    const wait = (ms: number) => {
      if (ms > 1.5) {
        const timer = setTimeout(pump, Math.floor(ms - 1));
        waiting = () => clearTimeout(timer);
      } else {
        const turn = setImmediate(pump);
        waiting = () => clearImmediate(turn);
      }
    };
    signal.addEventListener("abort", wake, {once: true});
    pump();
  });
}
