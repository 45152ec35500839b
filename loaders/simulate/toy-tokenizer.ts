// A toy byte-fallback tokenizer. encode(decode(ids)) usually returns the same ids. As with real vocabularies, there are
// two exceptions: a word-start syllable followed by a bare one merges into the two-syllable word (fewer ids), and a
// lone byte that is not UTF-8 becomes U+FFFD, which has three bytes (more ids).

const CONSONANTS = [..."bdfghjklmnprstvz"];
const VOWELS = [..."aeiou"];
const SYLLABLES = CONSONANTS.flatMap((consonant) => VOWELS.map((vowel) => consonant + vowel));

const SPECIALS = ["[gMASK]", "<sop>", "<|user|>", "<|assistant|>", "<|endoftext|>", "</think>"];
const FIRST_BYTE = SPECIALS.length;
const FIRST_PIECE = FIRST_BYTE + 256;

/** Every 80 two-syllable words are followed by one word-start syllable and one bare syllable. */
const PIECES = SYLLABLES.flatMap((first, i) => [
  ...SYLLABLES.map((second) => ` ${first}${second}`),
  ` ${first}`,
  SYLLABLES[(i * 7) % SYLLABLES.length] ?? first
]);

const TEXTS = ["é", "漢", "😀", ", ", ".\n"];

const pieceTexts: readonly string[] = [...PIECES, ...TEXTS];
const idOfPiece = new Map(pieceTexts.map((text, index) => [text, FIRST_PIECE + index]));
const idOfSpecial = new Map(SPECIALS.map((text, index) => [text, index]));
const LONGEST_PIECE = Math.max(...pieceTexts.map((text) => text.length));
const specialPattern = new RegExp(`(${SPECIALS.map((text) => text.replace(/[[\]|]/g, "\\$&")).join("|")})`);

export const VOCAB_SIZE = FIRST_PIECE + pieceTexts.length;
export const SPECIAL_IDS: readonly number[] = SPECIALS.map((_, index) => index);

/** The tokens before a prompt if special tokens are requested. */
const PREFIX = ["[gMASK]", "<sop>"].map((text) => SPECIALS.indexOf(text));

interface ChatMessage {
  role: string;
  content: string;
}

/** The bytes of one token, which may not form whole characters. */
function bytesOf(id: number): Uint8Array {
  if (id < FIRST_BYTE) return Buffer.from(SPECIALS[id] ?? "");
  if (id < FIRST_PIECE) return Uint8Array.of(id - FIRST_BYTE);
  return Buffer.from(pieceTexts[id - FIRST_PIECE] ?? "");
}

export function decode(ids: readonly number[]): string {
  return Buffer.concat(ids.map(bytesOf)).toString("utf8");
}

export function tokenString(id: number): string {
  return decode([id]);
}

export function encode(text: string, addSpecialTokens: boolean): number[] {
  const ids = addSpecialTokens ? [...PREFIX] : [];
  for (const part of text.split(specialPattern)) {
    const special = idOfSpecial.get(part);
    if (special !== undefined) ids.push(special);
    else encodePlain(part, ids);
  }
  return ids;
}

function encodePlain(text: string, ids: number[]): void {
  let at = 0;
  while (at < text.length) {
    const piece = longestPieceAt(text, at);
    if (piece === null) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      for (const byte of Buffer.from(character)) ids.push(FIRST_BYTE + byte);
      at += character.length;
    } else {
      ids.push(piece.id);
      at += piece.length;
    }
  }
}

function longestPieceAt(text: string, at: number): {id: number; length: number} | null {
  for (let length = Math.min(LONGEST_PIECE, text.length - at); length > 0; length--) {
    const id = idOfPiece.get(text.slice(at, at + length));
    if (id !== undefined) return {id, length};
  }
  return null;
}

export function renderChat(messages: readonly ChatMessage[], addGenerationPrompt: boolean): string {
  const turns = messages.map(({role, content}) =>
    role === "assistant" ? `<|assistant|>\n${content}` : `<|user|>\n${content}`
  );
  return `[gMASK]<sop>${turns.join("")}${addGenerationPrompt ? "<|assistant|>\n" : ""}`;
}

/** The ids from which generated tokens are drawn: whole words, so that any sequence is plain text. */
const WORD_IDS = pieceTexts.flatMap((text, index) => (text.length === 5 ? [FIRST_PIECE + index] : []));

/** The `index`-th token of the answer to the `salt`-th request. */
export function generatedToken(salt: number, index: number): number {
  return WORD_IDS[(salt * 7919 + index) % WORD_IDS.length] ?? FIRST_PIECE;
}
