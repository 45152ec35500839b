import assert from "node:assert/strict";
import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, it} from "node:test";
import {FaultsError} from "../../loaders/errors/faults.js";
import {formatPath, readEvidence} from "../../loaders/evidence/read-evidence.js";
import {type Outcome, root, runCommand, runScript} from "../support/workspace.js";
import {writeEvidence} from "../support/write-evidence.js";

type Edit = [file: string, from: string | RegExp, to: string];

/** Calls `work` with an edited copy of the evidence. */
async function withEdits<T>(
  edits: readonly Edit[],
  removed: readonly string[],
  work: (folder: string) => T | Promise<T>
): Promise<T> {
  const folder = writeEvidence();
  try {
    for (const [file, from, to] of edits) {
      const path = join(folder, file);
      const before = readFileSync(path, "utf8");
      const after = before.replace(from, to);
      assert.notEqual(after, before, `${file} does not hold ${from}`);
      writeFileSync(path, after);
    }
    for (const file of removed) rmSync(join(folder, file));
    return await work(folder);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** What a command prints and how it exits if the evidence is wrong, as in loaders/cli/run.ts. */
function factsOf(folder: string): Promise<Outcome> {
  return runCommand(root, "facts", [], {BENCHBOOK_DATA: folder});
}

function faultsOf(folder: string): string[] {
  try {
    readEvidence(folder);
    return [];
  } catch (error) {
    assert.ok(error instanceof FaultsError);
    return error.message.split("\n");
  }
}

const table = "published/loads.json";
const row4 = '{"concurrency":4,"values":[187,102]}';

const cases: {name: string; edits: Edit[]; removed?: string[]; says: RegExp}[] = [
  {
    name: "a file that is not JSON",
    edits: [["series/bf16.json", '"label":"BF16",', '"label":"BF16"']],
    says: /series\/bf16\.json: line \d+: not JSON \(.+\)\. Fix the syntax\.$/
  },
  {
    name: "an empty file",
    edits: [["sources.json", /^.*$/s, ""]],
    says: /sources\.json: line 1: not JSON \(.+\)\. Fix the syntax\.$/
  },
  {
    name: "a file of the wrong kind",
    edits: [["series/bf16.json", /^.*$/s, "[]"]],
    says: /series\/bf16\.json: expected an object, not an array\. Correct it\.$/
  },
  {
    name: "a file that is missing",
    edits: [],
    removed: ["metrics.json"],
    says: /metrics\.json: the file cannot be read\. Restore it or fix its permissions\.$/
  },
  {
    name: "a missing field",
    edits: [["series/bf16.json", '"kernel":"cutlass",', ""]],
    says: /series\/bf16\.json: settings\.kernel: missing field .+ Add it; write null where the source does not/
  },
  {
    name: "an unknown field",
    edits: [["series/bf16.json", '"kernel":"cut', '"colour":"red","kernel":"cut']],
    says: /series\/bf16\.json: settings: unknown field “colour”\. Remove it or correct its name\.$/
  },
  {
    name: "an unknown unit",
    edits: [[table, '"unit":"ms"', '"unit":"minutes"']],
    says: /loads\.json: columns\[1\]\.unit: Invalid option: expected one of .*"ms"/
  },
  {
    name: "a unit that is not the metric’s",
    edits: [[table, '"unit":"ms"', '"unit":"tok/s"']],
    says: /loads\.json: columns\[1\]: the unit of ttft_median is ms, not tok\/s\. Convert the values or correct/
  },
  {
    name: "a negative measurement",
    edits: [[table, "[187,102", "[-187,102"]],
    says: /loads\.json: rows\[1\]\.values\[0\]: -187 is not a positive system_throughput\. Correct the value\.$/
  },
  {
    name: "a measurement of zero",
    edits: [[table, "[187,102", "[0,102"]],
    says: /loads\.json: rows\[1\]\.values\[0\]: 0 is not a positive system_throughput\./
  },
  {
    name: "a number that is not finite",
    edits: [[table, "[187,102", "[1e999,102"]],
    says: /loads\.json: rows\[1\]\.values\[0\]: expected a number, not Infinity\. Correct it\.$/
  },
  {
    name: "a number written as text",
    edits: [[table, "[187,102", '["187",102']],
    says: /loads\.json: rows\[1\]\.values\[0\]: expected a number, not a string\. Correct it\.$/
  },
  {
    name: "a negative statement",
    edits: [["statements.json", '"value":22', '"value":-22']],
    says: /statements\.json: \[0\]\.value: .*>0/
  },
  {
    name: "a statement of zero",
    edits: [["statements.json", '"value":1.28', '"value":0']],
    says: /statements\.json: \[1\]\.value: .*>0/
  },
  {
    name: "a statement in another unit than one of the same quantity",
    edits: [["statements.json", '"quantity":"throughput"', '"quantity":"memory_bandwidth"']],
    says: /statements\.json: ceiling: the unit of memory_bandwidth is tok\/s here and TB\/s in bandwidth\. Convert/
  },
  {
    name: "a field of a GPU with an unknown unit",
    edits: [["hardware/h100.json", '"tdp_w"', '"tdp_horsepower"']],
    says: /h100\.json: specs\.tdp_horsepower: the name of a field ends in its unit, one of gb, .*\. Correct it\.$/
  },
  {
    name: "a model size that is not a number",
    edits: [["models/llama.json", '"hidden_size":4096', '"hidden_size":"4096"']],
    says: /llama\.json: config\.hidden_size: expected a number, not a string\. Correct it\.$/
  },
  {
    name: "two checkpoints with the same name",
    edits: [["models/llama.json", '"id":"llama-fp8",', '"id":"llama",']],
    says: /llama\.json: llama: this checkpoint is already defined in .*llama\.json\. Give it another id\.$/
  },
  {
    name: "a number with more decimals than stated",
    edits: [[table, "[187,102", "[187.5,102"]],
    says: /loads\.json: rows\[1\]\.values\[0\]: 187\.5 has more than the 0 decimals/
  },
  {
    name: "a row too short",
    edits: [[table, "[187,102]", "[187]"]],
    says: /loads\.json: rows\[1\]: 1 values for 2 columns\. Give one value per column\.$/
  },
  {
    name: "the same concurrency twice in a table",
    edits: [[table, row4, `${row4},\n${row4}`]],
    says: /loads\.json: rows\[2\]: concurrency 4 already has a row\. Keep one of them\.$/m
  },
  {
    name: "the same point in two tables",
    edits: [["published/comparison.json", '"role":"restated"', '"role":"measured"']],
    says: /loads\.json: rows\[0\]\.values\[0\]: the point bf16, system_throughput, C=1 is already given in .*comparison\.json: rows\[0\]\.values\[0\]\. Keep one, or mark the column “restated”\./
  },
  {
    name: "an unknown series",
    edits: [[table, '"series":"bf16"', '"series":"gptq"']],
    says: /loads\.json: columns\[0\]: unknown series “gptq”\. Add data\/series\/gptq\.json or correct/
  },
  {
    name: "a series defined twice",
    edits: [["series/fp8.json", '"id":"fp8"', '"id":"bf16"']],
    says: /fp8\.json: bf16: this series is already defined in .*bf16\.json\. Give it another id\./
  },
  {
    name: "an unknown source",
    edits: [["series/bf16.json", '"source":"paper"', '"source":"hearsay"']],
    says: /bf16\.json: bf16: unknown source “hearsay”\. Add it to sources\.json or correct the name\.$/
  },
  {
    name: "an address that is not https",
    edits: [["sources.json", '"https://', '"javascript://']],
    says: /sources\.json: \[0\]\.url: Invalid URL/
  },
  {
    name: "a line for what the source does not state",
    edits: [["series/fp8.json", '"kernel":31', '"kernel":31,"dtype":5']],
    says: /fp8\.json: lines\.dtype: the setting has a line and no value\. Give settings\.dtype/
  },
  {
    name: "a date that is not one",
    edits: [["series/bf16.json", '"2026-01-30"', '"2026-02-30"']],
    says: /bf16\.json: settings\.date: Invalid ISO date/
  }
];

describe("bad evidence stops with one line that names file, place and remedy", () => {
  for (const {name, edits, removed = [], says} of cases) {
    it(name, async () => {
      const [line = ""] = await withEdits(edits, removed, faultsOf);
      assert.match(line, says);
      assert.match(line, /\. \S.*\.$/, "no remedy after what is wrong");
    });
  }

  it("and exit code 1, with nothing on stdout", async () => {
    const edits: Edit[] = [[table, "[187,102", "[-187,102"]];
    const {code, stdout, stderr} = await withEdits(edits, [], factsOf);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /loads\.json: rows\[1\]\.values\[0\]: -187 is not a positive system_throughput\./);
    assert.equal(stderr.trim().split("\n").length, 1);
  });
});

describe("several faults at once", () => {
  it("are all listed, with their number", async () => {
    const {code, stderr} = await withEdits(
      [
        ["series/bf16.json", '"kernel":', '"kernels":'],
        ["series/fp8.json", /^.*$/s, "{"],
        [table, "[187,102", "[-187,102"],
        ["sources.json", '"https://', '"http://']
      ],
      [],
      factsOf
    );
    const lines = stderr.trim().split("\n");
    assert.equal(code, 1);
    for (const file of ["bf16.json", "fp8.json", "loads.json", "sources.json"]) {
      assert.ok(
        lines.some((line) => line.includes(file)),
        file
      );
    }
    assert.match(lines.at(-1) ?? "", new RegExp(`^${lines.length - 1} faults; nothing was changed\\.$`));
  });
});

describe("a file that cannot be read", () => {
  const consequences: [string, Edit[], string[]][] = [
    ["a card with a missing field", [["series/bf16.json", '"kernel":"cutlass",', ""]], []],
    ["no list of metrics", [], ["metrics.json"]],
    ["no list of sources", [["sources.json", /^.*$/s, "{"]], []],
    ["a concurrency twice", [[table, row4, `${row4},\n${row4}`]], []]
  ];
  for (const [name, edits, removed] of consequences) {
    it(`is one fault and blames no other file: ${name}`, async () => {
      assert.equal((await withEdits(edits, removed, faultsOf)).length, 1);
    });
  }
});

describe("readEvidence", () => {
  it("reads every kind of evidence", async () => {
    const {sources, metrics, series, tables, statements, hardware, models} = await withEdits(
      [],
      [],
      readEvidence
    );
    assert.deepEqual(
      [sources, metrics, series, tables, statements, hardware, models].map(({length}) => length),
      [1, 2, 2, 2, 3, 1, 1]
    );
  });

  it("writes the place of a fault as a path", () => {
    assert.equal(formatPath(["rows", 2, "values", 0]), "rows[2].values[0]");
    assert.equal(formatPath([0, "url"]), "[0].url");
  });
});

describe("a wrong call", () => {
  it("exits with 2 and names the flag and --help", async () => {
    const {code, stderr} = await runCommand(root, "facts", ["--jsn"]);
    assert.equal(code, 2);
    assert.match(stderr.split("\n")[0] ?? "", /--jsn.*--help lists the flags/);
  });

  it("can be avoided: every command explains itself with --help", async () => {
    const {scripts}: {scripts: Record<string, string>} = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8")
    );
    const commands = Object.values(scripts).flatMap((script) => /tsx (\S+\.ts)$/.exec(script)?.[1] ?? []);
    assert.ok(commands.includes("loaders/cli/build.ts") && commands.includes("test/test.ts"));
    for (const command of commands) {
      const {code, stdout} = await runScript(root, command, ["--help"]);
      assert.equal(code, 0, command);
      assert.match(stdout, /\bnpm (run|test)\b/, command);
    }
  });
});
