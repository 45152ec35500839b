import type {Run} from "../formats/run.js";

/** One run of a result file, as it was filed. */
export interface Result {
  /** Its file below data/results without the ending, and `#n` where the file holds several. */
  id: string;
  series: string;
  /** The file below data/, as sources cite it. */
  file: string;
  /** Whether `npm run refresh` measured it rather than `npm run import` or a hand. */
  live: boolean;
  run: Run;
}

/** The folder below data/results/SERIES that refreshing replaces. */
export const LIVE_FOLDER = "live";
