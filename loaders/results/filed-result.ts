import type {Run, RunRecord} from "../formats/run-record.js";
import {type Output, outputOf} from "./run-output.js";

/** One run of a filed result file. */
export interface Result {
  /** Its file below data/results, without extension, with `#n` if the file holds several runs. */
  id: string;
  series: string;
  /** The file below data/, as sources cite it. */
  file: string;
  /** Whether it came from `npm run refresh`, rather than from `npm run import` or by hand. */
  live: boolean;
  run: RunRecord;
  /** A summary of the run's events; null if it has none. */
  output: Output | null;
}

/** The folder below data/results/SERIES that refreshing replaces. */
export const LIVE_FOLDER = "live";

/** The runs of a file, filed or about to be. */
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

/** The run's document in its file, as “document 3”; empty if the file holds only one. */
export function documentOf({id, file}: Pick<Result, "id" | "file">): string {
  const [, index] = /^#(\d+)$/.exec(id.slice(idOf(file).length)) ?? [];
  return index === undefined ? "" : `document ${Number(index) + 1}`;
}
