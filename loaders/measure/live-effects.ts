import {bench} from "../bench/bench.js";
import type {LiveEffects} from "./measure-live.js";

/** How a build runs the benchmark client: progress on stderr, nothing on stdout; Ctrl-C ends a measurement. */
export function liveEffects(): LiveEffects {
  return {
    say: (line) => console.error(line),
    bench: async (options) => {
      const interrupt = new AbortController();
      const stop = () => interrupt.abort();
      process.once("SIGINT", stop);
      try {
        const {end} = await bench([options], {
          stdout: {write: (text) => process.stderr.write(text)},
          stderr: process.stderr,
          apiKey: process.env.OPENAI_API_KEY || undefined,
          signal: interrupt.signal
        });
        return end;
      } finally {
        process.off("SIGINT", stop);
      }
    }
  };
}
