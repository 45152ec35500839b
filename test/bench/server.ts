// Small servers for the tests, each with one way of answering a measured request.

import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import {createServer as createTlsServer} from "node:https";
import type {AddressInfo} from "node:net";
import {bench} from "../../loaders/bench/bench.js";
import {parseArms} from "../../loaders/bench/call/parse-arms.js";
import type {PointEnd} from "../../loaders/bench/run/point-end.js";
import type {Run} from "../../loaders/formats/run-record.js";
import type {VllmResult} from "../../loaders/formats/vllm-file.js";
import {closing} from "../support/closing.js";
import {readRun} from "../support/results.js";

export type Answer = (
  response: ServerResponse,
  body: Record<string, unknown>,
  request: IncomingMessage
) => void;

export interface TestServer {
  url: string;
  /** Bodies of the measured requests so far, the preflight's first. */
  bodies: Record<string, unknown>[];
  close(): Promise<void>;
}

export const chunk = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
export const delta = (content: string, finish: string | null = null) =>
  chunk({
    id: "1",
    object: "chat.completion.chunk",
    choices: [{index: 0, delta: {content}, finish_reason: finish}]
  });
export const role = chunk({
  choices: [{index: 0, delta: {role: "assistant", content: ""}, finish_reason: null}]
});
export const usage = (completion: number, prompt = 4) =>
  chunk({
    choices: [],
    usage: {prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion}
  });
export const DONE = "data: [DONE]\n\n";
export const good = role + delta("a") + delta("b", "length") + usage(2) + DONE;

export function stream(response: ServerResponse): ServerResponse {
  response.writeHead(200, {"content-type": "text/event-stream; charset=utf-8"});
  return response;
}

export const answerWell: Answer = (response) => {
  stream(response).end(good);
};

/**
 * Serves model "m": the preflight and warm-ups get good answers, the measured requests `answer`, other paths the
 * JSON in `others` or what `answers` sends. Paths in `hangs` are never answered. With `pem`, a key and its
 * certificate, it speaks TLS. It is closed at the end of the test.
 */
export async function serve(
  answer: Answer,
  {
    preflight = answerWell,
    others = {},
    answers = {},
    hangs = () => false,
    pem
  }: {
    preflight?: Answer;
    others?: Record<string, unknown>;
    answers?: Record<string, Answer>;
    hangs?: (path: string) => boolean;
    pem?: string;
  } = {}
): Promise<TestServer> {
  const bodies: Record<string, unknown>[] = [];
  const respond = (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const other = others[request.url ?? ""];
      if (hangs(request.url ?? "")) return;
      if (other !== undefined) {
        response.end(JSON.stringify(other));
      } else if (answers[request.url ?? ""] !== undefined) {
        answers[request.url ?? ""]?.(response, JSON.parse(Buffer.concat(parts).toString() || "{}"), request);
      } else if (request.url === "/v1/models") {
        response.end(JSON.stringify({object: "list", data: [{id: "m", root: "org/m", max_model_len: 100}]}));
      } else if (request.url?.endsWith("completions")) {
        const body: Record<string, unknown> = JSON.parse(Buffer.concat(parts).toString());
        bodies.push(body);
        const isPreflight = request.headers["x-request-id"] === undefined;
        (isPreflight ? preflight : answer)(response, body, request);
      } else {
        response.writeHead(404).end();
      }
    });
  };
  const server = pem ? createTlsServer({key: pem, cert: pem}, respond) : createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return closing<TestServer>({
    url: `${pem ? "https" : "http"}://127.0.0.1:${port}`,
    bodies,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      })
  });
}

export interface Outcome {
  end: PointEnd;
  runs: Run[];
  results: VllmResult[];
  paths: string[];
  stderr: string;
  stdout: string;
}

const DEFAULTS = [
  "--backend",
  "openai-chat",
  "--random-input-len",
  "4",
  "--random-output-len",
  "2",
  "--repeats",
  "1",
  "--max-concurrency",
  "1"
];

/** The whole command in this process, writing to `folder`; `flags` override small defaults. */
export async function runBench(
  url: string | string[],
  folder: string,
  flags: string[],
  {apiKey, signal = new AbortController().signal}: {apiKey?: string; signal?: AbortSignal} = {}
): Promise<Outcome> {
  let stderr = "";
  let stdout = "";
  const given = new Set(flags);
  const defaults: string[] = [];
  for (let i = 0; i < DEFAULTS.length; i += 2) {
    const [flag = "", value = ""] = DEFAULTS.slice(i);
    const isUnfit = given.has("--dataset-name") && flag.startsWith("--random-");
    if (!given.has(flag) && !given.has("--preset") && !isUnfit) defaults.push(flag, value);
  }
  const words = [...defaults, "--base-url", ...[url].flat(), "--result-dir", folder, ...flags];
  const {end} = await bench(parseArms(words, {}), {
    stdout: {write: (text) => (stdout += text)},
    stderr: {write: (text) => (stderr += text)},
    apiKey,
    signal
  });
  const paths = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("  ").at(-1) ?? "");
  const read = await Promise.all(paths.map((path) => readRun(path)));
  return {end, runs: read.map((r) => r.run), results: read.map((r) => r.result), paths, stderr, stdout};
}
