/** What a build knows about a live series, for its page: a row of the table live_build. */
export interface LiveBuild {
  series: string;
  /** Whether this build measured it. */
  is_measured: boolean;
  /** Whether its runs were measured with other flags than its card gives. */
  is_stale: boolean;
  /** How old its newest run is: “12 days old”. */
  age: string;
  /** The day of the build. */
  day: string;
}
