import type {MadeCell} from "../cells/make-cells.js";
import type {Verdict} from "../evidence/schema.js";
import type {PrintedFact} from "./html.js";

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
