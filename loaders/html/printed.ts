import type {Verdict} from "../evidence/schema.js";
import type {PrintedFact} from "./fact-html.js";

/** A made cell: HTML, or Markdown for prose. Empty if it has no rows: then nothing is shown. */
export interface MadeCell {
  html: string;
  /** Markdown, filled in from the rows. */
  caption?: string | undefined;
  /** For a figure: the same as a table. */
  twin?: string | undefined;
  /** For a figure whose twin is a table of the page: that table's name. */
  table?: string | undefined;
}

/** Everything that pages print, as the Markdown plugin reads it. */
export interface Printed {
  /** Facts by id. */
  facts: Readonly<Record<string, PrintedFact>>;
  /** Names, settings and titles by reference: `label.ID`, `card.ID.FIELD`, `metric.ID`. */
  texts: Readonly<Record<string, string>>;
  /** Links by reference: `source.ID`. */
  links: Readonly<Record<string, {title: string; url: string | null}>>;
  /** Claims by id. */
  claims: Readonly<Record<string, PrintedClaim>>;
  /** Cells by key. */
  cells: Readonly<Record<string, MadeCell>>;
  /** Gives what a preview shows in place of a cell that is not made yet; a build has no such cells. */
  unmade?: () => MadeCell;
}

export interface PrintedClaim {
  id: string;
  /** The page that discusses it. */
  page: string;
  verdict: Verdict;
  quote: string;
  reading: string | null;
  /** Whether it is the report’s own sentence. */
  own: boolean;
}

/** Where references in a text are looked up. */
export type Named = Pick<Printed, "facts" | "texts" | "links">;
