import assert from "node:assert/strict";
import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {readResult} from "../../loaders/formats/read-result.js";
import {RunRecord} from "../../loaders/formats/run-record.js";
import {resultFileName, toRun, VllmResult} from "../../loaders/formats/vllm-file.js";

const summary = {
  date: "20260203-202832",
  endpoint_type: "openai-chat",
  backend: "openai-chat",
  label: null,
  model_id: "Qwen/Qwen3-8B",
  tokenizer_id: "Qwen/Qwen3-8B",
  num_prompts: 3,
  request_rate: "inf",
  burstiness: 1,
  max_concurrency: 32,
  duration: 2,
  completed: 2,
  failed: 1,
  total_input_tokens: 20,
  total_output_tokens: 6,
  request_throughput: 1,
  request_goodput: null,
  output_throughput: 3,
  total_token_throughput: 13,
  max_output_tokens_per_s: 4,
  max_concurrent_requests: 2,
  mean_ttft_ms: 150,
  p99_ttft_ms: 199
};

const detailed = {
  ...summary,
  input_lens: [10, 10, 10],
  output_lens: [3, 3, 0],
  ttfts: [0.1, 0.2, 0],
  itls: [[0.05, 0.05], [0.1, 0.1], []],
  start_times: [1000, 1000.5, 1001],
  generated_texts: ["a", "b", ""],
  errors: ["", "", "Traceback\nConnectionResetError: gone"]
};

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vllm-bench-"));
});
after(() => rm(folder, {recursive: true}));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), {recursive: true});
  await writeFile(path, content);
  return path;
}

test("a summary without detailed arrays keeps the reported figures and has no requests", async () => {
  const [run] = await readResult(await file("summary-only.json", JSON.stringify(summary)));
  assert.equal(run?.requests, null);
  assert.equal(run?.events, null);
  assert.equal(run?.settings.request_rate, "inf");
  assert.deepEqual(run?.metrics["as-reported"], {
    duration_s: 2,
    completed: 2,
    failed: 1,
    total_input_tokens: 20,
    total_output_tokens: 6,
    request_throughput: 1,
    request_goodput: null,
    output_throughput: 3,
    total_token_throughput: 13,
    max_output_tokens_per_s: 4,
    max_concurrent_requests: 2,
    mean_ttft_ms: 150,
    p99_ttft_ms: 199
  });
});

test("detailed arrays become requests and chunks in order of arrival", async () => {
  const [run] = await readResult(await file("detailed.json", JSON.stringify(detailed)));
  assert.deepEqual(
    run?.requests?.map((r) => [r.start_ms, r.end_ms, r.completion_tokens, r.failure?.message ?? null]),
    [
      [0, 200, 3, null],
      [500, 900, 3, null],
      [1000, null, 0, "ConnectionResetError: gone"]
    ]
  );
  assert.deepEqual([...(run?.events?.request ?? [])], [0, 0, 0, 1, 1, 1]);
  assert.deepEqual([...(run?.events?.time_ns ?? [])], [1e8, 1.5e8, 2e8, 7e8, 8e8, 9e8]);
  const {events: _, ...record} = run ?? assert.fail();
  assert.deepEqual(RunRecord.parse(record), record);
});

test("without start times the chunks count from each request's own start", async () => {
  const {start_times: _, ...older} = detailed;
  const [run] = await readResult(await file("older.json", JSON.stringify(older)));
  assert.equal(run?.clock, "request");
  assert.equal(run?.requests?.[1]?.start_ms, null);
  assert.deepEqual([...(run?.events?.time_ns ?? [])].slice(0, 2), [1e8, 1.5e8]);
});

// What vLLM of September 2026 writes without --save-detailed, which omits all other arrays.
const undetailed = {...summary, latencies: [0.2, 0.4, 0], queue_times: [0, 0.1, 0.3]};

test("latencies alone become requests without a first chunk, and one that took no time has failed", async () => {
  const [run] = await readResult(await file("undetailed.json", JSON.stringify(undetailed)));
  assert.equal(run?.clock, "request");
  assert.deepEqual(
    run?.requests?.map((r) => [r.scheduled_ms, r.start_ms, r.end_ms, r.http_status, r.failure]),
    [
      [0, null, 200, 200, null],
      [-100, null, 400, 200, null],
      [-300, null, null, null, {kind: "unknown", message: "the file gives no reason", retry_after_s: null}]
    ]
  );
  assert.equal(run?.events, null);
  const {events: _, ...record} = run ?? assert.fail();
  assert.deepEqual(RunRecord.parse(record), record);
});

const {mean_ttft_ms: _, p99_ttft_ms: __, ...common} = summary;
// Pooling (embeddings, rerank) does not stream: no version writes an array of TTFTs for it.
const pooled = {
  ...common,
  endpoint_type: "openai-embeddings",
  backend: "openai-embeddings",
  mean_e2el_ms: 300,
  input_lens: [10, 10, 10],
  errors: ["", "", "Internal Server Error"]
};

test("pooling answers are not failures for lack of a TTFT", async () => {
  const ends = async (name: string, more: Record<string, unknown>) => {
    const [run] = await readResult(await file(name, JSON.stringify({...pooled, ...more})));
    assert.equal(run?.events, null);
    assert.equal(run?.metrics["as-reported"]?.mean_ttft_ms, undefined);
    assert.equal(run?.metrics["as-reported"]?.mean_e2el_ms, 300);
    return run?.requests?.map((r) => [r.start_ms, r.end_ms, r.failure?.message ?? null]);
  };
  const failed = "Internal Server Error";
  assert.deepEqual(await ends("pooling-2026-02.json", {ttfts: []}), [
    [null, null, null],
    [null, null, null],
    [null, null, failed]
  ]);
  const latencies = [0.2, 0.4, 0];
  assert.deepEqual(await ends("pooling-2026-09.json", {latencies, start_times: []}), [
    [null, 200, null],
    [null, 400, null],
    [null, null, failed]
  ]);
  // Only the Rust client says when each began.
  assert.deepEqual(await ends("pooling-rust.json", {latencies, start_times: [5, 5.5, 6]}), [
    [0, 200, null],
    [500, 900, null],
    [1000, null, failed]
  ]);
});

test("bare Infinity and NaN are read, even next to a string that spells them", async () => {
  const text = JSON.stringify({...summary, label: 'NaN \\ "Infinity"'})
    .replace('"burstiness":1', '"burstiness":Infinity')
    .replace('"mean_ttft_ms":150', '"mean_ttft_ms":NaN');
  const [run] = await readResult(await file("infinity.json", text));
  assert.equal(run?.settings.burstiness, "inf");
  assert.equal(run?.metrics["as-reported"]?.mean_ttft_ms, null);
  assert.equal(run?.settings.label, 'NaN \\ "Infinity"');
});

test("JSON Lines in a .json file give one run per line", async () => {
  const text = `${JSON.stringify(summary)}\n${JSON.stringify(detailed)}`;
  const runs = await readResult(await file("appended.json", text));
  assert.deepEqual(
    runs.map((run) => [run.id, run.requests?.length ?? null]),
    [
      ["appended#0", null],
      ["appended#1", 3]
    ]
  );
});

test("keys added by later versions and sweeps are kept as metadata", async () => {
  const [run] = await readResult(await file("later.json", JSON.stringify({...summary, rtfx: 2, tp: "4"})));
  assert.deepEqual(run?.settings.metadata, {rtfx: 2, tp: "4"});
});

test("a file that is not a result is refused in one line that names it", async () => {
  await assert.rejects(readResult(await file("other.json", '{"a":1}')), (error: Error) => {
    assert.match(error.message, /other\.json: not a result of vllm bench serve/);
    assert.doesNotMatch(error.message, /\n/);
    return true;
  });
  await assert.rejects(readResult(await file("broken.json", '{"a":')), /broken\.json: not JSON/);
  await assert.rejects(readResult(folder), (error: Error) => {
    assert.ok(error.message.startsWith(`${folder}: cannot be read (EISDIR`), error.message);
    return true;
  });
});

test("a file that is not JSON or holds no result is refused in one line with a remedy", async () => {
  for (const [name, text, line] of [
    ["csv.json", "a,b\n", `not JSON (Unexpected token 'a', "a,b\\n" is not valid JSON)`],
    ["none.json", "[]", "there is no result in it"]
  ] as const) {
    const path = await file(name, text);
    await assert.rejects(readResult(path), {
      message: `${path}: ${line}. Give a file of vllm bench serve or npm run bench.`
    });
  }
});

test("a byte order mark is not part of a document", async () => {
  const text = JSON.stringify(summary);
  for (const marked of [
    `\uFEFF${text}`,
    `\uFEFF${text}\n${text}`,
    `\uFEFF${text.replace(":150,", ":NaN,")}`
  ]) {
    const runs = await readResult(await file("marked.json", marked));
    assert.equal(runs[0]?.settings.model, "Qwen/Qwen3-8B");
  }
});

test("a refusal names the key and its value", async () => {
  await assert.rejects(
    readResult(await file("key.json", JSON.stringify({...summary, completed: "two"}))),
    /key\.json: not a result of vllm bench serve: “completed” is "two": /
  );
  const {model_id: _, ...nameless} = summary;
  await assert.rejects(
    readResult(await file("nameless.json", JSON.stringify(nameless))),
    /nameless\.json: not a result of vllm bench serve: “model_id” is missing: /
  );
});

test("a number that cannot have been measured is refused by its key", async () => {
  const wrong: Record<string, unknown> = {
    num_prompts: 1e12,
    max_concurrency: 2 ** 24,
    run_number: 1e12,
    completed: -1,
    failed: 1e12,
    request_rate: 1e-7,
    ramp_up_start_rps: -1,
    duration: 1e300,
    request_throughput: 1e300,
    mean_ttft_ms: 1e308,
    median_ttft_ms: 5e-324,
    max_concurrent_requests: -1e16,
    "input_lens.0": [512.5, 1, 2],
    "output_lens.0": [-3e9, 1, 2],
    "output_lens.1": [1, 3e9, 2],
    "ttfts.0": [-1, 0.2, 0.3],
    "ttfts.1": [0.1, 1e300, 0.3],
    "itls.0.0": [[-0.05, 1], [0.1], []],
    "start_times.2": [0, 1, 1e300],
    "latencies.0": [-1, 1, 1],
    "queue_times.2": [1, 1, 1e300]
  };
  for (const [key, value] of Object.entries(wrong)) {
    const text = JSON.stringify({...detailed, [key.split(".")[0] ?? ""]: value});
    await assert.rejects(readResult(await file("wrong.json", text)), (error: Error) => {
      const start = `wrong.json: not a result of vllm bench serve: “${key}” is `;
      assert.ok(error.message.includes(start), `${key}: ${error.message}`);
      assert.match(error.message, /\. Give the file as it was written\.$/);
      return true;
    });
  }
});

test("more results than prompts are refused, fewer are not", async () => {
  const refused = async (more: Record<string, unknown>, line: string) => {
    const path = await file("counts.json", JSON.stringify({...summary, failed: undefined, ...more}));
    const reason = `${path}: not a result of vllm bench serve: “completed” is ${line}. Give the file as it was written.`;
    await assert.rejects(readResult(path), {message: reason});
  };
  await refused({completed: 40, num_prompts: 32}, "40: more than “num_prompts” 32");
  await refused({completed: 2, failed: 2}, "2: with “failed” 2 more than “num_prompts” 3");
  const fewer = {...summary, num_prompts: 100};
  const [run] = await readResult(await file("fewer.json", JSON.stringify(fewer)));
  assert.equal(run?.settings.num_prompts, 100);
});

test("a date in another form than vLLM's is refused by its key", async () => {
  for (const date of ["yesterday", "2026-02-03", "20260203-2028", "20261303-202832", ""]) {
    const path = await file("date.json", JSON.stringify({...summary, date}));
    const reason = `“date” is "${date}": not YYYYmmdd-HHMMSS, as vLLM writes it where --metadata sets no “date”`;
    await assert.rejects(readResult(path), {
      message: `${path}: not a result of vllm bench serve: ${reason}. Give the file as it was written.`
    });
  }
});

test("a latency below 0 is refused unless two clock readings can explain it", async () => {
  for (const key of ["median_ttft_ms", "std_itl_ms", "p99.9_e2el_ms", "max_concurrent_requests"]) {
    const path = await file("negative.json", JSON.stringify({...summary, [key]: -5}));
    await assert.rejects(readResult(path), (error: Error) => {
      assert.ok(error.message.includes(`“${key}” is -5: `), error.message);
      return true;
    });
  }
  const tpot = (median_tpot_ms: number) => JSON.stringify({...summary, median_tpot_ms});
  await assert.rejects(readResult(await file("tpot.json", tpot(-5))), /“median_tpot_ms” is -5: /);
  const [run] = await readResult(await file("tpot.json", tpot(-0.01)));
  assert.equal(run?.metrics["as-reported"]?.median_tpot_ms, -0.01);
});

test("there is no warning about percentiles of a time that was not measured", async () => {
  const warned = async (more: Record<string, unknown>) => {
    const [run] = await readResult(await file("warned.json", JSON.stringify({...summary, ...more})));
    return run?.warnings.map(({message}) => message);
  };
  const failed = {completed: 0, failed: 3, mean_ttft_ms: 0, p99_ttft_ms: 0};
  assert.deepEqual(await warned(failed), ["3 of 3 requests failed"]);
  assert.deepEqual(await warned({completed: 3, failed: 0, mean_tpot_ms: 0, p99_tpot_ms: 0}), [
    "no more than the extreme value repeated: p99 ttft of 3 values each"
  ]);
});

test("counts that its arrays contradict are refused", async () => {
  const refused = async (more: Record<string, unknown>, line: string) => {
    const path = await file("counts.json", JSON.stringify({...detailed, ...more}));
    const message = `${path}: ${line}. Give the file as it was written.`;
    await assert.rejects(readResult(path), {message});
  };
  await refused(
    {completed: 1, failed: 1},
    "“input_lens” holds 3 requests and “completed” and “failed” are 2"
  );
  await refused({completed: 1, failed: 2}, "“output_lens” holds 2 answers and “completed” is 1");
  const {failed: ___, ...rest} = pooled;
  const path = await file("pooled.json", JSON.stringify({...rest, num_prompts: 9, completed: 4}));
  await assert.rejects(readResult(path), {
    message: `${path}: “input_lens” holds 3 requests and “completed” is 4. Give the file as it was written.`
  });
  // A stream that holds only an error counts as an answer.
  const answered = {...detailed, completed: 3, failed: 0};
  assert.equal((await readResult(await file("answered.json", JSON.stringify(answered)))).length, 1);
});

test("a truncated last line is refused by its number", async () => {
  const line = JSON.stringify(summary);
  await assert.rejects(
    readResult(await file("cut.jsonl", `${line}\n\n${line.slice(0, 40)}`)),
    /cut\.jsonl: not JSON \(line 3: /
  );
});

test("arrays of different requests are refused, empty ones are not", async () => {
  await assert.rejects(
    readResult(await file("misaligned.json", JSON.stringify({...detailed, ttfts: [0.1, 0.2]}))),
    /misaligned\.json: “input_lens” holds 3 requests and “ttfts” 2\. Save/
  );
  await assert.rejects(
    readResult(
      await file(
        "second.jsonl",
        [summary, {...detailed, ttfts: [0.1]}].map((r) => JSON.stringify(r)).join("\n")
      )
    ),
    /second\.jsonl, document 2: “input_lens” holds 3 requests and “ttfts” 1\. Save/
  );
  const [run] = await readResult(await file("empty.json", JSON.stringify({...detailed, errors: []})));
  assert.equal(run?.requests?.length, 3);
});

test("if nothing succeeded, no time has a statistic", async () => {
  const failed = {...summary, completed: 0, failed: 3, mean_ttft_ms: 0, p99_ttft_ms: 0};
  const [run] = await readResult(await file("failed.json", JSON.stringify(failed)));
  assert.equal(run?.metrics["as-reported"]?.mean_ttft_ms, null);
  assert.equal(run?.metrics["as-reported"]?.p99_ttft_ms, null);
  assert.ok(run?.warnings.some(({code}) => code === "failures"));
});

function nameOf(document: unknown): string {
  const {settings, date} = toRun(VllmResult.parse(document), "");
  return resultFileName(settings, date ?? "");
}

test("the file name is vLLM's", () => {
  assert.equal(nameOf(summary), "openai-chat-infqps-concurrency32-Qwen3-8B-20260203-202832.json");
  assert.equal(
    nameOf({...summary, request_rate: 4, label: "x", max_concurrency: null}),
    "x-4.0qps-Qwen3-8B-20260203-202832.json"
  );
});
