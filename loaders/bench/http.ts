// Small JSON requests beside the measured ones: models, version, metrics, tokenizer, cache reset.

import type {Dispatcher} from "undici";
import {jsonOr} from "./json.js";

/** Sends one request below the base URL; `body` is JSON where the answer is, else its text. */
export type HttpJson = (
  method: "GET" | "POST",
  path: string,
  json?: unknown,
  signal?: AbortSignal
) => Promise<{status: number; body: unknown}>;

/** Rejects when the whole answer is not there after `timeoutMs`, or when the request's signal is aborted. */
export function httpJson(
  dispatcher: Dispatcher,
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs = 30_000
): HttpJson {
  const base = new URL(baseUrl);
  return async (method, path, json, signal) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const response = await dispatcher.request({
      origin: base.origin,
      path: base.pathname.replace(/\/$/, "") + path,
      method,
      headers: {...headers, ...(json === undefined ? {} : {"content-type": "application/json"})},
      body: json === undefined ? null : JSON.stringify(json),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline
    });
    const text = await response.body.text();
    return {status: response.statusCode, body: jsonOr(text, text)};
  };
}
