import {bench} from "../bench/bench.js";
import type {LiveEffects} from "../results/live.js";

/** The benchmark client as a loader calls it: progress on stderr, nothing on stdout, Ctrl-C ends it. */
export function liveEffects(): LiveEffects {
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  return {
    say: (line) => console.error(line),
    bench: async (options) => {
      const {end} = await bench([options], {
        stdout: {write: (text) => process.stderr.write(text)},
        stderr: process.stderr,
        apiKey: process.env.OPENAI_API_KEY || undefined,
        signal: interrupt.signal
      });
      return end;
    }
  };
}
