import {FileAttachment} from "observablehq:stdlib";
import {AsyncDuckDB, type AsyncDuckDBConnection, VoidLogger} from "@duckdb/duckdb-wasm";

let connection: Promise<AsyncDuckDBConnection> | undefined;

/** A connection to the shipped report.duckdb, attached read-only; made once. */
export function connect(): Promise<AsyncDuckDBConnection> {
  connection ??= open();
  connection.catch(() => {
    connection = undefined;
  });
  return connection;
}

async function open(): Promise<AsyncDuckDBConnection> {
  const [module, worker, report] = await Promise.all([
    inflate(FileAttachment("../generated/duckdb-eh.wasm.gz"), "application/wasm"),
    inflate(FileAttachment("../generated/duckdb-eh.worker.js.gz"), "text/javascript"),
    inflate(FileAttachment("../generated/report.duckdb.gz"), "application/octet-stream")
  ]);
  const url = URL.createObjectURL(module);
  const workerUrl = URL.createObjectURL(worker);
  try {
    const db = new AsyncDuckDB(new VoidLogger(), new Worker(workerUrl));
    await db.instantiate(url);
    await db.registerFileBuffer("report.duckdb", new Uint8Array(await report.arrayBuffer()));
    const connection = await db.connect();
    await connection.query("ATTACH 'report.duckdb' AS report (READ_ONLY)");
    await connection.query("USE report");
    return connection;
  } finally {
    URL.revokeObjectURL(url);
    URL.revokeObjectURL(workerUrl);
  }
}

/** Shipped gzipped because some hosts send .wasm uncompressed, and refuse files over 25 MiB. */
async function inflate(file: {url(): Promise<string>}, type: string): Promise<Blob> {
  const url = await file.url();
  const response = await fetch(url);
  if (!response.ok || response.body === null) {
    throw new Error(`${url} could not be loaded (${response.status} ${response.statusText}).`);
  }
  // A host that declares the encoding has the browser inflate it.
  const inflated = response.headers.get("content-encoding") === "gzip";
  const stream = inflated ? response.body : response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, {headers: {"content-type": type}}).blob();
}
