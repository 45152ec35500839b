import {cellsOf} from "../cells/cell.js";
import {parseQuery, type Query} from "../warehouse/query.js";

/** The queries that pages declare in `sql` cells. */
export function readPageQueries(markdown: ReadonlyMap<string, string>): Query[] {
  return [...markdown].flatMap(([page, source]) =>
    cellsOf({page, source, file: `${page}.md`})
      .filter(({kind, name}) => kind === "sql" && name !== "")
      .map(({name, body, line}) => parseQuery(name, `src/${page}.md`, line + 1, body))
  );
}
