import assert from "node:assert/strict";
import {connect} from "node:net";
import {after, before, test} from "node:test";
import {type Simulator, startSimulator} from "../../loaders/simulate/start-simulator.js";
import {closing} from "../support/closing.js";
import {eventually} from "../support/eventually.js";
import {CHAT, chatBody, eventsOf, post} from "./client.js";

let simulator: Simulator;
before(async () => {
  simulator = await startSimulator({speed: 20, restartMs: 300});
});
after(() => simulator.close());

function ask(fault: string, more = {}): Promise<Response> {
  return post(`${simulator.url}${CHAT}`, chatBody(" bako", 6, more), {"x-simulate-fault": fault});
}

async function textOf(fault: string): Promise<string> {
  return (await ask(fault)).text();
}

function lastLogged() {
  const request = simulator.log.requests.at(-1);
  assert.ok(request !== undefined);
  return request;
}

function kinds(): string {
  return lastLogged()
    .chunks.map(({kind}) => kind)
    .join(" ");
}

/** The reads of a client’s socket, as they come. */
function rawReads(fault: string): Promise<Buffer[]> {
  const {hostname, port} = new URL(simulator.url);
  const body = JSON.stringify(chatBody(" bako", 3));
  return new Promise((resolve) => {
    const reads: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST ${CHAT} HTTP/1.1\r\nhost: x\r\nx-simulate-fault: ${fault}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
      );
    });
    socket.on("data", (read) => {
      reads.push(read);
      if (read.toString("latin1").endsWith("0\r\n\r\n")) socket.end();
    });
    socket.on("close", () => resolve(reads));
  });
}

test("an HTTP/1.0 client gets the stream unchunked, until the connection closes", async () => {
  const {hostname, port} = new URL(simulator.url);
  const body = JSON.stringify(chatBody(" bako", 3));
  const socket = connect(Number(port), hostname, () =>
    socket.write(`POST ${CHAT} HTTP/1.0\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
  );
  const answer = (await socket.toArray()).join("");
  assert.doesNotMatch(answer, /transfer-encoding/i);
  assert.match(answer, /\r\n\r\ndata: \{.*\ndata: \[DONE\]\n\n$/s);
});

/** The code with which a new connection fails; `null` if it does not. */
function connectionError(): Promise<string | null> {
  const {hostname, port} = new URL(simulator.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve(null);
    });
    socket.on("error", (error) => resolve("code" in error ? String(error.code) : error.message));
  });
}

test("refusals have their status, an error body and, if asked for, Retry-After", async () => {
  for (const [fault, status, retryAfter] of [
    ["400", 400, null],
    ["401", 401, null],
    ["404", 404, null],
    ["429", 429, null],
    ["429-retry-after", 429, "1"],
    ["500", 500, null],
    ["503", 503, null],
    ["503-retry-after", 503, "1"]
  ] as const) {
    const response = await ask(fault);
    assert.deepEqual([response.status, response.headers.get("retry-after")], [status, retryAfter], fault);
    assert.match(await response.text(), /^\{"error":/);
    assert.deepEqual(
      [lastLogged().status, lastLogged().ending, lastLogged().fault],
      [status, "refused", fault]
    );
  }
});

test("an unknown fault is a 400 that lists the known ones", async () => {
  const response = await ask("reset-mid-steam");
  assert.equal(response.status, 400);
  assert.match(await response.text(), /unknown fault “reset-mid-steam”; there are .*reset-mid-stream/);
});

test("reset-before-stream cuts the connection without an answer", async () => {
  await assert.rejects(ask("reset-before-stream"), /fetch failed/);
  assert.equal(lastLogged().status, null);
});

test("reset-mid-stream cuts it after the chunks asked for", async () => {
  await assert.rejects(textOf("reset-mid-stream@2"), /terminated/);
  assert.equal(kinds(), "role content content");
  assert.equal(lastLogged().ending, "fault");
});

test("a stalled stream stays open and silent until the client gives up", async () => {
  for (const [fault, sent] of [
    ["stall-first-token", ""],
    ["stall-mid-stream", "role content content content"]
  ] as const) {
    const response = await post(`${simulator.url}${CHAT}`, chatBody(" bako", 6), {"x-simulate-fault": fault});
    assert.equal(response.status, 200);
    await eventually(() => assert.equal(kinds(), sent));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(kinds(), sent);
    assert.equal(lastLogged().ending, null);
    await response.body?.cancel();
    await eventually(() => assert.equal(lastLogged().ending, "aborted"));
  }
});

test("truncate ends the body properly, without usage and [DONE]", async () => {
  const events = eventsOf(await textOf("truncate@1"));
  assert.equal(events.length, 2);
  assert.ok(!events.includes("[DONE]"));
});

test("error-after-200 sends vLLM’s error object and then [DONE]", async () => {
  const events = eventsOf(await textOf("error-after-200@1"));
  assert.deepEqual(events.slice(2), [
    '{"error":{"message":"Internal server error","type":"InternalServerError","param":null,"code":500}}',
    "[DONE]"
  ]);
});

test("malformed-json breaks one event and no other", async () => {
  const events = eventsOf(await textOf("malformed-json@2"));
  const broken = events.filter((event) => {
    try {
      JSON.parse(event);
      return false;
    } catch {
      return event !== "[DONE]";
    }
  });
  assert.equal(broken.length, 1);
  assert.equal(events.indexOf(broken[0] ?? ""), 3);
});

test("empty-choices adds an event without choices and without usage", async () => {
  const events = eventsOf(await textOf("empty-choices@1")).slice(0, -1);
  const empty = events.map((event) => JSON.parse(event)).filter(({choices}) => choices.length === 0);
  assert.deepEqual(
    empty.map(({usage}) => usage === undefined),
    [true, false]
  );
  assert.equal(events.length, 9);
});

test("no-usage leaves usage out, even if it was asked for in every chunk", async () => {
  const options = {stream_options: {include_usage: true, continuous_usage_stats: true}};
  const text = await (await ask("no-usage", options)).text();
  assert.ok(!text.includes('"usage"'));
  assert.equal(eventsOf(text).length, 8);
});

test("zero-tokens is a proper stream of an empty answer", async () => {
  const events = eventsOf(await textOf("zero-tokens"));
  assert.equal(events.length, 4);
  assert.ok(
    events[1]?.includes(
      '"delta":{"content":"","reasoning_content":null},"logprobs":null,"finish_reason":"stop"'
    )
  );
  assert.ok(events[2]?.includes('"completion_tokens":0'));
});

test("not-a-stream answers 200 with a web page", async () => {
  const response = await ask("not-a-stream");
  assert.deepEqual([response.status, response.headers.get("content-type")], [200, "text/html"]);
  assert.match(await response.text(), /^<!doctype html>/);
});

test("crlf ends every line with CR LF", async () => {
  const text = await textOf("crlf");
  assert.ok(!/[^\r]\n/.test(text));
  assert.equal(text.split("\r\n\r\n").length, 10);
});

test("comments come between and after the events", async () => {
  const lines = (await textOf("comments")).split("\n");
  assert.equal(lines.filter((line) => line.startsWith(":")).length, 18);
  assert.equal(lines.filter((line) => line.startsWith("data: ")).length, 9);
});

test("split-utf8 cuts a character between two reads, and the whole is valid UTF-8", async () => {
  const reads = await rawReads("split-utf8");
  assert.ok(reads.some((read) => read.toString("utf8").includes("\ufffd")));
  const text = await textOf("split-utf8");
  assert.match(text, /"content":"漢😀 \w{4}"/);
  assert.ok(!text.includes("\ufffd"));
});

test("split-lines cuts in the field name, in the JSON and between the newlines", async () => {
  const reads = (await rawReads("split-lines")).map((read) =>
    read.toString("latin1").replace(/^[0-9a-f]+\r\n|\r\n$/g, "")
  );
  assert.ok(reads.filter((read) => read === "dat").length >= 4, "the field name");
  assert.ok(reads.filter((read) => read === "\n").length >= 4, "the last newline");
  assert.equal(eventsOf(await textOf("split-lines")).length, 9);
});

test("restart cuts every stream, forgets the counters and answers again on the same port", async () => {
  const bystander = post(`${simulator.url}${CHAT}`, chatBody(" dego", 9999)).then((response) =>
    response.text()
  );
  const broken = assert.rejects(bystander);
  await assert.rejects(textOf("restart@1"));
  await broken;
  assert.equal(await connectionError(), "ECONNREFUSED");
  await simulator.restart();
  const metrics = await (await fetch(`${simulator.url}/metrics`)).text();
  assert.match(metrics, /vllm:prompt_tokens_total\{[^}]*\} 0\.0/);
  assert.equal((await ask("comments")).status, 200);
});

test("a plan affects every n-th request, or those listed, and no other", async () => {
  const planned = closing(
    await startSimulator({
      speed: 50,
      faults: [
        {fault: "503", every: 3},
        {fault: "429", requests: [0]}
      ]
    })
  );
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) {
    const response = await post(`${planned.url}${CHAT}`, chatBody(" bako", 1));
    statuses.push(response.status);
    await response.text();
  }
  await planned.close();
  assert.deepEqual(statuses, [429, 200, 503, 200, 200, 503]);
});
