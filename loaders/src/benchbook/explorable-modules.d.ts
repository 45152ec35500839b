import type {Explorable} from "./explorables.js";

/** The modules of the report's explorables by name. Each build writes this file's code into src/benchbook. */
export const modules: Record<string, () => Promise<Explorable>>;
