import {z} from "zod";
import {flag, toggle} from "../flags/flag.js";
import {live} from "../preview/live.js";
import {freePort, parsePort} from "../preview/port.js";
import {run} from "./run.js";

await run(
  {
    before: `Usage: npm run dev [-- --port PORT] [--verbose]

Serves the site while you edit it. A change to evidence, SQL, code, figures or pages shows in the
browser by itself. Faults are printed; the last good state stays on show until they are gone.`,
    flags: {
      port: flag(z.string().optional(), "PORT", "the port; 3000 or the next free one unless given"),
      verbose: toggle("print what Observable Framework prints")
    }
  },
  async ({port, verbose}) => {
    const taken = port === undefined ? await freePort(3000) : parsePort(port);
    const stop = await live({port: taken, verbose, say: (text) => console.error(text)});
    console.error(`http://127.0.0.1:${taken}/ (stop with Ctrl-C)`);
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        stop();
        process.exit(0);
      });
    }
  }
);
