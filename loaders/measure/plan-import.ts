// Files results in the folder of their series, after checking them together with those already there.

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
  /** The new content, if a result must name its events file anew; null copies `from`. */
  content: string | null;
}

/** A result file, where it goes, and the files that go with it. */
interface Filing {
  from: string;
  to: string;
  copies: Copy[];
  runs: Result[];
}

export interface ImportPlan {
  copies: Copy[];
  runs: number;
  /** Given files that are not filed, and why. */
  passedOver: {path: string; why: string}[];
}

/**
 * Plans how to import `paths` under a series; changes nothing.
 * @throws one-line Error for the first obstacle
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
          `${from}: ${relative(process.cwd(), to)} already exists. Rename the file, or leave it out if it was imported before.`
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
      ...repeated.map(({from}) => ({path: from, why: "it repeats the runs next to it"}))
    ]
  };
}

/** Writes each file, events first, so that every result file is complete. */
export function carryOut({copies}: ImportPlan): void {
  for (const {from, to, content} of copies) {
    mkdirSync(dirname(to), {recursive: true});
    if (content === null) copyFileSync(from, to, constants.COPYFILE_EXCL);
    else writeFileSync(to, content, {flag: "wx"});
  }
}

/** Says that two given files cannot be filed under one name, and why. */
function clash(from: string, other: string): string {
  return resolve(from) === resolve(other)
    ? "it is given twice. Leave one of them out."
    : `${other} has the same name. Rename one of them.`;
}

function filesOfNoResult(path: string): ImportPlan["passedOver"] {
  const names = statSync(path).isDirectory() ? filesBeside(path) : [];
  return names.map((name) => ({path: join(path, name), why: "not a result: vLLM writes it next to them"}));
}

/** The filings of a file or a folder; a folder keeps its name and structure. */
async function filingsOf(data: string, path: string, series: string): Promise<Filing[]> {
  if (!existsSync(path)) throw new Error(`${path}: there is no such file. Correct the path.`);
  const isFolder = statSync(path).isDirectory();
  const files = isFolder ? resultFiles(path) : [""];
  if (files.length === 0) throw new Error(`${path}: it holds no result. Give the folder of a sweep.`);
  const name = nameBelow(path);
  if (name.split(sep)[0] === LIVE_FOLDER) {
    throw new Error(
      `${path}: the next refresh would delete everything in a folder “${LIVE_FOLDER}” of a series. Rename the folder.`
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

/** The place of a file or folder below its series. Sweeps call every run `run=N.json`, so the folder's name is kept. */
function nameBelow(path: string): string {
  const whole = resolve(path);
  const name = basename(whole);
  return /^(run=\d+|summary)\.json$/.test(name) ? join(basename(dirname(whole)), name) : name;
}

/** The copies of a result and its events. Two hosts may use one name in the same second, so events are renamed too. */
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
