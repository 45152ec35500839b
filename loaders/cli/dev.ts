import {once} from "node:events";
import {z} from "zod";
import {flag, toggle} from "../flags/flag.js";
import {startFramework} from "../site/framework.js";
import {freePort, parsePort} from "../site/port.js";
import {run} from "./run.js";

await run(
  {
    before: `Usage: npm run dev [-- --port PORT] [--verbose]

Serves the site while you edit it: npx observable preview on a free port, without its log. A change to
evidence, SQL, code, figures or pages shows in the browser by itself. Faults are printed, and the last good
state is shown until they are gone.`,
    flags: {
      port: flag(z.string().optional(), "PORT", "the port; by default 3000 or the next free one"),
      verbose: toggle("print what Observable Framework prints")
    }
  },
  async ({port, verbose}) => {
    const taken = port === undefined ? await freePort(3000) : parsePort(port);
    const server = startFramework(["preview", "--no-open", `--port=${taken}`], {
      stdio: ["ignore", verbose ? 2 : "ignore", 2]
    });
    console.error(`http://127.0.0.1:${taken}/ (stop with Ctrl-C)`);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.kill());
    const [code] = await once(server, "exit");
    process.exitCode = code ?? 0;
  }
);
