import {readDate, writeAge, writeDay} from "../dates.js";
import type {Evidence} from "../evidence/schema.js";
import type {Result} from "../results/filed-result.js";
import type {LiveBuild} from "../warehouse/live-build.js";
import {liveSeries, staleSeries} from "./live-series.js";

/** The time of a build, and the live series measured for it. */
export interface BuildMoment {
  now: Date;
  measured: readonly string[];
}

/** What the pages of live series say about the build. */
export function liveBuilds(
  {series}: Pick<Evidence, "series">,
  results: readonly Result[],
  {now, measured}: BuildMoment
): LiveBuild[] {
  const stale = new Set(staleSeries({series}, results));
  return liveSeries({series}).map(({id}) => ({
    series: id,
    is_measured: measured.includes(id),
    is_stale: stale.has(id),
    age: ageOf(
      results.filter((result) => result.live && result.series === id),
      now
    ),
    day: writeDay(now)
  }));
}

/** The age of the newest run. */
function ageOf(results: readonly Result[], now: Date): string {
  const times = results.flatMap(({run}) => readDate(run.started_at ?? run.date ?? "")?.date.getTime() ?? []);
  return times.length === 0 ? "of unknown age" : writeAge(new Date(Math.max(...times)), now);
}
