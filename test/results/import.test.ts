import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs";
import {createServer} from "node:http";
import {tmpdir} from "node:os";
import {basename, dirname, join} from "node:path";
import {afterEach, beforeEach, describe, it} from "node:test";
import {UsageError} from "../../loaders/errors/usage-error.js";
import {readEvidence} from "../../loaders/evidence/read-evidence.js";
import {writeRun} from "../../loaders/formats/benchbook-result.js";
import {toRun, VllmResult} from "../../loaders/formats/vllm-file.js";
import {liveCache} from "../../loaders/measure/live-cache.js";
import {liveEffects} from "../../loaders/measure/live-effects.js";
import {measureLive} from "../../loaders/measure/measure-live.js";
import {paths} from "../../loaders/paths.js";
import {startSimulator} from "../../loaders/simulate/start-simulator.js";
import {readData} from "../../loaders/site/read-data.js";
import {runBench} from "../bench/server.js";
import {closing} from "../support/closing.js";
import {DataFolder, detailed, vllmResult} from "./fixture.js";

let data: DataFolder;
let outside: string;
beforeEach(() => {
  data = new DataFolder();
  outside = mkdtempSync(join(tmpdir(), "import-"));
  data.addSeries("host", "measured");
});
afterEach(() => {
  data.remove();
  rmSync(outside, {recursive: true});
});

function call(command: string, args: string[], env: Record<string, string> = {}) {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ["--import", "tsx", `loaders/cli/${command}.ts`, ...args],
    {
      cwd: paths.root,
      encoding: "utf8",
      env: {...process.env, BENCHBOOK_DATA: data.path, VLLM_BASE_URL: "", ...env}
    }
  );
  return {status, stdout, stderr};
}

function outsideFile(name: string, content: unknown): string {
  const path = join(outside, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** A result of npm run bench with its events, in its own folder because all have the same name. */
function ownResult(id: string): Promise<string> {
  const result = VllmResult.parse(vllmResult({...detailed, ttfts: [0.1, 0.2, 0.3 + id.length]}));
  const run = {...toRun(result, id), tool: {name: "benchbook" as const, version: null}};
  return writeRun(join(outside, id), result, run, (text) => text);
}

const filed = () => {
  const folder = join(data.path, "results", "host");
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};

describe("npm run import", () => {
  it("files what it has checked, says where, and overwrites nothing", () => {
    const path = outsideFile("a.json", vllmResult());
    const dry = call("import", [path, "--series", "host", "--dry-run"]);
    assert.equal(dry.status, 0, dry.stderr);
    assert.match(dry.stdout, /would file .*a\.json as .*results\/host\/a\.json/);
    assert.deepEqual(filed(), []);
    assert.equal(call("import", [path, "--series", "host"]).status, 0);
    assert.deepEqual(filed(), ["a.json"]);
    const again = call("import", [path, "--series", "host"]);
    assert.equal(again.status, 1);
    assert.match(again.stderr, /a\.json: .*results\/host\/a\.json already exists\. Rename/);
    assert.doesNotMatch(again.stderr.trim(), /\n/);
  });

  it("files none if one is at fault", () => {
    const good = outsideFile("a.json", vllmResult());
    const bad = outsideFile("b.json", {a: 1});
    const {status, stderr} = call("import", [good, bad, "--series", "host"]);
    assert.equal(status, 1);
    assert.match(stderr, /b\.json: not a result of vllm bench serve/);
    assert.deepEqual(filed(), []);
  });

  it("refuses a run that is there under another name", () => {
    data.write("results/host/first.json", vllmResult());
    const {status, stderr} = call("import", [outsideFile("b.json", vllmResult()), "--series", "host"]);
    assert.equal(status, 1);
    assert.match(stderr, /b\.json: the same run is already in \S+\/data\/results\/host\/first\.json/);
  });

  it("names given files that conflict with each other", () => {
    for (const name of ["A", "B"]) mkdirSync(join(outside, name));
    const [a, b] = [outsideFile("A/x.json", vllmResult()), outsideFile("B/x.json", vllmResult())];
    const said = (...paths: string[]) => call("import", [...paths, "--series", "host"]).stderr;
    assert.equal(said(a, b), `${b}: ${a} has the same name. Rename one of them.\n`);
    assert.equal(said(a, `${dirname(a)}/../A/x.json`), `${a}: it is given twice. Leave one of them out.\n`);
    const other = outsideFile("B/y.json", vllmResult());
    assert.equal(said(a, other), `${other}: the same run is already in ${a}. Keep one of them.\n`);
    const lines = outsideFile("A/all.jsonl", [vllmResult({duration: 3}), vllmResult({duration: 3})]);
    assert.equal(
      said(lines),
      `${lines}: document 2: the same run is already in ${lines}, document 1. Keep one of them.\n`
    );
    assert.deepEqual(filed(), []);
  });

  it("refuses a file whose runs would have the same names as another's", () => {
    data.write("results/host/x.json", vllmResult());
    const path = outsideFile("x.jsonl", vllmResult({date: "20260203-203001"}));
    const {status, stderr} = call("import", [path, "--series", "host"]);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /x\.jsonl: without its extension it has the same name as \S+\/data\/results\/host\/x\.json\. Rename/
    );
  });

  it("names what vLLM wrote next to the results, and distinguishes runs of the same name by folder", () => {
    for (const [i, name] of ["A", "B"].entries()) {
      mkdirSync(join(outside, name));
      outsideFile(`${name}/run=0.json`, vllmResult({max_concurrency: i + 1}));
    }
    outsideFile("A/SLA--rate.json", {});
    outsideFile("A/x.pytorch.json", []);
    const folder = call("import", [join(outside, "A"), "--series", "host", "--dry-run"]);
    assert.equal(folder.status, 0, folder.stderr);
    assert.match(folder.stdout, /skipped .*A\/SLA--rate\.json: [\s\S]*skipped .*A\/x\.pytorch\.json: /);
    const files = ["A", "B"].map((name) => join(outside, name, "run=0.json"));
    const {status, stderr} = call("import", [...files, "--series", "host"]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(filed(), ["A", "B"]);
  });

  it("files a summary only for its runs that are in no file next to it", () => {
    mkdirSync(join(outside, "A"));
    const runs = [0, 1].map((i) => vllmResult({date: `20260203-20300${i}`}));
    const files = runs.map((run, i) => outsideFile(`A/run=${i}.json`, run));
    const summary = outsideFile("A/summary.json", runs);
    const whole = call("import", [...files, summary, "--series", "host", "--dry-run"]);
    assert.equal(whole.status, 0, whole.stderr);
    assert.match(whole.stdout, /skipped .*A\/summary\.json: it repeats the runs next to it\n2 runs of/);
    assert.doesNotMatch(whole.stdout, /would file .*summary/);
    rmSync(files[1] ?? "");
    const part = call("import", [join(outside, "A"), "--series", "host"]);
    assert.equal(part.status, 0, part.stderr);
    assert.match(part.stdout, /filed .*A\/summary\.json as [\s\S]*2 runs of/);
    assert.doesNotMatch(part.stdout, /skipped/);
  });

  it("files events under the name of their result, so that renaming a file makes room for both", async () => {
    const [first, second] = [await ownResult("a"), await ownResult("other")];
    assert.equal(call("import", [first, "--series", "host"]).status, 0);
    const name = basename(first, ".json");
    const before = readFileSync(join(data.path, "results", "host", `${name}.events.bin.gz`));
    assert.match(call("import", [second, "--series", "host"]).stderr, /already exists\. Rename the file/);
    const renamed = join(dirname(second), "b.json");
    renameSync(second, renamed);
    const {status, stdout, stderr} = call("import", [renamed, "--series", "host"]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /filed .*\.events\.bin\.gz as .*host\/b\.events\.bin\.gz\n/);
    assert.deepEqual(filed(), ["b.events.bin.gz", "b.json", `${name}.events.bin.gz`, `${name}.json`]);
    assert.deepEqual(readFileSync(join(data.path, "results", "host", `${name}.events.bin.gz`)), before);
    const {results} = await readData(data.path);
    assert.deepEqual(
      results.map(({run, output}) => [run.id, output?.streams.get(2)?.lastMs]),
      [
        ["other", 6340],
        ["a", 2340]
      ]
    );
    const given = JSON.parse(readFileSync(renamed, "utf8"));
    const kept = readFileSync(join(data.path, "results", "host", "b.json"), "utf8");
    given.benchbook.events.file = "b.events.bin.gz";
    assert.equal(kept, JSON.stringify(given), "all else is as it was");
  });

  it("does not overwrite events without a result", async () => {
    const path = await ownResult("a");
    const events = basename(path).replace(/json$/, "events.bin.gz");
    data.write(`results/host/${events}`, "another's");
    const {status, stderr} = call("import", [path, "--series", "host"]);
    assert.equal(status, 1);
    assert.ok(stderr.includes(`results/host/${events} already exists. Rename the file`), stderr);
    assert.deepEqual(filed(), [events]);
  });

  it("takes no events from another folder", async () => {
    const path = await ownResult("a");
    const document = JSON.parse(readFileSync(path, "utf8"));
    for (const file of ["../../../README.md", "sub/x", "..", ".", "", "..\\x"]) {
      document.benchbook.events.file = file;
      writeFileSync(path, JSON.stringify(document));
      const {status, stderr} = call("import", [path, "--series", "host"]);
      assert.equal(status, 1);
      assert.match(stderr, /\.json: not a result of npm run bench: “benchbook\.events\.file” is .*bare name/);
    }
    assert.deepEqual(filed(), []);
  });

  it("files a folder under its real name, below its series", () => {
    mkdirSync(join(outside, "sweep", "sub"), {recursive: true});
    const path = outsideFile("sweep/a.json", vllmResult());
    const {status, stdout, stderr} = call("import", [`${dirname(path)}/sub/..`, "--series", "host"]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /as .*results\/host\/sweep\/a\.json/);
    assert.deepEqual(filed(), ["sweep"]);
  });

  it("files nothing where a refresh would delete it", () => {
    mkdirSync(join(outside, "live"));
    const runs = [outsideFile("live/run=0.json", vllmResult()), join(outside, "live")];
    for (const path of runs) {
      const {status, stderr} = call("import", [path, "--series", "host"]);
      assert.equal(status, 1);
      assert.match(
        stderr,
        /live.*: the next refresh would delete .* folder “live” .* Rename the folder\.\n$/
      );
    }
    assert.deepEqual(filed(), []);
  });

  it("exits with code 2 if the call is wrong", () => {
    for (const args of [[], ["a.json"], ["a.json", "--series", "nobody"], ["--what"]]) {
      assert.equal(call("import", args).status, 2, args.join(" "));
    }
  });
});

describe("a live series", () => {
  const live = {
    "num-prompts": 2,
    "random-input-len": 4,
    "random-output-len": 2,
    "max-concurrency": [1],
    repeats: 1
  };

  it("leaves its cache alone when the host cannot be reached", () => {
    data.addSeries("host", "measured", {live});
    data.write("results/host/live/old.json", vllmResult());
    const {status, stderr} = call("refresh", ["--series", "host"], {VLLM_BASE_URL: "http://127.0.0.1:9"});
    assert.equal(status, 1);
    assert.match(
      stderr,
      /\nhost: http:\/\/127\.0\.0\.1:9: refused: .*\. Start the server or correct VLLM_BASE_URL\.\n$/
    );
    assert.deepEqual(readdirSync(liveCache(data.path, "host")), ["old.json"]);
  });

  it("reads its file of prompts before it contacts the server, also in a build", () => {
    const prompts = join(outside, "prompts.jsonl");
    const custom = {
      "dataset-name": "custom",
      "skip-chat-template": true,
      "dataset-path": prompts,
      "num-prompts": 1
    };
    data.addSeries("host", "measured", {live: custom});
    const nowhere = {VLLM_BASE_URL: "http://127.0.0.1:9"};
    const missing = call("refresh", [], nowhere);
    assert.equal(missing.status, 1);
    assert.match(
      missing.stderr,
      /^\S*series\/host\.json: live: --dataset-path \S+prompts\.jsonl: ENOENT.* Name a readable file\.\n$/
    );
    assert.equal(call("build", [], nowhere).stderr, missing.stderr);
    writeFileSync(prompts, '{"prompt": "a"}');
    assert.match(call("refresh", [], nowhere).stderr, /127\.0\.0\.1:9: refused/);
  });

  it("shows its plan on --dry-run, and exits with code 2 without a host or a live series", () => {
    assert.equal(call("refresh", [], {VLLM_BASE_URL: "http://127.0.0.1:9"}).status, 2);
    data.addSeries("host", "measured", {live});
    assert.equal(call("refresh", []).status, 2);
    const {status, stdout} = call("refresh", ["--dry-run"], {VLLM_BASE_URL: "http://127.0.0.1:9"});
    assert.equal(status, 0);
    assert.match(stdout, /host\nServer +http:\/\/127\.0\.0\.1:9/);
  });

  it("refuses a wrong host before it says or does anything, with the variable's name and exit code 2", () => {
    data.addSeries("host", "measured", {live});
    for (const [url, line] of [
      [
        "http://me:hunter2@127.0.0.1:9",
        "VLLM_BASE_URL holds a password, which would be recorded: set OPENAI_API_KEY."
      ],
      ["nowhere", "VLLM_BASE_URL: not a URL of http:// or https://. See npm run bench -- --help."],
      ["http://127.0.0.1:9/v1", "VLLM_BASE_URL ends in /v1, which the endpoint adds: leave /v1 off."]
    ] as const) {
      for (const [command, ...args] of [["refresh"], ["refresh", "--dry-run"], ["build"]] as const) {
        const {status, stdout, stderr} = call(command, args, {VLLM_BASE_URL: url});
        assert.deepEqual({status, stdout, stderr}, {status: 2, stdout: "", stderr: `${line}\n`}, command);
      }
    }
  });

  it("that is not defined gets the same message as from npm run import", () => {
    const {status, stderr} = call("refresh", ["--series", "nope"]);
    assert.equal(status, 2);
    assert.equal(stderr, call("import", ["a.json", "--series", "nope"]).stderr);
    assert.match(stderr, /^Unknown series “nope”: add data\/series\/nope\.json /);
  });

  it("has its flags on the card, and an error of the host says what to set there", async () => {
    data.addSeries("host", "measured", {live});
    const card = readEvidence(data.path).series.find(({id}) => id === "host") ?? assert.fail();
    const server = createServer((_, response) => response.end('{"object": "list", "data": []}'));
    const url = await new Promise<string>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "");
      });
    });
    try {
      const measure = (from: string) => measureLive(data.path, card, from, {...liveEffects(), say: () => {}});
      await assert.rejects(measure(url), {
        message: `host: ${url} serves no model. Name one with live.model.`
      });
      await assert.rejects(measure(url.replace("http:", "https:")), {
        message: /^host: .*tls: .* a valid certificate or live\.insecure\.$/
      });
    } finally {
      server.close();
    }
  });

  it("names the series whose files bench refuses, without calling it a usage error", async () => {
    data.addSeries("host", "measured", {live});
    const card = readEvidence(data.path).series.find(({id}) => id === "host") ?? assert.fail();
    const bench = () => Promise.reject(new UsageError("a.jsonl: holds no prompt."));
    await assert.rejects(
      measureLive(data.path, card, "http://127.0.0.1:9", {say: () => {}, bench}),
      (error) => !(error instanceof UsageError) && String(error) === "Error: host: a.jsonl: holds no prompt."
    );
  });

  it("replaces the cache only once the sweep is finished", async () => {
    data.addSeries("host", "simulated", {live});
    data.write("results/host/live/old.json", vllmResult());
    const card = readEvidence(data.path).series.find(({id}) => id === "host") ?? assert.fail();
    const simulator = closing(await startSimulator({speed: 100}));
    const say = () => {};
    await assert.rejects(
      measureLive(data.path, card, simulator.url, {say, bench: async () => "interrupted"}),
      /host: interrupted; the cache is unchanged/
    );
    assert.deepEqual(readdirSync(liveCache(data.path, "host")), ["old.json"]);
    await assert.rejects(
      measureLive(data.path, {...card, role: "measured"}, simulator.url, {
        say,
        bench: async (options) =>
          (await runBench(simulator.url, options["result-dir"] ?? assert.fail(), ["--num-prompts", "2"])).end
      }),
      /host: this result came from a simulator, but the series “host” is not simulated\..* The cache is unchanged\./
    );
    assert.deepEqual(readdirSync(liveCache(data.path, "host")), ["old.json"]);
    await measureLive(data.path, card, simulator.url, {
      say,
      bench: async (options) => {
        const folder = options["result-dir"] ?? assert.fail();
        return (await runBench(simulator.url, folder, ["--num-prompts", "2"])).end;
      }
    });
    assert.match(readdirSync(liveCache(data.path, "host")).join(), /^openai-chat-.*\.json$/);
  });
});
