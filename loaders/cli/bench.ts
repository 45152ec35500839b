// npm run bench: measures a server as `vllm bench serve` does.

import {bench} from "../bench/bench.js";
import {describeCall} from "../bench/call/describe-call.js";
import {TYPED} from "../bench/call/flag-names.js";
import {parseArms} from "../bench/call/parse-arms.js";
import {resultFolder} from "../bench/call/result-folder.js";
import {checkPromptFile} from "../bench/prompts/prompt-file.js";
import {failureCounts, whyEnded} from "../bench/run/point-end.js";
import {ResultError} from "../bench/run/result-error.js";
import {HostError} from "../bench/server/host-error.js";
import {messageOf} from "../errors/message-of.js";
import {UsageError} from "../errors/usage-error.js";

const HELP = `Measure an OpenAI-compatible server the way vllm bench serve does, and keep every chunk.

  npm run bench -- --base-url http://HOST:8000 --preset published
  npm run bench -- --base-url http://HOST:8000 --backend openai-chat \\
      --random-input-len 512 --random-output-len 256 --num-prompts 128 --max-concurrency 1,8,64
  npm run bench -- … --dry-run      shows the plan and sends nothing
  npm run bench -- … --resume       completes a sweep that was interrupted
  npm run bench -- --base-url http://A:8000 http://B:8000 --series a b …   compares two servers

No GPU? npm run simulate starts a server to try this on.

Server
  --base-url URL …           without /v1; VLLM_BASE_URL is the default. Several are the arms of a comparison:
                             give each a --series. They take turns at each concurrency of each repeat, in
                             every second repeat in reverse order (ABBA)
  --host HOST --port PORT    (127.0.0.1, 8000) in the place of --base-url, as in vLLM
  --backend NAME             openai (completions, the default), openai-chat, vllm
  --endpoint PATH            /v1/completions, or /v1/chat/completions with openai-chat
  --model NAME               the first one the server lists
  --served-model-name NAME   the name in the payload, where it differs from --model
  --header KEY=VALUE …       sent with every request, recorded nowhere
  --insecure                 accept a certificate that cannot be verified
  OPENAI_API_KEY             sent as the bearer token, recorded nowhere

Prompts
  --dataset-name NAME        random (default), custom, sharegpt, prefix_repetition
  --dataset-path FILE        for custom (JSON Lines of {"prompt"}) and sharegpt
  --num-prompts N            requests a point (1000)
  --seed N                   (0) the same seed and vocabulary give vLLM's random prompts byte for byte
  --vocab-size N             tokenizer.vocab_size of the model, where the server does not tell it
  --special-ids ID,ID,…      tokenizer.all_special_ids, left out of random prompts; from /tokenizer_info
  --input-len N --output-len N   the lengths of whatever dataset is used
  --random-input-len N       (1024)        --random-output-len N    (128)
  --random-range-ratio R     (0)           --random-prefix-len N    (0)
  --custom-output-len N      (256, -1: from the file)
  --skip-chat-template       custom prompts as they stand, which they are in any case; completions need it
  --sharegpt-output-len N    (as long as the recorded answer)
  --prefix-repetition-prefix-len N (256)   --prefix-repetition-suffix-len N  (256)
  --prefix-repetition-num-prefixes N (10)  --prefix-repetition-output-len N  (128)

Load
  --max-concurrency C,C,…    requests open at once; a list is a sweep
  --repeats N                runs of each concurrency, interleaved (3); intervals come from them
  --request-rate R           requests a second (inf: all at once)
  --burstiness B             1 Poisson (default), below 1 bursty, above smoother, inf evenly spaced
  --ramp-up-strategy S       linear or exponential, with --ramp-up-start-rps and --ramp-up-end-rps
  --duration S               start no request after S seconds of a point
  --num-warmups N            requests before each point that are not measured (0)

Requests
  --ignore-eos               always on for random, as in vLLM
  --temperature --top-p --top-k --min-p --frequency-penalty --presence-penalty --repetition-penalty
  --extra-body JSON          merged last into every payload
  --no-continuous-usage      send exactly vLLM's payload; tokens per chunk are then unknown
  --first-token-timeout S (600)  --chunk-timeout S (120)  --request-timeout S (21600)

Results
  --series ID …              the series these runs belong to; they go to data/results/ID. One for each --base-url
  --result-dir DIR           (data/results/ID, or results without a series); of several arms DIR/ID each
  --resume                   skip the points this same call has finished there; refused where the server, its
                             version, its tokenizer, its special ids, its prefix-cache reset or the
                             dataset's file is another
  --max-failures N           stop when more requests than this fail in a point (no limit)
  --goodput KEY:MS …         ttft, tpot, e2el: requests a second within these limits
  --percentile-metrics LIST  (ttft,tpot,itl) which metrics vLLM's keys hold; ours are all kept
  --metric-percentiles LIST  (99)
  --metadata KEY=VALUE …     kept in the result; runs that differ in it are no repeats of each other
  --label TEXT               begins the file's name
  --save-result              accepted as vLLM takes it: results are always saved
  --save-detailed            keep the generated texts too; all else is always kept

Output
  --preset published         512/256 tokens, 32 prompts, concurrency 1,2,4,8,16, chat endpoint
  --disable-tqdm             no progress
  --cpu N                    keep the client to processor N (Linux); where it shares a machine of few with the
                             server, give each its own
  --dry-run  --quiet  --help

Exit codes: 0 all points measured; 1 the server could not be measured, too many or all requests of a
point failed, the server went away, or Ctrl-C;
2 the call is wrong.
`;

async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    process.stdout.write(HELP);
    return 0;
  }
  const arms = parseArms(argv, process.env);
  for (const options of arms) await checkPromptFile(options);
  if (arms.some((options) => options["dry-run"])) {
    process.stdout.write(`${describeCall(arms)}\n`);
    return 0;
  }
  if (!arms.every(({quiet}) => quiet)) process.stderr.write(`${describeCall(arms)}\n\n`);
  const interrupt = new AbortController();
  process.once("SIGINT", () => {
    process.stderr.write("\nStopping: the results so far are being written. Ctrl-C again ends at once.\n");
    interrupt.abort();
    process.once("SIGINT", () => process.exit(1));
  });
  const {end, cutShort} = await bench(arms, {
    stdout: process.stdout,
    stderr: process.stderr,
    apiKey: process.env.OPENAI_API_KEY || undefined,
    signal: interrupt.signal
  });
  if (end === "finished") return 0;
  const failures = failureCounts(cutShort?.requests ?? []);
  const where = failures === null ? "" : ` (${failures} of ${cutShort?.settings.base_url})`;
  const resume =
    end === "nothing-due"
      ? ""
      : ` What was measured is in ${arms.map(resultFolder).join(" and ")}. Run the same command with --resume to complete it.`;
  process.stderr.write(`The sweep is not complete: ${whyEnded(end, TYPED)}${where}.${resume}\n`);
  return 1;
}

// Who reads along may stop (`| head`), and a disk may be full: what is measured goes to files all the same.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});

/** Errors whose one line says all. */
const EXPECTED = [UsageError, HostError, ResultError];

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const message = messageOf(error);
  process.stderr.write(`${message}\n`);
  if (!EXPECTED.some((kind) => error instanceof kind) && error instanceof Error) {
    process.stderr.write(`${error.stack?.split("\n").slice(1).join("\n") ?? ""}\n`);
  }
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
