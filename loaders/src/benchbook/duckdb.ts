import {FileAttachment} from "observablehq:stdlib";
import type {AsyncDuckDBConnection} from "@duckdb/duckdb-wasm";
import {load} from "./load.js";

let connection: Promise<AsyncDuckDBConnection> | undefined;

/** A connection to the shipped report.duckdb, attached read-only. It is made once. */
export function connect(): Promise<AsyncDuckDBConnection> {
  connection ??= open();
  connection.catch(() => {
    connection = undefined;
  });
  return connection;
}

/** Requests all files at once, and compiles the engine while it is still arriving. */
async function open(): Promise<AsyncDuckDBConnection> {
  const starting = startWorker();
  try {
    const [duckdb, module, {worker, failure}, report] = await Promise.all([
      import("@duckdb/duckdb-wasm"),
      load(FileAttachment("./duckdb/duckdb-eh.wasm.gz"), "application/wasm").then((response) =>
        WebAssembly.compileStreaming(response)
      ),
      starting,
      load(FileAttachment("./data/report.duckdb.gz")).then((response) => response.arrayBuffer())
    ]);
    worker.postMessage(module);
    const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
    await Promise.race([db.instantiate("data:,"), failure]);
    await db.registerFileBuffer("report.duckdb", new Uint8Array(report));
    const connection = await db.connect();
    await connection.query("ATTACH 'report.duckdb' AS report (READ_ONLY)");
    await connection.query("USE report");
    return connection;
  } catch (error) {
    void starting.then(({worker}) => worker.terminate()).catch(() => {});
    throw error;
  }
}

/** The worker, and a promise that rejects if the worker fails by itself: DuckDB would wait for ever. */
async function startWorker(): Promise<{worker: Worker; failure: Promise<never>}> {
  const response = await load(FileAttachment("./duckdb/duckdb-eh.worker.js.gz"));
  const url = URL.createObjectURL(new Blob([takeModule, await response.blob()], {type: "text/javascript"}));
  const worker = new Worker(url);
  worker.addEventListener("message", () => URL.revokeObjectURL(url), {once: true});
  const failure = new Promise<never>((_, reject) => {
    worker.addEventListener("error", ({message}) => {
      URL.revokeObjectURL(url);
      reject(new Error(`DuckDB's worker failed: ${message}`));
    });
  });
  failure.catch(() => {});
  return {worker, failure};
}

/**
 * Makes DuckDB's worker start from a compiled module that it is sent, instead of loading one itself. Only an uncaught
 * error gets out of the worker.
 */
const takeModule = `const compiled = new Promise((resolve) => {
  addEventListener("message", function take(event) {
    event.stopImmediatePropagation();
    removeEventListener("message", take);
    resolve(event.data);
  });
});
WebAssembly.instantiateStreaming = async (_, imports) => {
  try {
    const module = await compiled;
    return {module, instance: await WebAssembly.instantiate(module, imports)};
  } catch (error) {
    setTimeout(() => { throw error; });
    throw error;
  }
};
`;
