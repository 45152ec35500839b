import assert from "node:assert/strict";
import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, it} from "node:test";
import {FaultsError} from "../../loaders/errors/faults.js";
import {formatPath, readEvidence} from "../../loaders/evidence/read-evidence.js";
import {paths} from "../../loaders/paths.js";
import {copyEvidence, type Outcome, root, runCommand, runScript} from "../support/workspace.js";

type Edit = [file: string, from: string | RegExp, to: string];

/** Calls `work` with a copy of the evidence in which some edits were made. */
async function withEdits<T>(
  edits: readonly Edit[],
  removed: readonly string[],
  work: (folder: string) => T | Promise<T>
): Promise<T> {
  const folder = copyEvidence();
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

/** What a command prints and how it exits when the evidence is wrong: the work of loaders/cli/run.ts. */
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

const table = "published/no-mtp.json";
const row4 = '{"concurrency": 4, "values": [187, 47, 102, 107]}';

const cases: {name: string; edits: Edit[]; removed?: string[]; says: RegExp}[] = [
  {
    name: "a file that is not JSON",
    edits: [["series/awq.json", '"label": "AWQ",', '"label": "AWQ"']],
    says: /series\/awq\.json: line \d+: not JSON \(.+\)\. Fix the syntax\.$/
  },
  {
    name: "an empty file",
    edits: [["sources.json", /^.*$/s, ""]],
    says: /sources\.json: line 1: not JSON \(.+\)\. Fix the syntax\.$/
  },
  {
    name: "a file of the wrong kind",
    edits: [["series/awq.json", /^.*$/s, "[]"]],
    says: /series\/awq\.json: expected an object, not an array\. Correct it\.$/
  },
  {
    name: "a file that is missing",
    edits: [],
    removed: ["metrics.json"],
    says: /metrics\.json: the file cannot be read\. Restore it or fix its permissions\.$/
  },
  {
    name: "a missing field",
    edits: [["series/awq.json", '"kernel": "awq_marlin",', ""]],
    says: /series\/awq\.json: settings\.kernel: missing field .+ Add it; write null where the source does not/
  },
  {
    name: "an unknown field",
    edits: [["series/awq.json", '"kernel": "awq', '"colour": "red", "kernel": "awq']],
    says: /series\/awq\.json: settings: unknown field “colour”\. Remove it or correct its name\.$/
  },
  {
    name: "a unit nobody knows",
    edits: [[table, '"unit": "ms"', '"unit": "minutes"']],
    says: /no-mtp\.json: columns\[2\]\.unit: Invalid option: expected one of .*"ms"/
  },
  {
    name: "a unit that is not the metric’s",
    edits: [[table, '"unit": "ms"', '"unit": "tok/s"']],
    says: /no-mtp\.json: columns\[2\]: the unit of ttft_median is ms, not tok\/s\. Convert the values or correct/
  },
  {
    name: "a negative measurement",
    edits: [[table, "[187, 47", "[-187, 47"]],
    says: /no-mtp\.json: rows\[2\]\.values\[0\]: -187 is not a positive system_throughput\. Correct the value\.$/
  },
  {
    name: "a measurement of zero",
    edits: [[table, "[187, 47", "[0, 47"]],
    says: /no-mtp\.json: rows\[2\]\.values\[0\]: 0 is not a positive system_throughput\./
  },
  {
    name: "a number that is not finite",
    edits: [[table, "[187, 47", "[1e999, 47"]],
    says: /no-mtp\.json: rows\[2\]\.values\[0\]: expected a number, not Infinity\. Correct it\.$/
  },
  {
    name: "a number written as text",
    edits: [[table, "[187, 47", '["187", 47']],
    says: /no-mtp\.json: rows\[2\]\.values\[0\]: expected a number, not a string\. Correct it\.$/
  },
  {
    name: "a negative statement",
    edits: [["statements.json", '"value": 22', '"value": -22']],
    says: /statements\.json: \[0\]\.value: .*>0/
  },
  {
    name: "a statement of zero",
    edits: [["statements.json", '"value": 1.28', '"value": 0']],
    says: /statements\.json: \[2\]\.value: .*>0/
  },
  {
    name: "a statement in another unit than one of the same quantity",
    edits: [["statements.json", '"quantity": "throughput"', '"quantity": "memory_bandwidth"']],
    says: /statements\.json: ceiling_throughput: the unit of memory_bandwidth is tok\/s here and TB\/s in ceiling_bandwidth\. Convert/
  },
  {
    name: "a field of a GPU whose unit nobody knows",
    edits: [["hardware/server.json", '"tdp_w"', '"tdp_horsepower"']],
    says: /server\.json: specs\.tdp_horsepower: the name of a field ends in its unit, one of gb, .*\. Correct it\.$/
  },
  {
    name: "a size of a model that is no number",
    edits: [["models/glm-4.7.json", '"hidden_size": 5120', '"hidden_size": "5120"']],
    says: /glm-4\.7\.json: config\.hidden_size: expected a number, not a string\. Correct it\.$/
  },
  {
    name: "two checkpoints of one name",
    edits: [["models/glm-4.7.json", '"id": "nvfp4",', '"id": "awq",']],
    says: /glm-4\.7\.json: awq: this checkpoint is defined in .*glm-4\.7\.json already\. Give it another id\.$/
  },
  {
    name: "a number finer than it is said to be printed",
    edits: [[table, "[187, 47", "[187.5, 47"]],
    says: /no-mtp\.json: rows\[2\]\.values\[0\]: 187\.5 has more than the 0 decimals/
  },
  {
    name: "a row too short",
    edits: [[table, "[187, 47, 102, 107]", "[187, 47, 102]"]],
    says: /no-mtp\.json: rows\[2\]: 3 values for 4 columns\. Give one value a column\.$/
  },
  {
    name: "the same concurrency twice in a table",
    edits: [[table, row4, `${row4},\n${row4}`]],
    says: /no-mtp\.json: rows\[3\]: concurrency 4 has a row already\. Keep one of them\.$/m
  },
  {
    name: "the same point in two tables",
    edits: [["published/comparison-nvfp4.json", '"role": "restated"', '"role": "measured"']],
    says: /no-mtp\.json: rows\[0\]\.values\[0\]: the point awq, system_throughput, C=1 is given in .*comparison-nvfp4\.json: rows\[0\]\.values\[1\] already\. Keep one, or mark the column “restated”\./
  },
  {
    name: "a series nobody defined",
    edits: [[table, '"series": "awq"', '"series": "gptq"']],
    says: /no-mtp\.json: columns\[0\]: nobody defined the series “gptq”\. Add data\/series\/gptq\.json or correct/
  },
  {
    name: "a series defined twice",
    edits: [["series/nvfp4.json", '"id": "nvfp4"', '"id": "awq"']],
    says: /nvfp4\.json: awq: this series is defined in .*awq\.json already\. Give it another id\./
  },
  {
    name: "a source nobody gave",
    edits: [["series/awq.json", '"source": "glm-awq-benchmark"', '"source": "hearsay"']],
    says: /awq\.json: awq: unknown source “hearsay”\. Add it to sources\.json or correct the name\.$/
  },
  {
    name: "an address that is not https",
    edits: [["sources.json", '"https://', '"javascript://']],
    says: /sources\.json: \[0\]\.url: Invalid URL/
  },
  {
    name: "a line for what the source does not state",
    edits: [
      ["series/nvfp4.json", '"max_num_batched_tokens": 31', '"max_num_batched_tokens": 31, "dtype": 5']
    ],
    says: /nvfp4\.json: lines\.dtype: the setting has a line and no value\. Give settings\.dtype/
  },
  {
    name: "a date that is none",
    edits: [["series/awq.json", '"2026-02-22"', '"2026-02-30"']],
    says: /awq\.json: settings\.date: Invalid ISO date/
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
    const edits: Edit[] = [[table, "[187, 47", "[-187, 47"]];
    const {code, stdout, stderr} = await withEdits(edits, [], factsOf);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /no-mtp\.json: rows\[2\]\.values\[0\]: -187 is not a positive system_throughput\./);
    assert.equal(stderr.trim().split("\n").length, 1);
  });
});

describe("several faults at once", () => {
  it("are all listed, with their number", async () => {
    const {code, stderr} = await withEdits(
      [
        ["series/awq.json", '"kernel":', '"kernels":'],
        ["series/nvfp4.json", /^.*$/s, "{"],
        [table, "[187, 47", "[-187, 47"],
        ["sources.json", '"https://', '"http://']
      ],
      [],
      factsOf
    );
    const lines = stderr.trim().split("\n");
    assert.equal(code, 1);
    for (const file of ["awq.json", "nvfp4.json", "no-mtp.json", "sources.json"]) {
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
    ["a card with a missing field", [["series/awq.json", '"kernel": "awq_marlin",', ""]], []],
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
  it("reads the evidence of this report", () => {
    const evidence = readEvidence(paths.data);
    assert.ok(["awq", "awq-mtp1", "nvfp4"].every((id) => evidence.series.some((card) => card.id === id)));
    assert.ok(evidence.tables.length >= 4);
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

  it("need not be guessed: every command explains itself with --help", async () => {
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
