import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {promisify} from "node:util";
import {gzip} from "node:zlib";
import {paths} from "../paths.js";
import {slimWasm} from "./slim-wasm.js";

const compress = promisify(gzip);
const require = createRequire(import.meta.url);

/** DuckDB-Wasm, slimmed and gzipped, by the file names that the browser loads. Each version is made once. */
export async function duckdbWasm(): Promise<Record<string, Uint8Array>> {
  const worker = readFileSync(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js"));
  const module = readFileSync(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
  const maker = readFileSync(new URL("slim-wasm.ts", import.meta.url));
  const [script, wasm] = await Promise.all([
    cached("duckdb-eh.worker.js.gz", [worker], () => worker),
    cached("duckdb-eh.wasm.gz", [module, worker, maker], () => slimWasm(module, worker.toString()))
  ]);
  return {"duckdb-eh.worker.js.gz": script, "duckdb-eh.wasm.gz": wasm};
}

/** Gzips what `make` returns, and caches it under the hash of its inputs. */
async function cached(name: string, inputs: Uint8Array[], make: () => Uint8Array): Promise<Uint8Array> {
  const hash = createHash("sha256");
  for (const input of inputs) hash.update(input);
  const file = join(paths.cache, `${hash.digest("hex").slice(0, 16)}-${name}`);
  if (!existsSync(file)) {
    mkdirSync(paths.cache, {recursive: true});
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, await compress(make(), {level: 9}));
    renameSync(temporary, file);
  }
  return readFileSync(file);
}
