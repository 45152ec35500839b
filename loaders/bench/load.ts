// Starts requests when they are due and a slot is free.

export interface Load {
  /** Milliseconds from the start at which each request is due, ascending. */
  dueMs: readonly number[];
  maxConcurrency: number;
  /** No request is started after this. */
  durationMs: number;
  /** Resolves when the request has ended, however it ended; never rejects. */
  start: (index: number) => Promise<void>;
  signal: AbortSignal;
}

export interface LoadOutcome {
  started: number;
  /** How late each request started that had not to wait for a slot, in ms. */
  lagMs: number[];
}

/** Resolves when every started request has ended. The clock's zero is the moment of the call. */
export function drive({dueMs, maxConcurrency, durationMs, start, signal}: Load): Promise<LoadOutcome> {
  const origin = performance.now();
  const lagMs: number[] = [];
  let started = 0;
  let inFlight = 0;
  let lastFreedMs = -Infinity;
  let timer: NodeJS.Timeout | null = null;

  return new Promise((resolve) => {
    const pump = () => {
      timer = null;
      for (;;) {
        const now = performance.now() - origin;
        const due = dueMs[started];
        const over = due === undefined || signal.aborted || now >= durationMs;
        if (over) {
          if (inFlight === 0) resolve({started, lagMs});
          return;
        }
        if (inFlight >= maxConcurrency) return;
        if (due > now) {
          wait(Math.min(due, durationMs) - now);
          return;
        }
        if (lastFreedMs <= due) lagMs.push(now - due);
        inFlight++;
        void start(started++).then(freed);
      }
    };
    const freed = () => {
      if (inFlight === maxConcurrency) lastFreedMs = performance.now() - origin;
      inFlight--;
      if (timer === null) pump();
      else if (inFlight === 0 && signal.aborted) wake();
    };
    const wake = () => {
      if (timer) clearTimeout(timer);
      pump();
    };
    // Timers fire on whole milliseconds and late: the last one is spent turning the event loop.
    const wait = (ms: number) => {
      if (ms > 1.5) timer = setTimeout(pump, Math.floor(ms - 1));
      else setImmediate(pump);
    };
    signal.addEventListener("abort", wake, {once: true});
    pump();
  });
}
