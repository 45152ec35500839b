// Small JSON requests beside the measured ones: models, version, metrics, tokenizer, cache reset.

import type {Dispatcher} from "undici";

/** Sends one request below the base URL; `body` is JSON where the answer is, else its text. */
export type HttpJson = (
  method: "GET" | "POST",
  path: string,
  json?: unknown
) => Promise<{status: number; body: unknown}>;

const TIMEOUT_MS = 30_000;

/** Rejects with undici's error when no whole answer comes within 30 s. */
export function httpJson(
  dispatcher: Dispatcher,
  baseUrl: string,
  headers: Readonly<Record<string, string>>
): HttpJson {
  const base = new URL(baseUrl);
  return async (method, path, json) => {
    const response = await dispatcher.request({
      origin: base.origin,
      path: base.pathname.replace(/\/$/, "") + path,
      method,
      headers: {...headers, ...(json === undefined ? {} : {"content-type": "application/json"})},
      body: json === undefined ? null : JSON.stringify(json),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS
    });
    const text = await response.body.text();
    return {status: response.statusCode, body: parseOrText(text)};
  };
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
