import {register} from "node:module";
import {join} from "node:path";
import type {ReportConfiguration} from "../configuration.js";
import {FaultsError} from "../errors/faults.js";
import {messageOf} from "../errors/message-of.js";
import {engine, paths} from "../paths.js";
import type {configure} from "./configure.js";
import type {Told} from "./framework.js";
import {hashOf} from "./inputs.js";
import {watchInputs} from "./watch-inputs.js";

/** The configuration that Observable Framework takes. */
type FrameworkConfiguration = Awaited<ReturnType<typeof configure>>;

/**
 * The configuration of Observable Framework for a report. It first brings the report up to date, so that
 * `observable build` and `observable preview` are never stale, and keeps them off the network.
 * If anything is at fault, a build stops and lists all faults; a preview prints them and shows the last good state.
 */
export async function benchbook(report: ReportConfiguration): Promise<FrameworkConfiguration> {
  return process.argv.includes("preview") ? previewed(report) : built(report);
}

async function built(report: ReportConfiguration): Promise<FrameworkConfiguration> {
  try {
    const {configure} = await import("./configure.js");
    const configuration = await configure(report);
    tell({facts: configuration.facts, claims: configuration.claims});
    return configuration;
  } catch (error) {
    if (!(error instanceof FaultsError)) throw error;
    const {length} = error.faults;
    const fault = length > 1 ? `${error.message}\n${length} faults; nothing was changed.` : error.message;
    if (process.send === undefined) console.error(fault);
    else tell({fault});
    // Thrown, the faults would come with a useless stack trace of the code that found them.
    process.exit(1);
  }
}

/** Sends a message to the command that started Framework, if one did. */
function tell(told: Told): void {
  process.send?.(told);
}

/** The code of engine and report that this preview runs. */
let code: {hash: string; configure: typeof configure} | undefined;
let lastGood: FrameworkConfiguration | undefined;
/** The page that was rendered last. */
let shown: string | undefined;

/** Framework asks again whenever the configuration is touched, by its author or because inputs changed. */
async function previewed(report: ReportConfiguration): Promise<FrameworkConfiguration> {
  watchInputs();
  try {
    const hash = hashOf([engine, join(paths.src, "figures"), join(paths.src, "explorables")]);
    if (code?.hash !== hash) {
      if (code === undefined) register("./fresh-code.js", import.meta.url);
      const fresh: {configure: typeof configure} = await import(`./configure.js?version=${hash}`);
      code = {hash, configure: fresh.configure};
    }
    lastGood = await code.configure(report, {
      first: shown,
      onPage(page) {
        shown = page;
      }
    });
  } catch (error) {
    if (lastGood === undefined) throw error;
    console.error(messageOf(error));
  }
  return lastGood;
}
