// DuckDB-Wasm exports every one of its 75,000 symbols by name, so that extensions can link against
// them. This site loads no extension. Without those names the file is a fifth smaller and starts
// sooner, because the engine does not have to make 75,000 JavaScript objects.

const CUSTOM_HEADER_LENGTH = 8;
const IMPORT_SECTION = 2;
const EXPORT_SECTION = 7;
const LINKED_AT_RUN_TIME = ["memory", "__indirect_function_table"];

/**
 * Drops the exports of a WebAssembly module, except those that its JavaScript names or that it imports itself
 * (the `GOT` entries of a dynamically linked module).
 * @param module the bytes of the module
 * @param script the JavaScript that instantiates it
 * @throws RangeError if the bytes are not a module
 */
export function slimWasm(module: Uint8Array, script: string): Uint8Array {
  const sections = readSections(module);
  const imports = sections.find(({id}) => id === IMPORT_SECTION);
  const exports = sections.find(({id}) => id === EXPORT_SECTION);
  if (!imports || !exports) throw new RangeError("The module has no imports or no exports.");
  const needed = new Set([
    ...(script.match(/[A-Za-z_$][\w$]*/g) ?? []),
    ...readImportNames(module, imports.start),
    ...LINKED_AT_RUN_TIME
  ]);
  const kept = readExports(module, exports.start).filter(
    ({name}) => needed.has(name) || needed.has(`_${name}`)
  );
  const body = concat([encode(kept.length), ...kept.map(({start, end}) => module.subarray(start, end))]);
  return concat([
    module.subarray(0, exports.header),
    Uint8Array.of(EXPORT_SECTION),
    encode(body.length),
    body,
    module.subarray(exports.end)
  ]);
}

/** Reads integers and names of the binary format, starting at a position. */
class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    public position: number
  ) {}

  byte(): number {
    const byte = this.bytes[this.position++];
    if (byte === undefined) throw new RangeError("The module ends too early.");
    return byte;
  }

  /** An unsigned LEB128 integer. */
  integer(): number {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  name(): string {
    const length = this.integer();
    const start = this.position;
    this.position += length;
    return new TextDecoder().decode(this.bytes.subarray(start, this.position));
  }

  limits(): void {
    const flags = this.byte();
    this.integer();
    if (flags & 1) this.integer();
  }
}

interface Section {
  id: number;
  header: number;
  start: number;
  end: number;
}

function readSections(module: Uint8Array): Section[] {
  const reader = new Reader(module, CUSTOM_HEADER_LENGTH);
  const sections: Section[] = [];
  while (reader.position < module.length) {
    const header = reader.position;
    const id = reader.byte();
    const length = reader.integer();
    const start = reader.position;
    reader.position += length;
    sections.push({id, header, start, end: reader.position});
  }
  return sections;
}

function readImportNames(module: Uint8Array, start: number): string[] {
  const reader = new Reader(module, start);
  return Array.from({length: reader.integer()}, () => {
    reader.name();
    const name = reader.name();
    skipImportType(reader);
    return name;
  });
}

function skipImportType(reader: Reader): void {
  const [FUNCTION, TABLE, MEMORY, GLOBAL, TAG] = [0, 1, 2, 3, 4];
  const kind = reader.byte();
  if (kind === FUNCTION) reader.integer();
  else if (kind === MEMORY) reader.limits();
  else if (kind === TABLE) {
    reader.byte();
    reader.limits();
  } else if (kind === GLOBAL) reader.position += 2;
  else if (kind === TAG) {
    reader.byte();
    reader.integer();
  } else throw new RangeError(`The module imports something of the unknown kind ${kind}.`);
}

function readExports(module: Uint8Array, at: number): {name: string; start: number; end: number}[] {
  const reader = new Reader(module, at);
  return Array.from({length: reader.integer()}, () => {
    const start = reader.position;
    const name = reader.name();
    reader.byte();
    reader.integer();
    return {name, start, end: reader.position};
  });
}

function encode(value: number): Uint8Array {
  const bytes: number[] = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) | (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return Uint8Array.from(bytes);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}
