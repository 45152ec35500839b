// The interface between pages and figures: a figure reads rows and options from outside, and draws them.
import type {z} from "zod";

/** What every drawing is given: a document, a size, and which series have a colour of their own. */
export interface FigureOptions {
  /** The document to draw with; linkedom's at build. */
  document: Document;
  /** Width in CSS pixels. */
  width: number;
  /** Height in CSS pixels; a figure takes more if its labels need it. */
  height?: number;
  /** Series for which the page defines the custom property `--series-ID`. */
  colored: ReadonlySet<string>;
}

/** The input of a figure, and how to draw it. */
interface Definition<Row, Options> {
  /** Rows as a query or a family of facts yields them; extra columns do no harm. */
  rows: z.ZodType<Row[]>;
  /** The options of the cell. */
  options: z.ZodType<Options>;
  draw(rows: readonly Row[], options: Options & FigureOptions): Element;
}

/** A figure whose rows and options are unknown yet. */
export interface Drawable {
  /**
   * Reads rows and options once; the returned function draws them at any width.
   * @throws Error that names the row and column, or the option, and says what to do
   */
  of(rows: unknown, options: unknown): (figure: FigureOptions) => Element;
}

/** A figure that a page can `draw:`. */
export interface Chart<Row, Options> extends Definition<Row, Options>, Drawable {}

/** Makes a figure from its definition. Each chart file has one as its default export. */
export function chart<Row, Options>(definition: Definition<Row, Options>): Chart<Row, Options> {
  return {
    ...definition,
    of(rows, options) {
      const drawn = read(definition.rows, rows, rowsMessage);
      if (drawn.length === 0)
        throw new Error("there is no row to draw; correct the query, or leave the figure out");
      const given = read(definition.options, options, optionsMessage);
      return (figure) => definition.draw(drawn, {...given, ...figure});
    }
  };
}

/** Whether the default export of a module is a figure. */
export function isDrawable(value: unknown): value is Drawable {
  return typeof value === "object" && value !== null && "of" in value && typeof value.of === "function";
}

/** How many faults an error lists. */
const TOLD = 3;

type Issue = z.core.$ZodIssue;

function read<T>(schema: z.ZodType<T>, input: unknown, message: (issue: Issue, input: unknown) => string): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const {issues} = result.error;
  const more = issues.length > TOLD ? `; and ${issues.length - TOLD} more like these` : "";
  throw new Error(
    issues
      .slice(0, TOLD)
      .map((issue) => message(issue, input))
      .join("; ") + more
  );
}

function rowsMessage(issue: Issue, input: unknown): string {
  const [row, column] = issue.path;
  if (typeof row !== "number") return `the rows are not a list of rows: ${issue.message}`;
  const place = `row ${row + 1}${column === undefined ? "" : `, column “${String(column)}”`}`;
  return `${place}, ${wrong(issue, input)}; correct the query that yields it`;
}

function optionsMessage(issue: Issue, input: unknown): string {
  if (issue.code === "unrecognized_keys")
    return `this figure has no option “${issue.keys.join("”, “")}”; leave it out`;
  return `option “${issue.path.join(".")}” ${wrong(issue, input)}; correct it in the cell`;
}

/** Says what is wrong with a value. */
function wrong(issue: Issue, input: unknown): string {
  const found = issue.path.reduce<unknown>(member, input);
  if (issue.code === "custom") return issue.message;
  if (found === undefined) return "is missing";
  const written = typeof found === "object" ? (found === null ? "NULL" : "an object") : `“${String(found)}”`;
  return issue.code === "invalid_type"
    ? `is ${written} and not a ${issue.expected}`
    : `is ${written}: ${issue.message}`;
}

function member(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
