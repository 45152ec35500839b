const CR = 0x0d;
const LF = 0x0a;

/**
 * The start and end of each chunk's data in the first `length` bytes, if these are only whole chunks of HTTP/1.1 (RFC
 * 9112, section 7.1). Otherwise undefined: for part of a chunk, a chunk with an extension, the last chunk.
 */
export function dataOfChunks(bytes: Uint8Array, length: number): number[] | undefined {
  const spans: number[] = [];
  for (let at = 0; at < length; ) {
    let size = 0;
    let start = at;
    for (let digit = hex(bytes[start]); digit !== -1; digit = hex(bytes[++start])) {
      size = size * 16 + digit;
      if (size > length) return;
    }
    if (size === 0 || bytes[start] !== CR || bytes[start + 1] !== LF) return;
    start += 2;
    const end = start + size;
    at = end + 2;
    if (at > length || bytes[end] !== CR || bytes[end + 1] !== LF) return;
    spans.push(start, end);
  }
  return spans;
}

function hex(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
