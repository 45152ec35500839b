import {isMap, isScalar, LineCounter, type Node, parseDocument, type YAMLMap} from "yaml";
import {z} from "zod";
import type {Fault} from "../errors/faults.js";
import {type Cell, partsOf} from "./cell.js";

/** A cell cannot be made: says what is wrong and how to mend it, at a line of the page. */
export class CellError extends Error {
  constructor(
    message: string,
    readonly line: number
  ) {
    super(message);
    this.name = "CellError";
  }
}

/** A cell's error as a fault in the list of a build. */
export function cellFault({file, kind, name, line}: Cell, error: unknown): Fault {
  const at = error instanceof CellError ? error.line : line;
  const message = error instanceof Error ? error.message : String(error);
  return {file: `src/${file}`, place: `line ${at}, ${kind} “${name}”`, message};
}

/** One column of a table: its heading and its content. Two columns may share a heading. */
export interface ColumnSpec {
  heading: string;
  cell: string;
  line: number;
}

/**
 * Reads the YAML of a cell. A map called `columns` becomes a list, because headings may repeat.
 * @throws CellError with the line of the page
 */
export function readDeclaration<T>(cell: Cell, type: z.ZodType<T>): T {
  const {declaration} = partsOf(cell.body);
  const counter = new LineCounter();
  const lineAt = (offset: number) => cell.line + counter.linePos(offset).line;
  const document = parseDocument(declaration, {uniqueKeys: false, lineCounter: counter});
  const [error] = document.errors;
  if (error !== undefined)
    throw new CellError(`${firstLine(error.message)}. Correct the YAML.`, lineAt(error.pos[0]));
  if (document.contents !== null && !isMap(document.contents))
    throw new CellError("a cell must hold a list of “name: value” lines. Correct it.", cell.line);
  const lines = new Map<string, number>();
  const value = document.contents === null ? {} : objectOf(document.contents, lineAt, lines);
  const parsed = type.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join(".") ?? "";
  const line = lines.get(String(issue?.path[0] ?? "")) ?? cell.line;
  throw new CellError(`${path === "" ? "" : `${path}: `}${issueText(issue)}. Correct the cell.`, line);
}

function objectOf(
  map: YAMLMap,
  lineAt: (offset: number) => number,
  lines: Map<string, number>
): Record<string, unknown> {
  return Object.fromEntries(
    map.items.map(({key, value}) => {
      const name = textOf(key);
      lines.set(name, lineAt(offsetOf(key)));
      return [name, name === "columns" && isMap(value) ? columnsOf(value, lineAt) : plain(value, lineAt)];
    })
  );
}

function columnsOf(map: YAMLMap, lineAt: (offset: number) => number): ColumnSpec[] {
  return map.items.map(({key, value}) => ({
    heading: textOf(key),
    cell: textOf(value),
    line: lineAt(offsetOf(key))
  }));
}

function plain(node: unknown, lineAt: (offset: number) => number): unknown {
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(({key, value}) => [
        textOf(key),
        textOf(key) === "columns" && isMap(value) ? columnsOf(value, lineAt) : plain(value, lineAt)
      ])
    );
  }
  if (isScalar(node)) return node.value;
  return (node as Node | null)?.toJSON() ?? null;
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value ?? "") : String(node ?? "");
}

function offsetOf(node: unknown): number {
  return isScalar(node) ? (node.range?.[0] ?? 0) : 0;
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? text).replace(/[.:]$/, "");
}

function issueText(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return "it is not what this cell takes";
  if (issue.code === "unrecognized_keys") return `unknown ${issue.keys.map((key) => `“${key}”`).join(", ")}`;
  return issue.message;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Selects rows of a query or family by value; a list of values also sets their order. */
export const where = z.record(z.string(), z.union([scalar, z.array(scalar)]));
export type Where = z.infer<typeof where>;

const columns = z.array(z.object({heading: z.string(), cell: z.string(), line: z.number()})).min(1);

const text = z.string().min(1);

/** The fields of a table, whether it is a cell of its own or the twin of a figure. */
const tableFields = {
  /** Screen readers say it before the table. */
  label: text,
  /** “concurrency of lead”: one row for each distinct value of these columns. */
  each: text.optional(),
  /** A query or a family of facts: one row for each row of it. */
  rows: text.optional(),
  where: where.optional(),
  columns,
  /** Leaves out empty columns. */
  sparse: z.boolean().optional(),
  /** In this many leading columns, a cell that repeats the one above is merged with it. */
  merge: z.int().positive().optional()
};

/** The body of a `table` cell. */
export const tableSpec = z.union([
  z.strictObject({list: z.enum(["facts", "claims"])}),
  z.strictObject(tableFields)
]);
export type TableSpec = z.infer<z.ZodObject<typeof tableFields>>;

const figureFields = {
  /** A chart of the engine, or a file in src/figures. */
  draw: text,
  rows: text,
  where: where.optional(),
  /** In CSS pixels; by default the chart's own. */
  height: z.int().positive().optional(),
  /** What the chart needs besides rows. */
  options: z.record(z.string(), z.unknown()).default({}),
  /** The alternative text. */
  alt: text,
  /** The figure as a table: the name of a table on the page, or a table of its own. */
  table: z.union([text, z.strictObject(tableFields)])
};

/** The body of a `figure` cell. */
export const figureSpec = z.strictObject(figureFields);
export type FigureSpec = z.infer<typeof figureSpec>;

/** A figure of another page, drawn again at another height. */
export const figureLikeSpec = z.strictObject({
  like: z.string().regex(/^[\w/-]+#[\w-]+$/, "write PAGE#FIGURE"),
  height: z.int().positive().optional()
});

/** The body of an `explorable` cell. */
export const explorableSpec = z.strictObject({data: z.record(z.string(), z.unknown())});

/** The body of a `prose` cell. */
export const proseSpec = z.strictObject({where: where.optional()});

/**
 * Checks what a cell declares.
 * @throws CellError
 */
export function checkDeclaration(cell: Cell): void {
  if (cell.kind === "table") readDeclaration(cell, tableSpec);
  if (cell.kind === "figure") readFigure(cell);
  if (cell.kind === "explorable") readDeclaration(cell, explorableSpec);
  if (cell.kind === "prose") readDeclaration(cell, proseSpec);
}

export function isLike({body}: Cell): boolean {
  return /^like:/m.test(body);
}

function readFigure(cell: Cell) {
  return isLike(cell) ? readDeclaration(cell, figureLikeSpec) : readDeclaration(cell, figureSpec);
}

/** The words of a cell that readers meet: labels, headings, alternative texts. */
export function wordsOf(cell: Cell): string[] {
  const ofTable = ({label, columns}: TableSpec) => [label, ...columns.map(({heading}) => heading)];
  if (cell.kind === "table") {
    const spec = readDeclaration(cell, tableSpec);
    return "list" in spec ? [] : ofTable(spec);
  }
  if (cell.kind !== "figure") return [];
  const spec = readFigure(cell);
  if ("like" in spec) return [];
  return [spec.alt, ...(typeof spec.table === "string" ? [] : ofTable(spec.table))];
}
