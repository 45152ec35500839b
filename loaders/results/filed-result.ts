import type {Run, RunRecord} from "../formats/run-record.js";
import {type Output, outputOf} from "./run-output.js";

/** One run of a result file, as it was filed. */
export interface Result {
  /** Its file below data/results without the ending, and `#n` where the file holds several. */
  id: string;
  series: string;
  /** The file below data/, as sources cite it. */
  file: string;
  /** Whether `npm run refresh` measured it rather than `npm run import` or a hand. */
  live: boolean;
  run: RunRecord;
  /** A summary of the run's events; null where it has none. */
  output: Output | null;
}

/** The folder below data/results/SERIES that refreshing replaces. */
export const LIVE_FOLDER = "live";

/** What a file holds, as filed or as it will be. */
export function resultsOf(
  {file, series, live}: Pick<Result, "file" | "series" | "live">,
  runs: readonly Run[]
): Result[] {
  const id = idOf(file);
  return runs.map(({events, ...run}, i) => ({
    id: runs.length > 1 ? `${id}#${i}` : id,
    series,
    file,
    live,
    run,
    output: events && outputOf(events)
  }));
}

function idOf(file: string): string {
  return file.replace(/^results\//, "").replace(/\.jsonl?$/, "");
}

/** Which document of its file a run is: “document 3”; empty where the file holds no other. */
export function documentOf({id, file}: Pick<Result, "id" | "file">): string {
  const [, index] = /^#(\d+)$/.exec(id.slice(idOf(file).length)) ?? [];
  return index === undefined ? "" : `document ${Number(index) + 1}`;
}
