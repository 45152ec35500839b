import {FileAttachment} from "observablehq:stdlib";
import {AsyncDuckDB, type AsyncDuckDBConnection, VoidLogger} from "@duckdb/duckdb-wasm";

// Everything is shipped gzipped, because some hosts send .wasm uncompressed and refuse files over 25 MiB.

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
  const report = load(FileAttachment("../generated/report.duckdb.gz")).then((response) =>
    response.arrayBuffer()
  );
  const module = await FileAttachment("../generated/duckdb-eh.wasm.gz").url();
  const script = await (await load(FileAttachment("../generated/duckdb-eh.worker.js.gz"))).blob();
  const scriptUrl = URL.createObjectURL(new Blob([inflatingFetch, script], {type: "text/javascript"}));
  const worker = new Worker(scriptUrl);
  const failure = new Promise<never>((_, reject) => {
    worker.addEventListener("error", ({message}) => reject(new Error(message)));
  });
  const db = new AsyncDuckDB(new VoidLogger(), worker);
  try {
    await Promise.race([db.instantiate(new URL(module, document.baseURI).href), failure]);
  } finally {
    URL.revokeObjectURL(scriptUrl);
  }
  await db.registerFileBuffer("report.duckdb", new Uint8Array(await report));
  const connection = await db.connect();
  await connection.query("ATTACH 'report.duckdb' AS report (READ_ONLY)");
  await connection.query("USE report");
  return connection;
}

async function load(file: {url(): Promise<string>}): Promise<Response> {
  const url = await file.url();
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`${url} could not be loaded (${response.status} ${response.statusText}).`);
  return inflate(response, "application/octet-stream");
}

/** The response as if it had been sent plain. A host that declares the encoding has it inflated already. */
function inflate(response: Response, type: string): Response {
  const isInflated = response.headers.get("content-encoding") === "gzip";
  const body = isInflated ? response.body : response.body?.pipeThrough(new DecompressionStream("gzip"));
  return new Response(body, {headers: {"content-type": type}});
}

/**
 * Lets DuckDB's worker compile the module while it is still being loaded and inflated. The worker waits
 * for ever if that fails; only an error that nobody catches gets out of it.
 */
const inflatingFetch = `${inflate};
const plainFetch = self.fetch;
self.fetch = async (...args) => {
  const response = await plainFetch(...args);
  if (!response.ok) {
    const error = new Error(response.url + " could not be loaded (" + response.status + ").");
    setTimeout(() => { throw error; });
    throw error;
  }
  return response.url.endsWith(".gz") ? inflate(response, "application/wasm") : response;
};
`;
