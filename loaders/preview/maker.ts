// Makes the site's material once, on demand, in a process of its own: code that changed is read anew.
// While it waits it loads the packages and, with “code”, our own: it then serves no change of code.

import {messageOf} from "../errors/message-of.js";
import "@duckdb/node-api";
import "@observablehq/plot";
import "linkedom";
import "zod";

/** What the process sends back, once: how many facts the pages may print now, or what is wrong. */
export type Made = {facts: number} | {fault: string};

if (process.argv[2] === "code") await import("../report.js");

process.once("message", async () => {
  const send = (made: Made) => process.send?.(made);
  try {
    const {updateSite} = await import("../site.js");
    await updateSite((facts) => send({facts}));
  } catch (error) {
    send({fault: messageOf(error)});
  }
  process.disconnect();
});
