/** The WHERE clause that selects the rows with these values, on lines of its own; empty without values. */
export function whereSql(values: Readonly<Record<string, string | number>>): string {
  const conditions = Object.entries(values).map(([name, value]) => `${name} = ${literal(value)}`);
  return conditions.length === 0 ? "" : `\nWHERE ${conditions.join("\n  AND ")}`;
}

function literal(value: string | number): string {
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
