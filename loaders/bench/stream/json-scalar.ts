// Finds where a JSON string, number or word ends in undecoded bytes; -1 if it is not valid.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const LETTER_E = 0x65;
const LETTER_U = 0x75;

/** What may follow a backslash, besides the hexadecimal `u`. */
const ESCAPES = new Set(Buffer.from('"\\\\/bfnrt'));

/** Includes NaN and Infinity, which are not JSON but which Python writes and reads. */
const WORDS = ["null", "true", "false", "NaN", "Infinity"].map((word) => Buffer.from(word));

/** The index after the closing quote of the string whose inside begins at `start`. */
export function endOfString(b: Uint8Array, start: number, end: number): number {
  for (let p = start; p < end; p++) {
    const c = b[p] ?? 0;
    if (c === QUOTE) return p + 1;
    if (c < SPACE) return -1;
    if (c === BACKSLASH) {
      p = endOfEscape(b, p, end) - 1;
      if (p < 0) return -1;
    }
  }
  return -1;
}

function endOfEscape(b: Uint8Array, backslash: number, end: number): number {
  const c = b[backslash + 1] ?? 0;
  if (c !== LETTER_U) return ESCAPES.has(c) ? backslash + 2 : -1;
  const after = backslash + 6;
  if (after > end) return -1;
  for (let p = backslash + 2; p < after; p++) if (!isHex(b[p] ?? 0)) return -1;
  return after;
}

function isHex(c: number): boolean {
  return (c >= DIGIT_0 && c <= DIGIT_9) || ((c | SPACE) >= 0x61 && (c | SPACE) <= 0x66);
}

export function endOfNumber(b: Uint8Array, start: number, end: number): number {
  const first = b[start] === MINUS ? start + 1 : start;
  if (b[start] === MINUS && b[first] === 0x49) return endOfWord(b, first, end);
  let p = endOfDigits(b, first, end);
  if (p === first || (b[first] === DIGIT_0 && p > first + 1)) return -1;
  if (b[p] === POINT) {
    const fraction = p + 1;
    p = endOfDigits(b, fraction, end);
    if (p === fraction) return -1;
  }
  if (((b[p] ?? 0) | SPACE) === LETTER_E) {
    const sign = b[p + 1];
    const exponent = sign === PLUS || sign === MINUS ? p + 2 : p + 1;
    p = endOfDigits(b, exponent, end);
    if (p === exponent) return -1;
  }
  return p;
}

function endOfDigits(b: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && (b[p] ?? 0) >= DIGIT_0 && (b[p] ?? 0) <= DIGIT_9) p++;
  return p;
}

export function endOfWord(b: Uint8Array, start: number, end: number): number {
  const word = WORDS.find((each) => each[0] === b[start]);
  if (!word || start + word.length > end) return -1;
  for (let i = 1; i < word.length; i++) if (b[start + i] !== word[i]) return -1;
  return start + word.length;
}
