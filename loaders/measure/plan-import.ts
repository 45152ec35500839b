// Files results in the folder of their series, after checking them together with what is there.

import {constants, copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from "node:fs";
import {basename, dirname, join, relative, resolve, sep} from "node:path";
import {formatFault} from "../errors/faults.js";
import type {Series} from "../evidence/schema.js";
import {eventsFile, eventsName, withEventsFile} from "../formats/benchbook-result.js";
import {readResult} from "../formats/read-result.js";
import {checkResults} from "../results/check-results.js";
import {LIVE_FOLDER, type Result, resultsOf} from "../results/filed-result.js";
import {filesBeside, readResults, resultFiles} from "../results/read-results.js";
import {withoutRepeats} from "../results/without-repeats.js";

interface Copy {
  from: string;
  to: string;
  /** What to write instead of what `from` holds, where a result must name its events anew; null copies the file. */
  content: string | null;
}

/** One result file, where it goes, and the files that go with it. */
interface Filing {
  from: string;
  to: string;
  copies: Copy[];
  runs: Result[];
}

export interface ImportPlan {
  copies: Copy[];
  runs: number;
  /** Given files with nothing to file, and why. */
  passedOver: {path: string; why: string}[];
}

/**
 * What importing `paths` under a series amounts to.
 * @throws Error of one line for the first obstacle; nothing is changed
 */
export async function planImport(
  data: string,
  paths: readonly string[],
  card: Series,
  series: readonly Series[]
): Promise<ImportPlan> {
  const filings: Filing[] = [];
  for (const path of paths) filings.push(...(await filingsOf(data, path, card.id)));
  const targets = new Map<string, string>();
  for (const {from, copies} of filings) {
    for (const {to} of copies) {
      if (existsSync(to)) {
        throw new Error(
          `${from}: ${relative(process.cwd(), to)} is there already. Rename the file, or leave it out if it was imported before.`
        );
      }
      const other = targets.get(to);
      if (other !== undefined) throw new Error(`${from}: ${clash(from, other)}`);
      targets.set(to, from);
    }
  }
  const {results, faults} = await readResults(data, series);
  const [broken] = faults;
  if (broken !== undefined) throw new Error(formatFault(broken));
  const all = withoutRepeats([...results, ...filings.flatMap(({runs}) => runs)]);
  const given = new Map(filings.flatMap(({from, runs}) => runs.map(({file}) => [file, from] as const)));
  const [fault] = checkResults(all, series, data, given);
  if (fault !== undefined) throw new Error(formatFault(fault));
  const counted = new Set(all);
  const isCounted = (run: Result) => counted.has(run);
  const filed = filings.filter(({runs}) => runs.some(isCounted));
  const repeated = filings.filter((filing) => !filed.includes(filing));
  return {
    copies: filed.flatMap(({copies}) => copies),
    runs: filed.flatMap(({runs}) => runs.filter(isCounted)).length,
    passedOver: [
      ...paths.flatMap(filesOfNoResult),
      ...repeated.map(({from}) => ({path: from, why: "it repeats the runs beside it"}))
    ]
  };
}

/** Writes each file, events first, so that a result that exists is complete. */
export function carryOut({copies}: ImportPlan): void {
  for (const {from, to, content} of copies) {
    mkdirSync(dirname(to), {recursive: true});
    if (content === null) copyFileSync(from, to, constants.COPYFILE_EXCL);
    else writeFileSync(to, content, {flag: "wx"});
  }
}

/** Why two given files cannot both be filed under one name. */
function clash(from: string, other: string): string {
  return resolve(from) === resolve(other)
    ? "it is given twice. Leave one of them out."
    : `${other} has the same name. Rename one of them.`;
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
  const name = nameBelow(path);
  if (name.split(sep)[0] === LIVE_FOLDER) {
    throw new Error(
      `${path}: the next refresh would delete what stands in a folder “${LIVE_FOLDER}” of a series. Rename the folder.`
    );
  }
  const filings: Filing[] = [];
  for (const file of files) {
    const from = join(path, file);
    const below = join(series, name, file);
    const to = join(data, "results", below);
    const filed = {file: `results/${below}`, series, live: false};
    filings.push({from, to, copies: copiesOf(from, to), runs: resultsOf(filed, await readResult(from))});
  }
  return filings;
}

/** Where a file or folder goes below its series. A sweep calls every run `run=N.json`: its folder tells them apart. */
function nameBelow(path: string): string {
  const whole = resolve(path);
  const name = basename(whole);
  return /^(run=\d+|summary)\.json$/.test(name) ? join(basename(dirname(whole)), name) : name;
}

/** Two hosts may have measured in the same second under one name, so events bear the name of their result. */
function copiesOf(from: string, to: string): Copy[] {
  const text = readFileSync(from, "utf8");
  const events = eventsFile(text);
  if (events === null) return [{from, to, content: null}];
  const name = eventsName(basename(to).replace(/\.jsonl?$/, ""));
  return [
    {from: join(dirname(from), events), to: join(dirname(to), name), content: null},
    {from, to, content: name === events ? null : withEventsFile(text, name)}
  ];
}
