import {messageOf} from "../errors/message-of.js";

// JSON as Python's json.dump writes it, with bare Infinity and NaN; and JSON Lines under any file name.

const STRING_OR_NON_FINITE = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN/g;

/**
 * Parses JSON that may contain bare `Infinity` (becomes "inf"), `-Infinity` ("-inf") and `NaN` (null), and may begin
 * with a byte order mark.
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

/** The documents of a file: one JSON document, an array of them, or one on each line. Throws a SyntaxError. */
export function parseDocuments(text: string): unknown[] {
  let whole: unknown;
  try {
    whole = parsePythonJson(text);
  } catch (error) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    const [first = ""] = lines;
    // If the first line is not a document by itself, the file is one document of several lines.
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

/** The value of a JSON text, or `otherwise` if the text is not JSON. */
export function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
