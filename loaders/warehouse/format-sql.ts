import {readFileSync} from "node:fs";
import {duckdb, formatDialect} from "sql-formatter";

const macros = readFileSync(new URL("macros.sql", import.meta.url), "utf8");
const {tokenizerOptions} = duckdb;

/** The formatter's DuckDB dialect, with our macros as functions, so that no space precedes their brackets. */
const dialect = {
  ...duckdb,
  tokenizerOptions: {
    ...tokenizerOptions,
    // Our queries never use the statements CHECKPOINT and LOAD, but have a table and columns of these names.
    reservedClauses: tokenizerOptions.reservedClauses.filter(
      (clause) => clause !== "CHECKPOINT" && clause !== "LOAD"
    ),
    reservedFunctionNames: [
      ...tokenizerOptions.reservedFunctionNames.filter((name) => name !== "FILTER"),
      ...Array.from(macros.matchAll(/CREATE MACRO (\w+)/g), ([, name = ""]) => name.toUpperCase()),
      "UNNEST",
      "LEAD",
      "LAG"
    ],
    reservedKeywords: [...tokenizerOptions.reservedKeywords, "FILTER"]
  }
};

/** Formats SQL in the style of this repository; comment lines at the top of a file stay as they are. */
export function formatSql(source: string): string {
  const [head = ""] = /^(?:--.*\n)*/.exec(source) ?? [];
  const body = formatDialect(source.slice(head.length), {
    dialect,
    keywordCase: "upper",
    tabWidth: 2,
    expressionWidth: 100
  });
  return `${head}${shortClauses(body).trim()}\n`;
}

/** Puts `FROM lead` on one line, where the formatter uses two. */
function shortClauses(sql: string): string {
  return sql.replace(
    /^( *)(SELECT|FROM|WHERE|GROUP BY|ORDER BY|PARTITION BY)\n\1 {2}(\S.*)(?=\n(?!\1 )|\n?$(?![\s\S]))/gm,
    "$1$2 $3"
  );
}
