/** The tables that a query names. */
export interface TableNames {
  /** The tables it reads, each once, in order of appearance, without its own common table expressions. */
  read: string[];
  /** Its common table expressions, at any depth. */
  own: Set<string>;
}

/** The inside of a pair of brackets of any kind, or the whole query. */
interface Scope {
  /** Whether none of its tokens has been read yet. */
  begins: boolean;
  /** Whether a SELECT was read: FROM begins a clause only then, or as the first token. */
  selects: boolean;
  clause: "with" | "from" | "other";
  /** Whether a table comes next, as after FROM, JOIN or a comma between them. */
  expectsTable: boolean;
}

const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|E'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|\S/giu;

/** Keywords that end a FROM clause. */
const clauseEnds = new Set(
  "SELECT WHERE GROUP HAVING ORDER LIMIT OFFSET WINDOW QUALIFY UNION INTERSECT EXCEPT".split(" ")
);

/** The tables that the text of a query names, as DuckDB would find them. */
export function tableNames(sql: string): TableNames {
  const tokens = (sql.match(TOKEN) ?? []).filter((token) => !/^(--|\/\*|E?'|\$)/i.test(token));
  const named: string[] = [];
  const own = new Set<string>();
  const scopes: Scope[] = [emptyScope()];
  for (const [i, token] of tokens.entries()) {
    const scope = scopes.at(-1) ?? emptyScope();
    const word = token.toUpperCase();
    const begins = scope.begins;
    scope.begins = false;
    if (/^[([{]$/.test(token)) {
      scope.expectsTable = false;
      scopes.push(emptyScope());
    } else if (/^[)\]}]$/.test(token)) {
      if (scopes.length > 1) scopes.pop();
    } else if (word === "WITH" && tokens[i + 1]?.toUpperCase() !== "ORDINALITY") {
      scope.clause = "with";
    } else if (word === "FROM") {
      if (
        tokens[i - 1]?.toUpperCase() === "DISTINCT" ||
        !(begins || scope.selects || scope.clause === "with")
      )
        continue;
      Object.assign(scope, {clause: "from", expectsTable: true, selects: true});
    } else if (word === "JOIN" || ((word === "PIVOT" || word === "UNPIVOT") && tokens[i + 1] !== "(")) {
      Object.assign(scope, {clause: "from", expectsTable: true});
    } else if (token === "," && scope.clause === "from") {
      scope.expectsTable = true;
    } else if (clauseEnds.has(word)) {
      if (word === "SELECT") scope.selects = true;
      Object.assign(scope, {clause: "other", expectsTable: false});
    } else if (scope.clause === "with" && isDefinition(tokens, i)) {
      own.add(nameOf(token));
    } else if (scope.expectsTable && isName(token) && word !== "LATERAL") {
      // In main.printed, the last part is the table; a name before a bracket is a function.
      if (tokens[i + 1] === ".") continue;
      scope.expectsTable = false;
      if (tokens[i + 1] !== "(") named.push(nameOf(token));
    }
  }
  return {read: [...new Set(named)].filter((name) => !own.has(name)), own};
}

function emptyScope(): Scope {
  return {begins: true, selects: false, clause: "other", expectsTable: false};
}

/** Whether a common table expression is defined at this token: `name AS (`, `name (column) AS MATERIALIZED (`. */
function isDefinition(tokens: readonly string[], at: number): boolean {
  if (!isName(tokens[at] ?? "")) return false;
  if (!["WITH", "RECURSIVE", ","].includes(tokens[at - 1]?.toUpperCase() ?? "")) return false;
  let next = at + 1;
  if (tokens[next] === "(") next = tokens.indexOf(")", next) + 1;
  return tokens[next]?.toUpperCase() === "AS";
}

function isName(token: string): boolean {
  return /^["\p{L}_]/u.test(token);
}

/** Lower case, since DuckDB ignores the case of names, quoted or not. */
function nameOf(token: string): string {
  return (token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') : token).toLowerCase();
}
