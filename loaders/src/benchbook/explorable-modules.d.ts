import type {Explorable} from "./explorables.js";

/** The modules of the report's explorables by their names; each build writes them into src/benchbook. */
export const modules: Record<string, () => Promise<Explorable>>;
