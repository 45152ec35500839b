// Small JSON requests beside the measured ones: models, version, metrics, tokenizer, cache reset.

import type {Dispatcher} from "undici";
import {jsonOr} from "../../formats/parse-json.js";

/** Sends one request below the base URL; `body` is the parsed answer if it is JSON, otherwise its text. */
export type HttpJson = (
  method: "GET" | "POST",
  path: string,
  json?: unknown,
  signal?: AbortSignal
) => Promise<{status: number; body: unknown; location?: string | null}>;

/** Rejects if the answer is not complete after `timeoutMs`, or if the request's signal is aborted. */
export function httpJson(
  dispatcher: Dispatcher,
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs = 30_000
): HttpJson {
  const base = new URL(baseUrl);
  return async (method, path, json, signal) => {
    // Not AbortSignal.any: in Node 20 the deadline inside it may be garbage-collected before it fires.
    const ending = new AbortController();
    const stop = () => ending.abort(signal?.reason);
    const tooLate = () => ending.abort(new DOMException("the answer did not come in time", "TimeoutError"));
    const deadline = setTimeout(tooLate, timeoutMs);
    signal?.addEventListener("abort", stop);
    if (signal?.aborted) stop();
    try {
      const response = await dispatcher.request({
        origin: base.origin,
        path: base.pathname.replace(/\/$/, "") + path,
        method,
        headers: {...headers, ...(json === undefined ? {} : {"content-type": "application/json"})},
        body: json === undefined ? null : JSON.stringify(json),
        signal: ending.signal
      });
      const text = await response.body.text();
      const {location} = response.headers;
      return {
        status: response.statusCode,
        body: jsonOr(text, text),
        location: typeof location === "string" ? location : null
      };
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener("abort", stop);
    }
  };
}
