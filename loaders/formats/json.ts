// JSON as Python's json.dump writes it: bare Infinity and NaN, and JSON Lines under any name.

const STRING_OR_NON_FINITE = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN/g;

/** Parses JSON that may hold bare `Infinity` (becomes "inf"), `-Infinity` ("-inf") and `NaN` (null). */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const finite = text.replace(STRING_OR_NON_FINITE, (token) =>
      token === "Infinity" ? '"inf"' : token === "-Infinity" ? '"-inf"' : token === "NaN" ? "null" : token
    );
    if (finite === text) throw error;
    return JSON.parse(finite);
  }
}

/** The documents of a file: one JSON document, an array of them, or one a line. Throws a SyntaxError. */
export function parseDocuments(text: string): unknown[] {
  let whole: unknown;
  try {
    whole = parsePythonJson(text);
  } catch (error) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    if (lines.length < 2) throw error;
    return lines.map(parsePythonJson);
  }
  return Array.isArray(whole) ? whole : [whole];
}
