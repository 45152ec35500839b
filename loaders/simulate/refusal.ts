import {errorBody} from "./wire.js";

/** An answer with an error status. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** One of vLLM's own refusals, which it names “BadRequestError”; its schema's are “Bad Request”. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, errorBody(message, "BadRequestError", 400));
}

export function invalidRequest(message: string, param: string | null): Refusal {
  return new Refusal(400, errorBody(message, "Bad Request", 400, param));
}
