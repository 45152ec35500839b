import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join, relative} from "node:path";
import type {z} from "zod";
import {type Fault, stopOn} from "../errors/faults.js";
import {checkEvidence, type Filed} from "./check-evidence.js";
import * as schema from "./schema.js";

/**
 * Reads and checks every evidence file below `folder`.
 * @throws FaultsError with every fault of every file
 */
export function readEvidence(folder: string): schema.Evidence {
  const {evidence, faults} = inspectEvidence(folder);
  stopOn(faults);
  return evidence;
}

/** The evidence below `folder` that could be read, and every fault of every file. */
export function inspectEvidence(folder: string): {evidence: schema.Evidence; faults: Fault[]} {
  const faults: Fault[] = [];
  const one = <T>(file: string, type: z.ZodType<T>) => readJson(folder, file, type, faults);
  const list = <T>(file: string, type: z.ZodType<T>): Filed<T>[] => {
    const filed = one(file, type.array());
    return filed === undefined ? [] : filed.value.map((value) => ({file: filed.file, value}));
  };
  const each = <T>(directory: string, type: z.ZodType<T>): Filed<T>[] =>
    jsonFiles(folder, directory).flatMap((file) => one(file, type) ?? []);

  const evidence = {
    sources: list("sources.json", schema.source),
    metrics: list("metrics.json", schema.metric),
    series: each("series", schema.series),
    tables: [...each("published", schema.table), ...each("later", schema.table)],
    // Not every source states numbers in its prose.
    statements: existsSync(join(folder, "statements.json")) ? list("statements.json", schema.statement) : [],
    hardware: each("hardware", schema.hardware),
    models: each("models", schema.model),
    claims: jsonFiles(folder, "claims").flatMap((file) => list(file, schema.claim))
  };
  const unread = new Set(faults.map(({file}) => file));
  faults.push(...checkEvidence(evidence, (file) => unread.has(relative(process.cwd(), join(folder, file)))));
  const values = <T>(filed: Filed<T>[]) => filed.map(({value}) => value);
  return {
    faults,
    evidence: {
      sources: values(evidence.sources),
      metrics: values(evidence.metrics),
      series: values(evidence.series).map(markSimulated),
      tables: values(evidence.tables),
      statements: values(evidence.statements),
      hardware: values(evidence.hardware),
      models: values(evidence.models),
      claims: values(evidence.claims)
    }
  };
}

/** Marks the label of a simulated series, so that it says so wherever it is shown. */
function markSimulated(card: schema.Series): schema.Series {
  if (card.role !== "simulated" || /simulated/i.test(card.label)) return card;
  return {...card, label: `${card.label} (simulated)`};
}

function jsonFiles(folder: string, directory: string): string[] {
  try {
    return readdirSync(join(folder, directory))
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => `${directory}/${name}`);
  } catch {
    return [];
  }
}

function readJson<T>(
  folder: string,
  file: string,
  type: z.ZodType<T>,
  faults: Fault[]
): Filed<T> | undefined {
  const path = join(folder, file);
  file = relative(process.cwd(), path);
  let json: unknown;
  let source: string;
  try {
    source = readFileSync(path, "utf8");
  } catch {
    faults.push({file, place: "", message: "the file cannot be read. Restore it or fix its permissions."});
    return;
  }
  try {
    json = JSON.parse(source);
  } catch (error) {
    const {place, reason} = jsonErrorPlace(String(error), source);
    faults.push({file, place, message: `not JSON (${reason}). Fix the syntax.`});
    return;
  }
  const result = type.safeParse(json);
  if (result.success) return {file, value: result.data};
  for (const issue of result.error.issues) {
    faults.push({file, place: formatPath(issue.path), message: `${issueMessage(issue)}.`});
  }
}

function issueMessage(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `unknown field ${issue.keys.map((key) => `“${key}”`).join(", ")}. Remove it or correct its name`;
    case "invalid_type": {
      const received = /received (\w+)$/.exec(issue.message)?.[1] ?? "this";
      return received === "undefined"
        ? `missing field (expected ${issue.expected}). Add it; write null where the source does not state it`
        : `expected ${withArticle(issue.expected)}, not ${withArticle(received)}. Correct it`;
    }
    case "invalid_key":
      return `${issue.issues[0]?.message ?? issue.message}. Correct it`;
    case "custom":
      return issue.message;
    default:
      return `${issue.message}. Correct it`;
  }
}

/** `a string`, `an object`; but `null` and `Infinity` take no article. */
function withArticle(type: string): string {
  if (/^(null|this|NaN|-?Infinity)$/.test(type)) return type;
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

/** An array of keys as `rows[2].values[0]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? String(key) : `.${String(key)}`))
    .join("");
}

function jsonErrorPlace(message: string, source: string): {place: string; reason: string} {
  const reason = message.replace(/^SyntaxError: /, "").replace(/ in JSON at position \d+.*$/, "");
  const position = /at position (\d+)/.exec(message)?.[1];
  const before = source.slice(0, position === undefined ? source.length : Number(position));
  const line = before.split("\n").length;
  return {place: `line ${line}`, reason: reason.split("\n")[0]?.slice(0, 80) ?? reason};
}
