// The runs behind measured series: how many there are, which are evidence, and what each was measured with.

import {writeDate} from "../../dates.js";
import type {Series} from "../../evidence/schema.js";
import {documentOf} from "../../results/filed-result.js";
import {parseLoad} from "../../results/offered-load.js";
import type {TableModel} from "../table.js";
import {factsOf, type RunRow, type SeriesMaterial} from "./material.js";

/** What the points rest on, and what was measured and is left out of them. */
export function countsText(material: SeriesMaterial, series: string): string {
  const counted = (which: string, one: string, several: string): string | null => {
    const [fact] = factsOf(material, "result_count", {series, which});
    return fact === undefined || fact.value === 0
      ? null
      : `{{${fact.id}}} ${fact.value === 1 ? one : several}`;
  };
  const runs = counted("runs", "run", "runs");
  const requests = counted("requests", "request", "requests");
  const failed = counted("failed", "of which failed", "of which failed") ?? "none of which failed";
  return [
    runs === null ? "No run is evidence." : `${runs} with ${requests}, ${failed}.`,
    counted(
      "no_request_succeeded",
      "run, in which no request succeeded, is left out.",
      "runs, in which no request succeeded, are left out."
    ),
    counted("cut_short", "run was cut short and is left out.", "runs were cut short and are left out.")
  ]
    .filter((sentence) => sentence !== null)
    .join(" ");
}

/** Whose result files runs are from: of `npm run bench`, of vLLM's client, or of both. */
export function clientsOf(runs: readonly RunRow[]): "own" | "vllm" | "both" {
  const isOwn = new Set(runs.map(({tool}) => tool === "benchbook"));
  return isOwn.size > 1 ? "both" : isOwn.has(true) ? "own" : "vllm";
}

/** What a run was measured with; where it is the same of all runs it is said once. */
const ORIGINS = [
  ["Client", ({tool}: RunRow) => tool],
  ["Server version", ({server_version}: RunRow) => server_version ?? "not stated"],
  ["Model", ({model}: RunRow) => model ?? "not stated"]
] as const;

function isShared(runs: readonly RunRow[], read: (run: RunRow) => string): boolean {
  return new Set(runs.map(read)).size === 1;
}

export function originsTable({label}: Series, runs: readonly RunRow[]): TableModel {
  return {
    label: `What all runs of ${label} have in common`,
    columns: ["Field", "All runs"],
    rows: ORIGINS.filter(([, read]) => isShared(runs, read)).flatMap(([name, read]) =>
      runs.slice(0, 1).map((run) => [{text: name}, {text: read(run)}])
    )
  };
}

export function runsTable({label}: Series, runs: readonly RunRow[]): TableModel {
  const origins = ORIGINS.filter(([, read]) => !isShared(runs, read));
  return {
    label: `Result files of ${label}`,
    columns: ["Load", "Started", ...origins.map(([name]) => name), "Kept as evidence", "File"],
    rows: runs.map((run) => [
      {text: parseLoad(run.load).label},
      {text: run.started === null ? "not stated" : writeDate(run.started)},
      ...origins.map(([, read]) => ({text: read(run)})),
      {text: run.standing === "evidence" ? "yes" : `no: ${run.standing}`},
      {text: [run.file.replace(/^results\/[^/]+\//, ""), documentOf(run)].filter(Boolean).join(", ")}
    ])
  };
}
