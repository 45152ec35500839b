import {messageOf} from "../errors/message-of.js";

// JSON as Python's json.dump writes it: bare Infinity and NaN, and JSON Lines under any name.

const STRING_OR_NON_FINITE = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN/g;

/**
 * Parses JSON that may hold bare `Infinity` (becomes "inf"), `-Infinity` ("-inf") and `NaN` (null), and begin with a
 * byte order mark.
 */
export function parsePythonJson(text: string): unknown {
  const json = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(json);
  } catch (error) {
    const finite = json.replace(STRING_OR_NON_FINITE, (token) =>
      token === "Infinity" ? '"inf"' : token === "-Infinity" ? '"-inf"' : token === "NaN" ? "null" : token
    );
    if (finite === json) throw error;
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
    const [first = ""] = lines;
    // A first line that is not a document by itself begins one document of several lines.
    if (lines.length < 2 || !isJson(first)) throw error;
    return text.split("\n").flatMap((line, i) => (line.trim() === "" ? [] : [parseLine(line, i + 1)]));
  }
  return Array.isArray(whole) ? whole : [whole];
}

function isJson(text: string): boolean {
  try {
    parsePythonJson(text);
    return true;
  } catch {
    return false;
  }
}

function parseLine(line: string, number: number): unknown {
  try {
    return parsePythonJson(line);
  } catch (error) {
    throw new SyntaxError(`line ${number}: ${messageOf(error)}`);
  }
}

/** The value of a JSON text, or `otherwise` where the text is not JSON. */
export function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
