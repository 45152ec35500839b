import {once} from "node:events";
import {watch} from "node:fs";
import {engine} from "../paths.js";
import {startFramework} from "../site/framework.js";
import {freePort, parsePort} from "../site/port.js";
import {run} from "./run.js";

const help = `Usage: npm run dev [-- --port PORT] [--verbose]

Serves the site while you edit it: npx observable preview, started anew when the engine's own code changes.
A change to evidence, SQL, figures or pages shows in the browser by itself. Faults are printed; the last
good state stays on show until they are gone.

  --port PORT  the port; 3000 or the next free one unless given
  --verbose    print what Observable Framework prints
  --help       print this`;

/** Editors write a file in several steps; what comes within this time is one change. */
const SETTLE_MS = 40;

await run(help, {port: {type: "string"}, verbose: {type: "boolean"}}, async ({port, verbose = false}) => {
  const taken = port === undefined ? await freePort(3000) : parsePort(port);
  const start = () =>
    startFramework(["preview", "--no-open", `--port=${taken}`], {
      stdio: ["ignore", verbose ? 2 : "ignore", 2]
    });
  let server = start();
  let timer: NodeJS.Timeout | undefined;
  watch(engine, {recursive: true}, () => {
    clearTimeout(timer);
    timer = setTimeout(restart, SETTLE_MS);
  });
  async function restart(): Promise<void> {
    server.kill();
    await once(server, "exit");
    server = start();
  }
  console.error(`http://127.0.0.1:${taken}/ (stop with Ctrl-C)`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      server.kill();
      process.exit(0);
    });
  }
});
