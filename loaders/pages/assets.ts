import {createHash} from "node:crypto";
import {cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {promisify} from "node:util";
import {gzip} from "node:zlib";
import {paths} from "../paths.js";
import {slimWasm} from "./slim-wasm.js";

const compress = promisify(gzip);
const require = createRequire(import.meta.url);

/** Puts DuckDB-Wasm, slimmed and gzipped, into the folder of generated files; makes each version once. */
export async function placeDuckdbWasm(): Promise<void> {
  const worker = readFileSync(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js"));
  const module = readFileSync(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
  const maker = readFileSync(new URL("slim-wasm.ts", import.meta.url));
  await Promise.all([
    place("duckdb-eh.worker.js.gz", [worker], () => worker),
    place("duckdb-eh.wasm.gz", [module, worker, maker], () => slimWasm(module, worker.toString()))
  ]);
}

/** Gzips what `make` returns into a cache under the hash of what it is made from, and copies it out. */
async function place(name: string, inputs: Uint8Array[], make: () => Uint8Array): Promise<void> {
  const hash = createHash("sha256");
  for (const input of inputs) hash.update(input);
  const cached = join(paths.cache, `${hash.digest("hex").slice(0, 16)}-${name}`);
  if (!existsSync(cached)) {
    mkdirSync(paths.cache, {recursive: true});
    const temporary = `${cached}.${process.pid}`;
    writeFileSync(temporary, await compress(make(), {level: 9}));
    renameSync(temporary, cached);
  }
  const placed = join(paths.generated, name);
  // The preview watches the file: it is left alone unless it is another.
  if (!existsSync(placed) || !readFileSync(placed).equals(readFileSync(cached))) cpSync(cached, placed);
}
