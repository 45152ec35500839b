import type {IncomingMessage, ServerResponse} from "node:http";
import type {z} from "zod";
import {invalidRequest} from "./refusal.js";

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {}
): void {
  sendText(response, status, "application/json", JSON.stringify(body), headers);
}

export function sendText(
  response: ServerResponse,
  status: number,
  contentType: string,
  text: string,
  headers: Record<string, string> = {}
): void {
  response.writeHead(status, {
    ...headers,
    "content-type": contentType,
    "content-length": String(Buffer.byteLength(text))
  });
  response.end(text);
}

export function sendEmpty(response: ServerResponse): void {
  response.writeHead(200, {"content-length": "0"}).end();
}

function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => resolve(Buffer.concat(parts).toString("utf8")));
    request.on("error", reject);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw invalidRequest(
      `[{'type': 'json_invalid', 'loc': ('body', 0), 'msg': 'JSON decode error', 'input': {}, 'ctx': {'error': '${reason}'}}]`,
      null
    );
  }
}

export async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema
): Promise<z.output<Schema>> {
  const text = await readBody(request);
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw invalidRequest(
    `[{'type': '${issue?.code ?? "invalid"}', 'loc': ('body', '${field}'), 'msg': '${issue?.message ?? ""}'}]`,
    field
  );
}
