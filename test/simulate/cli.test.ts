import assert from "node:assert/strict";
import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {createServer} from "node:net";
import {after, test} from "node:test";
import {closing} from "../support/closing.js";
import {clientDelayOf} from "./client.js";

interface Run {
  child: ChildProcess;
  /** Resolves to the output once it has that text. */
  until(text: string): Promise<string>;
  ended: Promise<{code: number | null; stdout: string; stderr: string}>;
}

function simulate(...args: string[]): Run {
  const child = spawn(process.execPath, ["--import", "tsx", "loaders/cli/simulate.ts", ...args]);
  after(() => child.kill("SIGKILL"));
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (part) => (stdout += part));
  child.stderr.on("data", (part) => (stderr += part));
  return {
    child,
    async until(text) {
      while (!stdout.includes(text)) await once(child.stdout, "data");
      return stdout;
    },
    ended: once(child, "close").then(([code]) => ({code, stdout, stderr}))
  };
}

test("--help explains every option and exits with 0", async () => {
  const {code, stdout} = await simulate("--help").ended;
  assert.equal(code, 0);
  for (const option of [
    "--series",
    "--ttft-of",
    "--acceptance",
    "--port",
    "--speed",
    "--seed",
    "--log",
    "--transport-ms",
    "--batch-ms",
    "--api-key",
    "--raw",
    "--fault"
  ]) {
    assert.ok(stdout.includes(option), option);
  }
  assert.ok(stdout.split("\n").every((line) => line.length <= 120));
});

test("a wrong call prints one line that names the option, and exits with code 2", async () => {
  for (const [args, reason] of [
    [["--bogus"], /--bogus/],
    [["--series", "h100"], /^--series h100: it is not defined\. Series to play: \w+/],
    [["--ttft-of", "h100", "--series", "nvfp4"], /^--ttft-of h100: nothing states its TTFT\./],
    [["--preset", "h100"], /^--preset is not a flag of this command\./],
    [["--speed", "0"], /--speed/],
    [["--transport-ms", "soon"], /--transport-ms/],
    [["--batch-ms", "-1"], /--batch-ms/],
    [["--fault", "nope"], /--fault: unknown fault “nope”/],
    [["--raw", "9", "--transport-ms", "1"], /--transport-ms is for an engine/],
    [["--raw", "9", "--batch-ms", "1"], /--batch-ms is for an engine/],
    [["--fault-every", "2"], /needs --fault/],
    [["--fault", "400", "--fault-every", "0"], /--fault-every: /],
    [
      ["--log", "/no/such/folder/log", "--port", "0", "--transport-ms", "1"],
      /--log: ENOENT.*Name a writable file/
    ]
  ] as const) {
    const {code, stderr} = await simulate(...args).ended;
    assert.equal(code, 2, stderr);
    assert.match(stderr.trimEnd(), reason);
    assert.equal(stderr.trimEnd().split("\n").length, 1);
  }
});

test("a port in use prints one readable line, and exits with code 1", async () => {
  const other = closing(createServer().listen(0, "127.0.0.1"));
  await once(other, "listening");
  const address = other.address();
  assert.ok(address !== null && typeof address === "object");
  const {code, stderr} = await simulate("--port", String(address.port)).ended;
  assert.equal(code, 1);
  assert.equal(
    stderr.trimEnd(),
    `Port ${address.port} is in use. Choose another with --port, or --port 0 for any free one.`
  );
});

test("it prints its address and how to benchmark it, serves, and exits with 0 on Ctrl-C even with a stream open", async () => {
  const run = simulate("--port", "0", "--series", "awq-mtp1", "--transport-ms", "0.5");
  const output = await run.until("--preset published");
  const url = /npm run bench -- --base-url (http:\S+)/.exec(output)?.[1];
  assert.ok(url !== undefined, output);
  const body = JSON.stringify({prompt: "x", max_tokens: 9999, ignore_eos: true, stream: true});
  const response = await fetch(`${url}/v1/completions`, {method: "POST", body});
  assert.equal(response.status, 200);
  const cut = assert.rejects(response.text());
  run.child.kill("SIGINT");
  assert.equal((await run.ended).code, 0);
  await cut;
});

test("it measures what a client adds and plans with it, unless that is given", async () => {
  const planned = async (...flags: string[]) => {
    const run = simulate("--port", "0", ...flags);
    const [url] = /http:\S+\d/.exec(await run.until("--preset published")) ?? assert.fail();
    const info = await (await fetch(`${url}/server_info?config_format=json`)).json();
    run.child.kill("SIGINT");
    return {...(await run.ended), ...clientDelayOf(info)};
  };
  const measured = await planned();
  const [, toFirst, toBatch] =
    /^(\d+\.\d\d) ms to a first token and (\d+\.\d\d) ms to tokens/m.exec(measured.stderr) ??
    assert.fail(measured.stderr);
  assert.equal(toFirst, measured.transportMs.toFixed(2));
  assert.equal(toBatch, measured.batchMs.toFixed(2));
  assert.ok(measured.transportMs > 0 && measured.batchMs > 0);
  const said = await planned("--transport-ms", "12.5", "--batch-ms", "1.5");
  assert.deepEqual([said.transportMs, said.batchMs, said.stderr], [12.5, 1.5, ""]);
});
