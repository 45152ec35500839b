import {existsSync} from "node:fs";
import {join} from "node:path";
import {z} from "zod";
import {messageOf} from "../errors/message-of.js";
import {flag} from "../flags/flag.js";
import {paths} from "../paths.js";
import {parsePort} from "../site/port.js";
import {serve} from "../site/serve.js";
import {run} from "./run.js";

await run(
  {
    before: `Usage: npm run preview [-- --port PORT]

Serves the built site in dist/ as a static host does.`,
    flags: {
      port: flag(z.string().default("4173"), "PORT", "the port, 0 for any free one")
    }
  },
  async ({port}) => {
    if (!existsSync(join(paths.dist, "index.html"))) {
      throw new Error("dist/ holds no site. Build it with npm run build.");
    }
    const number = parsePort(port);
    try {
      const {url} = await serve(paths.dist, number);
      console.error(`${url} (stop with Ctrl-C)`);
    } catch (error) {
      throw new Error(
        `Port ${number} is not available (${messageOf(error)}). Choose another with --port, for example npm run preview -- --port 0.`
      );
    }
  }
);
