import {mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {z} from "zod";
import {verdict} from "../evidence/schema.js";
import {paths} from "../paths.js";

const base = z.strictObject({
  /** Facts by id. */
  facts: z.record(
    z.string(),
    z.strictObject({id: z.string(), value: z.number(), text: z.string(), intervalText: z.string()})
  ),
  texts: z.record(z.string(), z.string()),
  links: z.record(z.string(), z.strictObject({title: z.string(), url: z.string().nullable()})),
  claims: z.record(
    z.string(),
    z.strictObject({
      id: z.string(),
      page: z.string(),
      verdict,
      quote: z.string(),
      reading: z.string().nullable(),
      own: z.boolean()
    })
  ),
  /** The paths of pages that the evidence brings. */
  paths: z.array(z.string())
});

/** What the pages print besides cells. */
export type Base = z.infer<typeof base>;

const cell = z.strictObject({
  html: z.string(),
  caption: z.string().optional(),
  twin: z.string().optional(),
  table: z.string().optional()
});

const stored = z.strictObject({inputs: z.string(), base, cells: z.record(z.string(), cell)});
export type Stored = z.infer<typeof stored>;

/** The report of the last build, if it was computed from the same inputs. */
export function readStored(inputs: string): Stored | undefined {
  try {
    const parsed = stored.safeParse(JSON.parse(readFileSync(paths.report, "utf8")));
    return parsed.success && parsed.data.inputs === inputs ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a report for the next build. */
export function writeStored(report: Stored): void {
  mkdirSync(dirname(paths.report), {recursive: true});
  const temporary = `${paths.report}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(report));
  renameSync(temporary, paths.report);
}
