import {readFileSync} from "node:fs";
import {duckdb, formatDialect} from "sql-formatter";

const macros = readFileSync(new URL("macros.sql", import.meta.url), "utf8");
const {tokenizerOptions} = duckdb;

/** The formatter's own DuckDB, and our macros as functions, so that no space comes before their brackets. */
const dialect = {
  ...duckdb,
  tokenizerOptions: {
    ...tokenizerOptions,
    // The statements CHECKPOINT and LOAD stand in no query of ours; a table and columns of these names do.
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

/** SQL as all files of it are written here; comment lines at the head of a file stay as they are. */
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

/** `FROM lead` on one line where the formatter takes two. */
function shortClauses(sql: string): string {
  return sql.replace(
    /^( *)(SELECT|FROM|WHERE|GROUP BY|ORDER BY|PARTITION BY)\n\1 {2}(\S.*)(?=\n(?!\1 )|\n?$(?![\s\S]))/gm,
    "$1$2 $3"
  );
}
