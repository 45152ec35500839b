// Splits a text that arrives in parts into its lines or elements: a file may be longer than Node's longest string.

/** The lines of a text, without their ends. */
export async function* linesOf(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const part of parts) {
    const lines = (rest + part).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The texts of the elements of a JSON list; the caller checks that each is JSON.
 * @throws SyntaxError if the text is not a list
 */
export async function* elementsOf(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let isFirst = true;
  let isClosed = false;
  let begun = "";
  for await (const part of parts) {
    let from = 0;
    for (let i = 0; i < part.length; i++) {
      const code = part.charCodeAt(i);
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (code === BACKSLASH) isEscaped = true;
        else if (code === QUOTE) isInString = false;
      } else if (depth === 0) {
        if (code === OPEN_LIST && !isClosed) {
          depth = 1;
          from = i + 1;
        } else if (part.charAt(i).trim() !== "") throw new SyntaxError("not a list");
      } else if (code === QUOTE) isInString = true;
      else if (code === OPEN_LIST || code === OPEN_OBJECT) depth++;
      else {
        if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
        isClosed = depth === 0;
        if (isClosed && code !== CLOSE_LIST) throw new SyntaxError("not a list");
        if (isClosed || (code === COMMA && depth === 1)) {
          const element = begun + part.slice(from, i);
          if (!isClosed || !isFirst || element.trim() !== "") yield element;
          [isFirst, begun, from] = [false, "", i + 1];
        }
      }
    }
    if (depth > 0) begun += part.slice(from);
  }
  if (!isClosed) throw new SyntaxError("an unterminated list");
}
