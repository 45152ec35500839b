// npm run bench: measures a server as `vllm bench serve` does.

import {bench} from "../bench/bench.js";
import {BENCH_GROUPS} from "../bench/call/bench-flags.js";
import {describeCall} from "../bench/call/describe-call.js";
import {TYPED} from "../bench/call/flag-names.js";
import {parseArms} from "../bench/call/parse-arms.js";
import {resultFolder} from "../bench/call/result-folder.js";
import {checkPromptFile} from "../bench/prompts/prompt-file.js";
import {failureCounts, whyEnded} from "../bench/run/point-end.js";
import {runCommand} from "./run.js";

const help = {
  before: `Measure an OpenAI-compatible server the way vllm bench serve does, and keep every chunk.

  npm run bench -- --base-url http://HOST:8000 --preset published
  npm run bench -- --base-url http://HOST:8000 --backend openai-chat \\
      --random-input-len 512 --random-output-len 256 --num-prompts 128 --max-concurrency 1,8,64
  npm run bench -- … --dry-run      shows the plan and sends nothing
  npm run bench -- … --resume       completes a sweep that was interrupted
  npm run bench -- --base-url http://A:8000 http://B:8000 --series a b …   compares two servers

No GPU? npm run simulate starts a server to try this on.`,
  groups: BENCH_GROUPS,
  after: `Exit codes: 0 all points measured; 1 the server could not be measured, too many or all requests of a
point failed, the server went away, or Ctrl-C; 2 the call is wrong.`
};

async function work(argv: readonly string[]): Promise<void> {
  const arms = parseArms(argv, process.env);
  for (const options of arms) await checkPromptFile(options);
  if (arms.some((options) => options["dry-run"])) {
    console.log(describeCall(arms));
    return;
  }
  if (!arms.every(({quiet}) => quiet)) console.error(`${describeCall(arms)}\n`);
  const interrupt = new AbortController();
  process.once("SIGINT", () => {
    console.error("\nStopping: the results so far are being written. Ctrl-C again ends at once.");
    interrupt.abort();
    process.once("SIGINT", () => process.exit(1));
  });
  const {end, cutShort} = await bench(arms, {
    stdout: process.stdout,
    stderr: process.stderr,
    apiKey: process.env.OPENAI_API_KEY || undefined,
    signal: interrupt.signal
  });
  if (end === "finished") return;
  const failures = failureCounts(cutShort?.requests ?? []);
  const where = failures === null ? "" : ` (${failures} of ${cutShort?.settings.base_url})`;
  const resume =
    end === "nothing-due"
      ? ""
      : ` What was measured is in ${arms.map(resultFolder).join(" and ")}. Run the same command with --resume to complete it.`;
  throw new Error(`The sweep is not complete: ${whyEnded(end, TYPED)}${where}.${resume}`);
}

await runCommand({help, work, outlivesReaders: true});
