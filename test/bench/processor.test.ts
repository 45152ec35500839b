import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, it} from "node:test";
import {UsageError} from "../../loaders/errors/usage-error.js";
import {
  processorsAllowed,
  processorTime,
  readProcessorTime,
  stolenShare
} from "../../loaders/machine/processor.js";
import {startSimulator} from "../../loaders/simulate/start-simulator.js";
import {closing} from "../support/closing.js";
import {readRun} from "../support/results.js";
import {runBench} from "./server.js";

/** The policy of a thread that runs only when nothing else wants to, see `sched(7)`. */
const SCHED_IDLE = 5;
/** The 41st field of `proc_pid_stat(5)`, counted from the state, which is the third and follows the name. */
const POLICY = 41 - 3;

const skip = process.platform === "linux" ? false : "--cpu is for Linux";

/** Runs a command line in its own process, so that this one is not kept to a processor. */
function start(script: string, ...words: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", `loaders/cli/${script}.ts`, ...words]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (part) => (stdout += part));
  child.stderr.on("data", (part) => (stderr += part));
  const ended = once(child, "close").then(([code]) => ({code, stdout, stderr}));
  return {
    child,
    ended,
    printed: async () => {
      while (!stdout.includes("--preset published")) await once(child.stdout, "data");
      return stdout;
    }
  };
}

describe("--cpu", {skip}, () => {
  const first = /^\d+/.exec(processorsAllowed() ?? "")?.[0] ?? assert.fail("no list of processors");

  it("keeps the simulator’s main thread to the processor and its other threads out of the way", async () => {
    const {child, ended, printed} = start("simulate", "--port", "0", "--transport-ms", "0.5", "--cpu", first);
    const output = await printed();
    assert.match(output, new RegExp(`--preset published --cpu ${first === "0" ? 1 : 0}\\n`));
    const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
    assert.match(status, new RegExp(`^Cpus_allowed_list:\\s*${first}$`, "m"));
    const policies = new Map(
      readdirSync(`/proc/${child.pid}/task`).map((thread) => {
        const stat = readFileSync(`/proc/${child.pid}/task/${thread}/stat`, "utf8");
        return [Number(thread), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[POLICY])];
      })
    );
    child.kill("SIGINT");
    await ended;
    assert.equal(policies.get(child.pid ?? Number.NaN), 0);
    const idle = [...policies.values()].filter((policy) => policy === SCHED_IDLE);
    assert.ok(idle.length >= 4, `V8 has four threads at least: ${[...policies.values()]}`);
  });

  it("is recorded in the health of the client", async () => {
    const simulator = closing(await startSimulator({speed: 100}));
    const folder = mkdtempSync(join(tmpdir(), "benchbook-cpu-"));
    try {
      const {ended} = start(
        "bench",
        ...["--base-url", simulator.url, "--backend", "openai-chat", "--result-dir", folder, "--cpu", first],
        ...["--num-prompts", "2", "--repeats", "1", "--random-input-len", "4", "--random-output-len", "2"]
      );
      const {code, stdout, stderr} = await ended;
      assert.equal(code, 0, stderr);
      const {run} = await readRun(stdout.trim().split("  ").at(-1) ?? "");
      assert.equal(run.health?.cpus_allowed, first);
    } finally {
      rmSync(folder, {recursive: true});
    }
  });

  it("is refused in one line if there is no such processor", async () => {
    const simulator = closing(await startSimulator({speed: 100}));
    const folder = mkdtempSync(join(tmpdir(), "benchbook-cpu-"));
    await assert.rejects(runBench(simulator.url, folder, ["--cpu", "4096"]), (error: Error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, /^--cpu: there is no processor 4096: choose one from 0 to \d+\.$/);
      return true;
    });
    rmSync(folder, {recursive: true});
    const {code, stderr} = await start("simulate", "--cpu", "one").ended;
    assert.equal(code, 2);
    assert.match(stderr, /^--cpu: not a number\. See npm run simulate -- --help\.\n$/);
  });
});

describe("time that the host took", () => {
  const stat = (rest: string) => readProcessorTime(`cpu  ${rest}\ncpu0 1 2 3\n`);

  it("is a share of the time wanted, without idle time and without guest time, which user time includes", () => {
    const before = stat("100 10 50 9000 70 5 5 30 0 0");
    const after = stat("150 20 80 9900 90 10 10 50 40 0");
    assert.deepEqual(before, {wanted: 200, stolen: 30});
    assert.equal(stolenShare(before, after), 20 / 120);
  });

  it("is unknown if no time was wanted or the system does not say", () => {
    const before = stat("1 0 0 5 0 0 0 0 0 0");
    assert.equal(stolenShare(before, before), null);
    assert.equal(stolenShare(null, before), null);
    assert.equal(readProcessorTime("intr 1 2 3"), null);
  });

  it("is read from this machine", {skip}, () => {
    const now = processorTime() ?? assert.fail("no /proc/stat");
    assert.ok(now.wanted > now.stolen);
  });
});
