// Files of results into the folder of their series, after checking them with all that is there.

import {copyFileSync, existsSync, mkdirSync, readFileSync, statSync} from "node:fs";
import {basename, dirname, join, relative, resolve} from "node:path";
import {z} from "zod";
import type {Series} from "../evidence/schema.js";
import {readResult} from "../formats/read.js";
import {checkResults} from "./check.js";
import {filesBeside, readResults, resultFiles} from "./read.js";
import type {Result} from "./result.js";
import {withoutRepeats} from "./summary.js";

/** One result file and where it goes; what belongs to it goes with it. */
interface Filing {
  from: string;
  to: string;
  runs: Result[];
}

export interface ImportPlan {
  /** Pairs of files to copy. */
  copies: {from: string; to: string}[];
  runs: number;
  /** Files given that hold nothing to file, and why. */
  passedOver: {path: string; why: string}[];
}

/** Names a file of events beside its result. */
const withEvents = z.looseObject({benchbook: z.looseObject({events: z.looseObject({file: z.string()})})});

/**
 * What importing `paths` under a series amounts to.
 * @throws Error of one line for the first thing that stands against it; nothing is changed
 */
export async function planImport(
  data: string,
  paths: readonly string[],
  card: Series,
  series: readonly Series[]
): Promise<ImportPlan> {
  const filings: Filing[] = [];
  for (const path of paths) filings.push(...(await filingsOf(data, path, card.id)));
  const targets = new Set<string>();
  for (const {from, to} of filings) {
    if (existsSync(to) || targets.has(to)) {
      throw new Error(
        `${from}: ${relative(process.cwd(), to)} is there already. Rename the file, or leave it out if it was imported before.`
      );
    }
    targets.add(to);
  }
  const {results, faults} = await readResults(data, series);
  const [broken] = faults;
  if (broken !== undefined) throw new Error(`${broken.file}: ${broken.message}`);
  const all = withoutRepeats([...results, ...filings.flatMap(({runs}) => runs)]);
  const [fault] = checkResults(all, series, data);
  if (fault !== undefined) {
    const filing = filings.find(({to}) => relative(process.cwd(), to) === fault.file);
    throw new Error(`${filing?.from ?? fault.file}: ${fault.message}`);
  }
  const counted = new Set(all);
  const isCounted = (run: Result) => counted.has(run);
  const filed = filings.filter(({runs}) => runs.some(isCounted));
  const repeated = filings.filter((filing) => !filed.includes(filing));
  return {
    copies: filed.flatMap(copiesOf),
    runs: filed.flatMap(({runs}) => runs.filter(isCounted)).length,
    passedOver: [
      ...paths.flatMap(filesOfNoResult),
      ...repeated.map(({from}) => ({path: from, why: "it repeats the runs beside it"}))
    ]
  };
}

/** Copies each file; those of a run's events first, so that a result that stands is complete. */
export function carryOut({copies}: ImportPlan): void {
  for (const {from, to} of copies) {
    mkdirSync(dirname(to), {recursive: true});
    copyFileSync(from, to);
  }
}

function filesOfNoResult(path: string): ImportPlan["passedOver"] {
  const names = statSync(path).isDirectory() ? filesBeside(path) : [];
  return names.map((name) => ({path: join(path, name), why: "no result, vLLM writes it beside them"}));
}

/** A folder keeps its shape under its own name. */
async function filingsOf(data: string, path: string, series: string): Promise<Filing[]> {
  if (!existsSync(path)) throw new Error(`${path}: there is no such file. Correct the path.`);
  const isFolder = statSync(path).isDirectory();
  const files = isFolder ? resultFiles(path) : [""];
  if (files.length === 0) throw new Error(`${path}: there is no result in it. Give a folder of a sweep.`);
  return Promise.all(
    files.map(async (file) => {
      const from = join(path, file);
      const below = join(series, nameBelow(path), file);
      const runs = await readResult(from);
      return {
        from,
        to: join(data, "results", below),
        runs: runs.map((run, i) => ({
          id: `${below.replace(/\.jsonl?$/, "")}${runs.length > 1 ? `#${i}` : ""}`,
          series,
          file: `results/${below}`,
          live: false,
          run
        }))
      };
    })
  );
}

/** Where a file or folder goes below its series. A sweep calls every run `run=N.json`: its folder tells them apart. */
function nameBelow(path: string): string {
  const name = basename(path);
  return /^(run=\d+|summary)\.json$/.test(name) ? join(basename(dirname(resolve(path))), name) : name;
}

function copiesOf({from, to}: Filing): {from: string; to: string}[] {
  const events = eventsFile(from);
  return [
    ...(events === undefined ? [] : [{from: join(dirname(from), events), to: join(dirname(to), events)}]),
    {from, to}
  ];
}

function eventsFile(path: string): string | undefined {
  try {
    return withEvents.safeParse(JSON.parse(readFileSync(path, "utf8"))).data?.benchbook.events.file;
  } catch {
    return undefined;
  }
}
