import {existsSync} from "node:fs";
import {join} from "node:path";
import {messageOf} from "../errors/message-of.js";
import {serve} from "../pages/serve.js";
import {paths} from "../paths.js";
import {parsePort} from "../preview/port.js";
import {run} from "./run.js";

const help = `Usage: npm run preview [-- --port PORT]

Serves the built site in dist/ as a static host does.

  --port PORT  the port; 4173 unless given, 0 for any free one
  --help       print this`;

await run(help, {port: {type: "string", default: "4173"}}, async ({port}) => {
  if (!existsSync(join(paths.dist, "index.html"))) {
    throw new Error("dist/ holds no site. Build it with npm run build.");
  }
  const number = parsePort(port);
  try {
    const {url} = await serve(paths.dist, number);
    console.error(`${url} (stop with Ctrl-C)`);
  } catch (error) {
    throw new Error(
      `Port ${number} cannot be had (${messageOf(error)}). Name another one with --port, as in npm run preview -- --port 0.`
    );
  }
});
