import {setTimeout as sleep} from "node:timers/promises";

const POLL_MS = 5;
const LIMIT_MS = 30_000;

/** Repeats the assertions until they hold; after half a minute it throws the last error. */
export async function eventually(assertions: () => void | Promise<void>): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    try {
      return await assertions();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(POLL_MS);
    }
  }
}
