import assert from "node:assert/strict";
import {once} from "node:events";
import {createServer, type Server, type Socket} from "node:net";
import {after, before, test} from "node:test";
import {dataOfChunks} from "../../loaders/bench/stream/chunked.js";
import {Transport} from "../../loaders/bench/stream/transport.js";

test("only whole chunks give their data", () => {
  for (const [text, data] of [
    ["5\r\nhello\r\n", ["hello"]],
    ["00A\r\n0\r\n\r\n5\r\nab\r\n", ["0\r\n\r\n5\r\nab"]],
    ["1\r\na\r\n2\r\n\r\n\r\n", ["a", "\r\n"]],
    ["", []],
    ["0\r\n\r\n", undefined],
    ["1\r\na\r\n0\r\n\r\n", undefined],
    ["5;x=y\r\nhello\r\n", undefined],
    ["5\r\nhello\r", undefined],
    ["5\r\nhello", undefined],
    ["5\r\nhel", undefined],
    ["5\r\n", undefined],
    ["5\nhello\r\n", undefined],
    ["5\r\nhello!\r\n", undefined],
    ["6\r\nhello\r\n", undefined],
    ["fffffffffffffffffffff5\r\nhello\r\n", undefined],
    ["\r\nhello\r\n", undefined],
    ["g\r\nhello\r\n", undefined],
    ["-5\r\nhello\r\n", undefined]
  ] as const) {
    // What a longer read left behind must not count.
    const bytes = Buffer.from(`${text}\r\n5\r\nhello\r\n`);
    const spans = dataOfChunks(bytes, text.length);
    const strings = spans?.flatMap((start, i) =>
      i % 2 === 0 ? [bytes.toString("latin1", start, spans[i + 1])] : []
    );
    assert.deepEqual(strings, data, JSON.stringify(text));
  }
});

let server: Server;
/** What the server writes next, each string in its own write. */
let writes: string[] = [];
before(async () => {
  server = createServer((socket) => socket.setNoDelay(true).on("data", () => void answer(socket)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
after(() => server.close());

/** A write after the client has probably read the one before. */
async function answer(socket: Socket): Promise<void> {
  for (const text of writes) {
    socket.write(text, "latin1");
    for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
  }
}

const address = () => {
  const bound = server.address();
  assert.ok(bound !== null && typeof bound === "object", "listening on a port");
  return `http://127.0.0.1:${bound.port}`;
};

/** How often a reader got bytes from within a read; undici passes only those of the body. */
let straight = 0;

/** The body of an answer that comes in `parts`. */
function bodyOf(transport: Transport, parts: string[]): Promise<string> {
  writes = parts;
  return new Promise((resolve, reject) => {
    let body = "";
    transport.dispatch(
      {path: "/", method: "GET"},
      {
        onStart() {},
        onHeaders() {},
        onData: (bytes, start, end) => {
          if (start > 0) straight++;
          body += bytes.toString("latin1", start, end);
        },
        onEnd: () => resolve(body),
        onError: reject
      }
    );
  });
}

const HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const chunked = (...data: string[]) => data.map((each) => `${each.length.toString(16)}\r\n${each}\r\n`);

test("a body is the same wherever reads cut it, and its data may look like chunks", async (t) => {
  const transport = new Transport(address());
  t.after(() => transport.close());
  const data = ["one", "3\r\ntwo\r\n", "0\r\n\r\n", "\r\n", "x".repeat(300), "5\r\nhel"];
  const chunks = chunked(...data);
  const whole = [HEAD, ...chunks, "0\r\n\r\n"];
  const before = straight;
  assert.equal(await bodyOf(transport, whole), data.join(""));
  assert.ok(straight > before, "no read went straight to its reader");
  const text = whole.slice(1).join("");
  for (let cut = 1; cut < text.length; cut++) {
    // After two reads that end between chunks.
    const parts = [HEAD, ...chunked("a", "b"), text.slice(0, cut), text.slice(cut)];
    assert.equal(await bodyOf(transport, parts), `ab${data.join("")}`, `cut at ${cut}`);
  }
  for (const size of [1, 2, 3, 7]) {
    const parts = Array.from({length: Math.ceil(text.length / size)}, (_, i) =>
      text.slice(i * size, (i + 1) * size)
    );
    assert.equal(await bodyOf(transport, [HEAD, ...parts]), data.join(""), `pieces of ${size}`);
  }
});

test("what looks like chunks inside a chunk is data, wherever the read before it ends", async (t) => {
  const transport = new Transport(address());
  t.after(() => transport.close());
  const data = ["a", "b3\r\ntwo\r\n", "3\r\ntwo\r\nc"];
  const text = `${chunked(...data).join("")}0\r\n\r\n`;
  for (let first = 1; first < text.length; first++) {
    for (let second = first + 1; second < text.length; second++) {
      const parts = [HEAD, text.slice(0, first), text.slice(first, second), text.slice(second)];
      assert.equal(await bodyOf(transport, parts), data.join(""), `cut at ${first} and ${second}`);
    }
  }
});

test("a body that is not a list of chunks is not mistaken for one", async (t) => {
  const transport = new Transport(address());
  t.after(() => transport.close());
  const [text = ""] = chunked("hello");
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${3 * text.length}\r\n\r\n`;
  assert.equal(await bodyOf(transport, [head, text, text, text]), text.repeat(3));
});

test("an error thrown by a reader ends its own request and no other", async (t) => {
  const transport = new Transport(address());
  t.after(() => transport.close());
  writes = [HEAD, ...chunked("a", "b", "c"), "0\r\n\r\n"];
  const failed = await new Promise((resolve) => {
    transport.dispatch(
      {path: "/", method: "GET"},
      {
        onStart() {},
        onHeaders() {},
        onData: (bytes, start) => {
          if (bytes[start] === 0x62) throw new Error("not b");
        },
        onEnd: () => resolve("ended"),
        onError: resolve
      }
    );
  });
  assert.ok(failed instanceof Error, String(failed));
  assert.match(failed.message, /not b/);
  assert.equal(await bodyOf(transport, [HEAD, ...chunked("d"), "0\r\n\r\n"]), "d");
});
