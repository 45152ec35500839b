// Makes the site's material once, on demand, in a process of its own: code that changed is read anew.
// The heavy packages are loaded while it waits, so that a change shows within two seconds.

import "@duckdb/node-api";
import "@observablehq/plot";
import "linkedom";
import "zod";

/** What the process sends back: how many facts there are, or what is wrong. */
export type Made = {facts: number} | {fault: string};

process.once("message", async () => {
  let made: Made;
  try {
    const {updateSite} = await import("../site.js");
    made = {facts: Object.keys((await updateSite()).facts).length};
  } catch (error) {
    made = {fault: error instanceof Error ? error.message : String(error)};
  }
  process.send?.(made);
  process.disconnect();
});
