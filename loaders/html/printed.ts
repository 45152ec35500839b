import type {Verdict} from "../evidence/schema.js";
import type {PrintedFact} from "./fact-html.js";

/** What a cell has become: HTML, or for prose Markdown. Empty where its rows are none: nothing is shown then. */
export interface MadeCell {
  html: string;
  /** As Markdown, what its rows say filled in. */
  caption?: string | undefined;
  /** Of a figure: the same as a table. */
  twin?: string | undefined;
  /** Of a figure whose twin stands in the page as a table of its own: the name of that. */
  table?: string | undefined;
}

/** Everything that the pages print, as the Markdown plugin reads it. */
export interface Printed {
  /** Facts by id. */
  facts: Readonly<Record<string, PrintedFact>>;
  /** Names, settings and titles by reference: `label.ID`, `card.ID.FIELD`, `metric.ID`. */
  texts: Readonly<Record<string, string>>;
  /** Links by reference: `source.ID`. */
  links: Readonly<Record<string, {title: string; url: string | null}>>;
  /** Claims by id. */
  claims: Readonly<Record<string, PrintedClaim>>;
  /** Cells by their keys. */
  cells: Readonly<Record<string, MadeCell>>;
  /** What a preview shows in the place of a cell that is not made yet; a build has none such. */
  unmade?: MadeCell;
}

export interface PrintedClaim {
  id: string;
  /** The page that treats it. */
  page: string;
  verdict: Verdict;
  quote: string;
  reading: string | null;
  /** Whether it is the report’s own sentence. */
  own: boolean;
}

/** What a reference in a text is looked up in. */
export type Named = Pick<Printed, "facts" | "texts" | "links">;
