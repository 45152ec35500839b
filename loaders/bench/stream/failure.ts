// Classifies errors and answers by kind of failure.

import {z} from "zod";
import {jsonOr} from "../../formats/parse-json.js";
import type {FailureKind} from "../../formats/run-record.js";

export interface Failure {
  kind: FailureKind;
  message: string;
  retry_after_s: number | null;
}

/** An abort by the client itself, with its kind of failure. */
export class Abort extends Error {
  readonly kind: FailureKind;
  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

const LONGEST_MESSAGE = 300;
const UNREACHABLE = ["EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT", "EADDRNOTAVAIL"];
const DNS = ["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA"];
const RESET = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_CLOSED", "UND_ERR_DESTROYED"];
const SILENT = ["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"];
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/;

/** The failure that an error of undici or its socket means. */
export function failureOf(error: Error): Failure {
  if (error instanceof Abort) return failure(error.kind, error.message);
  const cause = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  const code = z.object({code: z.string()}).safeParse(cause).data?.code ?? "";
  const message = oneLine(cause.message) || code || "the connection failed";
  if (code === "ECONNREFUSED") return failure("refused", message);
  if (DNS.includes(code)) return failure("dns", message);
  if (UNREACHABLE.includes(code)) return failure("unreachable", message);
  if (SILENT.includes(code) || cause.name === "TimeoutError")
    return failure("timeout_request", "the server accepts, but does not answer");
  if (TLS.test(code)) return failure("tls", message);
  if (RESET.includes(code)) return failure("reset", message);
  if (cause.name === "HTTPParserError") return failure("malformed", `not HTTP: ${message}`);
  if (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") return failure("reset", message);
  return failure("unknown", message);
}

const ErrorBody = z.union([
  z.looseObject({error: z.looseObject({message: z.string()})}).transform(({error}) => error.message),
  z.looseObject({error: z.string()}).transform(({error}) => error),
  z.looseObject({message: z.string()}).transform(({message}) => message),
  z.looseObject({detail: z.string()}).transform(({detail}) => detail)
]);

/** The server's own words from an error body, on one line. */
export function serverMessage(body: unknown): string {
  const text = ErrorBody.safeParse(body).data ?? (typeof body === "string" ? body : JSON.stringify(body));
  return oneLine(text).slice(0, LONGEST_MESSAGE);
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** Whether a status is a redirect. None is followed, because each request would measure the detour too. */
export function isRedirect(status: number | null): boolean {
  return status !== null && [301, 302, 303, 307, 308].includes(status);
}

export function redirectMessage(location: string | null): string {
  const where = location ?? "an address that it does not tell";
  return oneLine(`the server is elsewhere: it leads to ${where}`).slice(0, LONGEST_MESSAGE);
}

/** The failure that a status other than 200 means. */
export function statusFailure(
  status: number,
  body: string,
  {retryAfter, location}: {retryAfter: string | null; location: string | null}
): Failure {
  const kind = status === 429 ? "rate_limited" : status === 503 ? "unavailable" : "http";
  const said = isRedirect(status) ? redirectMessage(location) : serverMessage(jsonOr(body, body));
  return {kind, message: `HTTP ${status}${said ? `: ${said}` : ""}`, retry_after_s: secondsUntil(retryAfter)};
}

/** Makes a failure. Its message may come from a server, with any length and any characters. */
export function failure(kind: FailureKind, message: string): Failure {
  return {kind, message: oneLine(message).slice(0, LONGEST_MESSAGE), retry_after_s: null};
}

/** The seconds until Retry-After, which is a number of seconds or a date. */
function secondsUntil(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  // Date.parse takes -5 and 1.5 for dates; an HTTP date always has letters.
  const date = /[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, Math.round((date - Date.now()) / 1000));
}
