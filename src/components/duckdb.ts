import {FileAttachment} from "observablehq:stdlib";
import type {AsyncDuckDBConnection} from "@duckdb/duckdb-wasm";
import {load} from "./load.js";

let connection: Promise<AsyncDuckDBConnection> | undefined;

/** A connection to the shipped report.duckdb, attached read-only; made once. */
export function connect(): Promise<AsyncDuckDBConnection> {
  connection ??= open();
  connection.catch(() => {
    connection = undefined;
  });
  return connection;
}

/** All that is needed is asked for at once; the engine is compiled while it is still on its way. */
async function open(): Promise<AsyncDuckDBConnection> {
  const [duckdb, module, worker, report] = await Promise.all([
    import("@duckdb/duckdb-wasm"),
    load(FileAttachment("../generated/duckdb-eh.wasm.gz"), "application/wasm").then((response) =>
      WebAssembly.compileStreaming(response)
    ),
    startWorker(),
    load(FileAttachment("../generated/report.duckdb.gz")).then((response) => response.arrayBuffer())
  ]);
  worker.postMessage(module);
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate("data:,");
  await db.registerFileBuffer("report.duckdb", new Uint8Array(report));
  const connection = await db.connect();
  await connection.query("ATTACH 'report.duckdb' AS report (READ_ONLY)");
  await connection.query("USE report");

  return connection;
}

async function startWorker(): Promise<Worker> {
  const response = await load(FileAttachment("../generated/duckdb-eh.worker.js.gz"));
  const url = URL.createObjectURL(new Blob([takeModule, await response.blob()], {type: "text/javascript"}));
  const worker = new Worker(url);
  worker.addEventListener("error", () => URL.revokeObjectURL(url), {once: true});
  worker.addEventListener("message", () => URL.revokeObjectURL(url), {once: true});
  return worker;
}

/** Has DuckDB's worker start from the compiled module it is sent, instead of loading one itself. */
const takeModule = `const compiled = new Promise((resolve) => {
  addEventListener("message", function take(event) {
    event.stopImmediatePropagation();
    removeEventListener("message", take);
    resolve(event.data);
  });
});
WebAssembly.instantiateStreaming = async (_, imports) => {
  const module = await compiled;
  return {module, instance: await WebAssembly.instantiate(module, imports)};
};
`;
