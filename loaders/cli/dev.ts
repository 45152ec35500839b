import {once} from "node:events";
import {watch} from "node:fs";
import {z} from "zod";
import {flag, toggle} from "../flags/flag.js";
import {engine} from "../paths.js";
import {startFramework} from "../site/framework.js";
import {freePort, parsePort} from "../site/port.js";
import {run} from "./run.js";

/** Editors write a file in several steps; what comes within this time is one change. */
const SETTLE_MS = 40;

await run(
  {
    before: `Usage: npm run dev [-- --port PORT] [--verbose]

Serves the site while you edit it: npx observable preview, started anew when the engine's own code changes.
A change to evidence, SQL, figures or pages shows in the browser by itself. Faults are printed; the last
good state stays on show until they are gone.`,
    flags: {
      port: flag(z.string().optional(), "PORT", "the port; 3000 or the next free one unless given"),
      verbose: toggle("print what Observable Framework prints")
    }
  },
  async ({port, verbose}) => {
    const taken = port === undefined ? await freePort(3000) : parsePort(port);
    const start = () =>
      startFramework(["preview", "--no-open", `--port=${taken}`], {
        stdio: ["ignore", verbose ? 2 : "ignore", 2]
      });
    let server = start();
    let timer: NodeJS.Timeout | undefined;
    const restart = async () => {
      server.kill();
      await once(server, "exit");
      server = start();
    };
    watch(engine, {recursive: true}, () => {
      clearTimeout(timer);
      timer = setTimeout(restart, SETTLE_MS);
    });
    console.error(`http://127.0.0.1:${taken}/ (stop with Ctrl-C)`);
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        server.kill();
        process.exit(0);
      });
    }
  }
);
