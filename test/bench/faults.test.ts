import assert from "node:assert/strict";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {createServer, type Socket} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {setTimeout as sleep} from "node:timers/promises";
import {gzipSync} from "node:zlib";
import {Agent, errors} from "undici";
import {findModel} from "../../loaders/bench/server/host.js";
import {type HttpJson, httpJson} from "../../loaders/bench/server/http-json.js";
import {failureOf} from "../../loaders/bench/stream/failure.js";
import type {FailureKind} from "../../loaders/formats/run-record.js";
import {startSimulator} from "../../loaders/simulate/start-simulator.js";
import {closing} from "../support/closing.js";
import {type Answer, chunk, DONE, delta, good, role, runBench, serve, stream, usage} from "./server.js";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "faults-"));
});
after(() => rm(folder, {recursive: true}));

/** Three measured requests, the second of which hits the fault: the others must not suffer. */
async function measure(fault: Answer, flags: string[] = []) {
  let n = 0;
  const server = await serve((response, body, request) => {
    if (++n === 2) fault(response, body, request);
    else stream(response).end(good);
  });
  const {runs, end, results} = await runBench(server.url, folder, ["--num-prompts", "3", ...flags]);
  const run = runs[0] ?? assert.fail("no run was written");
  assert.equal(end, "finished");
  return {run, result: results[0] ?? assert.fail(), requests: run.requests ?? []};
}

function failsAs(
  name: string,
  kind: FailureKind,
  message: RegExp,
  fault: Answer,
  flags: string[] = []
): void {
  test(`${name} is a failure of kind ${kind}, and the other requests succeed`, async () => {
    const {run, requests, result} = await measure(fault, flags);
    assert.deepEqual(
      requests.map((r) => r.failure?.kind ?? null),
      [null, kind, null]
    );
    assert.match(requests[1]?.failure?.message ?? "", message);
    assert.equal(run.metrics["benchbook-1"]?.completed, 2);
    assert.equal(run.metrics["benchbook-1"]?.failed, 1);
    assert.ok(run.warnings.some((w) => w.code === "failures" && w.message.includes(kind)));
    assert.deepEqual(
      result.errors?.map((e) => e === ""),
      [true, false, true]
    );
  });
}

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers).end(JSON.stringify({error: {message: "the server's words", code}}));
  };

for (const code of [400, 401, 404, 500])
  failsAs(`status ${code}`, "http", /HTTP \d+: the server's words/, status(code));
failsAs("status 429", "rate_limited", /HTTP 429: the server's words/, status(429));
failsAs("status 503", "unavailable", /HTTP 503: the server's words/, status(503));
failsAs("a reset before the stream", "reset", /./, (_response, _body, request) =>
  request.socket.resetAndDestroy()
);
failsAs("a reset in the middle of a stream", "reset", /./, (response, _body, request) => {
  stream(response).write(role + delta("a"), () => request.socket.resetAndDestroy());
});
failsAs("a connection closed in the middle of a stream", "reset", /./, (response, _body, request) => {
  stream(response).write(role + delta("a"), () => request.socket.end());
});
failsAs(
  "a stall before the first token",
  "timeout_first_token",
  /no token after 1 s/,
  (response) => stream(response).write(": wait\n\n"),
  ["--first-token-timeout", "1"]
);
failsAs(
  "a stall between chunks",
  "timeout_chunk",
  /no chunk for 1 s/,
  (response) => stream(response).write(role + delta("a")),
  ["--chunk-timeout", "1"]
);
failsAs(
  "a stall between chunks behind comments",
  "timeout_chunk",
  /no chunk for 1 s/,
  (response) => {
    const timer = setInterval(() => response.write(": ping\n\n"), 100);
    stream(response)
      .on("close", () => clearInterval(timer))
      .write(role + delta("a"));
  },
  ["--chunk-timeout", "1", "--request-timeout", "10"]
);
failsAs(
  "a stream without end",
  "timeout_request",
  /not finished after 1 s/,
  (response) => {
    const timer = setInterval(() => response.write(delta("a")), 20);
    stream(response).on("close", () => clearInterval(timer));
  },
  ["--request-timeout", "1"]
);
failsAs("a stream without [DONE]", "truncated", /without \[DONE\]/, (r) =>
  stream(r).end(role + delta("a") + usage(1))
);
failsAs("an error object after 200", "stream_error", /out of memory/, (r) =>
  stream(r).end(role + delta("a") + chunk({error: {message: "out of memory"}}) + DONE)
);
failsAs("an error object and nothing else", "stream_error", /boom/, (r) =>
  stream(r).end(chunk({error: {message: "boom"}}) + DONE)
);
failsAs("malformed JSON", "malformed", /not JSON: \{"choices/, (r) =>
  stream(r).end(`${role}data: {"choices":[{"delta":\n\n${DONE}`)
);
failsAs(
  "an error object before a reset",
  "stream_error",
  /^engine \[31mdied$/,
  (response, _body, request) => {
    const said = role + delta("a") + chunk({error: {message: "engine \u001b[31mdied"}});
    stream(response).write(said, () => request.socket.resetAndDestroy());
  }
);
for (const reason of ["abort", "error"])
  failsAs(`an answer that ends by ${reason}`, "stream_error", /gave up the answer/, (r) =>
    stream(r).end(role + delta("a", reason) + usage(1) + DONE)
  );
failsAs("a stream that is compressed", "not_a_stream", /encoded as gzip/, (response) => {
  const type = "text/event-stream; charset=utf-8";
  response.writeHead(200, {"content-type": type, "content-encoding": "gzip"}).end(gzipSync(good));
});
failsAs(
  "a stall after the role chunk",
  "timeout_first_token",
  /no token after 2 s/,
  (response) => stream(response).write(role),
  ["--first-token-timeout", "2", "--chunk-timeout", "1"]
);
failsAs("a body that is not a stream", "not_a_stream", /application\/json/, (response) => {
  response
    .writeHead(200, {"content-type": "application/json"})
    .end('{"choices":[{"message":{"content":"a"}}]}');
});
failsAs("a stream of zero tokens", "no_content", /no text/, (r) => stream(r).end(role + usage(0) + DONE));
failsAs("an empty stream", "truncated", /./, (r) => stream(r).end());
failsAs("empty choices and nothing else", "no_content", /./, (r) =>
  stream(r).end(chunk({choices: []}) + DONE)
);
failsAs("what is not HTTP", "malformed", /not HTTP/, (_response, _body, request) => {
  request.socket.end("SSH-2.0-OpenSSH\r\n");
});

test("Retry-After is recorded with 429 and 503, as seconds or as a date", async () => {
  const {requests} = await measure(status(429, {"retry-after": "7"}));
  assert.equal(requests[1]?.failure?.retry_after_s, 7);
  const dated = await measure(status(503, {"retry-after": new Date(Date.now() + 60_000).toUTCString()}));
  assert.ok(Math.abs((dated.requests[1]?.failure?.retry_after_s ?? 0) - 60) <= 1);
  for (const odd of ["-5", "1.5", "9".repeat(400)]) {
    const {requests: answered} = await measure(status(503, {"retry-after": odd}));
    assert.equal(answered[1]?.failure?.retry_after_s, null, odd);
  }
  const bare = await measure(status(503));
  assert.equal(bare.requests[1]?.failure?.retry_after_s, null);
});

test("characters, lines and events split across reads, CRLF and comments are not failures", async () => {
  const text = `: hi\r\n\r\n${(role + delta("é🙂") + delta("b", "length") + usage(2) + DONE).replaceAll("\n", "\r\n")}`;
  const {requests, result} = await measure(
    (response) => {
      const bytes = Buffer.from(text);
      stream(response);
      let at = 0;
      const next = () => {
        if (at >= bytes.length) return response.end();
        response.write(bytes.subarray(at, at + 7));
        at += 7;
        setImmediate(next);
      };
      next();
    },
    ["--save-detailed"]
  );
  assert.deepEqual(
    requests.map((r) => r.failure),
    [null, null, null]
  );
  assert.equal(result.generated_texts?.[1], "é🙂b");
});

test("headers split across reads are not failures", async () => {
  const head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nX-Proxy: gateway\r\nConnection: close\r\n\r\n";
  const {requests} = await measure(async (_response, _body, {socket}) => {
    for (let at = 0; at < head.length; at += 9) {
      socket.write(head.slice(at, at + 9));
      await sleep(2);
    }
    socket.end(good);
  });
  assert.deepEqual(
    requests.map((r) => r.failure),
    [null, null, null]
  );
});

test("an answer without usage succeeds and says so, and no token count is made up", async () => {
  const {run, requests} = await measure((r) =>
    stream(r).end(role + delta("a") + delta("b", "length") + DONE)
  );
  assert.equal(requests[1]?.failure, null);
  assert.equal(requests[1]?.completion_tokens, null);
  const warning = run.warnings.find((w) => w.code === "no-usage");
  assert.match(warning?.message ?? "", /1 answer .* no tokenizer .*: no token throughput/);
  assert.equal(run.metrics["benchbook-1"]?.output_throughput, undefined);
});

test("a restart fails the requests it drops, and later ones succeed", async () => {
  const sockets = new Set<Socket>();
  let n = 0;
  const server = await serve((response, _body, request) => {
    sockets.add(request.socket);
    if (++n === 2) for (const socket of sockets) socket.destroy();
    else stream(response).end(good);
  });
  const {runs} = await runBench(server.url, folder, ["--num-prompts", "4"]);
  assert.deepEqual(
    runs[0]?.requests?.map((r) => r.failure?.kind ?? null),
    [null, "reset", null, null]
  );
});

test("a server that dies in the middle of a chat run causes refused requests, and the run is kept", async () => {
  const simulator = closing(
    await startSimulator({
      speed: 100,
      faults: [{fault: "restart@1", requests: [3]}],
      restartMs: 60_000
    })
  );
  const {runs} = await runBench(simulator.url, folder, ["--num-prompts", "8"]);
  assert.deepEqual(
    runs[0]?.requests?.map((r) => r.failure?.kind ?? null),
    [null, null, "reset", "refused", "refused", "refused", "refused", "refused"]
  );
  assert.deepEqual(
    runs[0]?.requests?.slice(3).map((r) => r.http_status),
    [null, null, null, null, null]
  );
  for (const semantics of ["vllm-0.15.1", "vllm-2026-09", "benchbook-1"] as const)
    assert.equal(runs[0]?.metrics[semantics]?.completed, 2, semantics);
});

test("a run has no counter deltas if the server restarts in the middle of it, and says so", async () => {
  const simulator = closing(
    await startSimulator({
      speed: 100,
      faults: [{fault: "restart@1", requests: [6]}],
      restartMs: 10
    })
  );
  const flags = ["--num-prompts", "11", "--request-rate", "50"];
  const {runs} = await runBench(simulator.url, folder, flags);
  assert.equal(runs[0]?.provenance?.counters_reset, true);
  assert.equal(runs[0]?.provenance?.traffic, null);
  assert.ok(runs[0]?.warnings.some(({code}) => code === "counters-reset"));
});

test("a content type in capitals is accepted as a stream", async () => {
  const {requests} = await measure((r) => r.writeHead(200, {"content-type": "Text/Event-Stream"}).end(good));
  assert.equal(requests[1]?.failure, null);
});

async function refusedRun(url: string, flags: string[] = []): Promise<string> {
  const error: Error = await runBench(url, folder, ["--num-prompts", "1", ...flags]).then(
    () => assert.fail("the run began"),
    (reason: Error) => reason
  );
  assert.doesNotMatch(error.message, /\n/);
  return error.message;
}

test("a server that refuses connections stops the run before it begins", async () => {
  const server = await serve(() => {});
  await server.close();
  assert.match(await refusedRun(server.url), /refused: .*Start the server or correct --base-url/);
});

test("a host name that does not exist stops the run before it begins", async () => {
  assert.match(await refusedRun("http://no-such-host.invalid:8000"), /dns: .*Correct the host/);
});

test("TLS to a server without it stops the run before it begins", async () => {
  const server = await serve(() => {});
  assert.match(await refusedRun(server.url.replace("http:", "https:")), /tls: .*Use http:\/\//);
});

test("a self-signed certificate stops the run unless --insecure is given", async () => {
  const pem = await readFile(new URL("self-signed.pem", import.meta.url), "utf8");
  const server = await serve((r) => stream(r).end(good), {pem});
  assert.match(await refusedRun(server.url), /tls: self-signed certificate\. .*or --insecure\./);
  assert.equal(server.bodies.length, 0);
  const {end, runs} = await runBench(server.url, folder, ["--num-prompts", "2", "--insecure"]);
  assert.equal(end, "finished");
  assert.deepEqual(
    runs[0]?.requests?.map((r) => r.failure),
    [null, null]
  );
});

test("network and undici errors are failures of their own kind", () => {
  const withCode = (code: string) => Object.assign(new Error(`connect ${code}`), {code});
  const kinds: [error: Error, kind: FailureKind][] = [
    [new errors.ConnectTimeoutError("Connect Timeout Error"), "unreachable"],
    [withCode("EHOSTUNREACH"), "unreachable"],
    [withCode("ENETUNREACH"), "unreachable"],
    [withCode("ETIMEDOUT"), "unreachable"],
    [new AggregateError([withCode("ENETUNREACH"), withCode("ECONNREFUSED")]), "unreachable"],
    [new errors.HeadersTimeoutError(), "timeout_request"],
    [new errors.BodyTimeoutError(), "timeout_request"],
    [new errors.SocketError("other side closed"), "reset"],
    [new errors.HTTPParserError("Invalid header"), "malformed"],
    [withCode("DEPTH_ZERO_SELF_SIGNED_CERT"), "tls"],
    [withCode("EAI_AGAIN"), "dns"]
  ];
  assert.deepEqual(
    kinds.map(([error]) => failureOf(error).kind),
    kinds.map(([, kind]) => kind)
  );
});

test("a server is unreachable if no connection is made in time", async () => {
  // The handshake never ends, as if packets were dropped.
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `https://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const agent = new Agent({connect: {timeout: 200}});
  try {
    const wanted = {model: null, servedModelName: null};
    const asked = findModel(httpJson(agent, url, {}), url, wanted, (text) => text);
    await assert.rejects(asked, /unreachable: .*\. Check the network and --base-url\.$/);
  } finally {
    await agent.destroy();
    server.close();
  }
});

test("the recorded model is the one on the requested card", async () => {
  const cards = [
    {id: "base", root: "org/base"},
    {id: "lora", root: "/adapters/lora"}
  ];
  const http: HttpJson = async (_, path) =>
    path === "/v1/models" ? {status: 200, body: {data: cards}} : {status: 404, body: null};
  const found = (model: string | null, servedModelName: string | null) =>
    findModel(http, "", {model, servedModelName}, (text) => text).then(({model, modelId}) => [
      model,
      modelId
    ]);
  assert.deepEqual(await found(null, null), ["base", "org/base"]);
  assert.deepEqual(await found(null, "lora"), ["lora", "/adapters/lora"]);
  assert.deepEqual(await found("own/name", "lora"), ["lora", "own/name"]);
});

test("a server that accepts and never answers stops the run with a timeout and its remedy", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const agent = new Agent();
  try {
    const wanted = {model: null, servedModelName: null};
    const asked = findModel(httpJson(agent, url, {}, 300), url, wanted, (text) => text);
    await assert.rejects(asked, /timeout_request: .*does not answer\. See the server's log/);
  } finally {
    await agent.destroy();
    server.close();
  }
});

test("a server that goes away during a point ends the sweep, and the point is not evidence", async () => {
  let n = 0;
  const server = await serve((response, _body, request) => {
    if (++n < 2) stream(response).end(good);
    else {
      void server.close();
      request.socket.destroy();
    }
  });
  const flags = ["--backend", "openai", "--num-prompts", "4", "--repeats", "2"];
  const {end, runs} = await runBench(server.url, join(folder, "gone"), flags);
  assert.equal(end, "host-gone");
  assert.deepEqual(
    runs.map((r) => [r.complete, r.requests?.map(({failure}) => failure?.kind ?? null)]),
    [[false, [null, "reset", "refused", "refused"]]]
  );
});

test("a server that does not speak HTTP stops the run before it begins", async () => {
  const server = closing(createServer((socket) => socket.end("220 mail ready\r\n")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  assert.match(await refusedRun(`http://127.0.0.1:${port}`), /malformed: not HTTP/);
});

test("a model that does not exist stops the run, and the message names those that do", async () => {
  const server = await serve(() => {});
  assert.match(await refusedRun(server.url, ["--model", "other"]), /does not serve the model other, but m\./);
});

test("an endpoint that answers 404 or without a stream stops the run with the server's message", async () => {
  const missing = await serve(() => {}, {preflight: status(404)});
  assert.match(await refusedRun(missing.url), /HTTP 404: the server's words/);
  const body = await serve(() => {}, {
    preflight: (r) => r.setHeader("content-type", "text/plain").end("hello")
  });
  assert.match(await refusedRun(body.url), /not_a_stream: the answer is text\/plain/);
});

for (const code of [301, 302, 307, 308]) {
  test(`a ${code} stops the run and says where it leads and what to do`, async () => {
    const moved = (path: string) => status(code, {location: `https://b.example${path}`});
    const remedy = "\\. Use that address, without the endpoint, as --base-url\\.$";
    const models = await serve(() => {}, {answers: {"/v1/models": moved("/v1/models")}});
    assert.match(
      await refusedRun(models.url, ["--model", "m"]),
      new RegExp(`/v1/models: HTTP ${code}: .*leads to https://b\\.example/v1/models${remedy}`)
    );
    const chat = await serve(() => {}, {preflight: moved("/v1/chat/completions")});
    assert.match(
      await refusedRun(chat.url),
      new RegExp(`http: HTTP ${code}: .*leads to https://b\\.example/v1/chat/completions${remedy}`)
    );
  });
}

test("a server that is not ready stops the run, and is not mistaken for one that refuses continuous usage", async () => {
  let n = 0;
  const server = await serve((r) => stream(r).end(good), {
    preflight: (response, body, request) => {
      if (++n === 1) status(503, {"retry-after": "3"})(response, body, request);
      else stream(response).end(good);
    }
  });
  assert.match(
    await refusedRun(server.url),
    /unavailable: HTTP 503: the server's words\. Try again in 3 s\./
  );
  assert.equal(server.bodies.length, 1);
});

test("a server that refuses continuous usage is asked without, and tokens per chunk stay unknown", async () => {
  const server = await serve((r) => stream(r).end(good), {
    preflight: (response, body) => {
      if (JSON.stringify(body).includes("continuous")) status(400)(response, body, response.req);
      else stream(response).end(good);
    }
  });
  const {runs, stderr} = await runBench(server.url, folder, ["--num-prompts", "1"]);
  assert.deepEqual(server.bodies.at(-1)?.stream_options, {include_usage: true});
  assert.equal(runs[0]?.settings.continuous_usage, false);
  assert.equal(runs[0]?.chunk_tokens_known, false);
  assert.match(stderr, /does not count tokens chunk by chunk/);
});

test("more failures than --max-failures stop the run and keep what was measured", async () => {
  let n = 0;
  const server = await serve((response, body, request) => {
    if (++n > 2) status(500)(response, body, request);
    else stream(response).end(good);
  });
  const {end, runs, paths} = await runBench(server.url, folder, [
    "--num-prompts",
    "10",
    "--max-failures",
    "2"
  ]);
  assert.equal(end, "too-many-failures");
  assert.equal(runs[0]?.complete, false);
  assert.deepEqual(
    runs[0]?.requests?.map((r) => r.failure?.kind ?? null),
    [null, null, "http", "http", "http"]
  );
  assert.match(paths[0] ?? "", /-partial\.json$/);
});

test("when all requests fail, every latency is undefined and the point is not evidence", async () => {
  const server = await serve(status(500));
  const {runs, end} = await runBench(server.url, folder, ["--num-prompts", "3"]);
  assert.equal(runs[0]?.metrics["benchbook-1"]?.completed, 0);
  assert.equal(runs[0]?.metrics["benchbook-1"]?.mean_ttft_ms, undefined);
  assert.equal(end, "no-success");
  assert.equal(runs[0]?.complete, false);
});
