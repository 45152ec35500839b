/** The counters behind `/metrics`, under the names of vLLM 0.15.1. */

const TTFT_BUCKETS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640,
  2560
];
const ITL_BUCKETS = [
  0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80
];
const LATENCY_BUCKETS = [
  0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680
];

const FINISHED_REASONS = ["stop", "length", "abort", "error", "repetition"] as const;
type FinishedReason = (typeof FINISHED_REASONS)[number];

class Histogram {
  readonly buckets: readonly number[];
  readonly counts: number[];
  sum = 0;
  count = 0;

  constructor(buckets: readonly number[]) {
    this.buckets = buckets;
    this.counts = buckets.map(() => 0);
  }

  observe(value: number): void {
    this.sum += value;
    this.count++;
    for (const [index, bound] of this.buckets.entries()) {
      if (value <= bound) this.counts[index] = (this.counts[index] ?? 0) + 1;
    }
  }
}

export class Metrics {
  promptTokens = 0;
  generationTokens = 0;
  prefixCacheQueries = 0;
  prefixCacheHits = 0;
  numPreemptions = 0;
  drafts = 0;
  draftTokens = 0;
  acceptedTokens = 0;
  readonly acceptedPerPosition: number[];
  readonly requestSuccess = new Map<FinishedReason, number>(FINISHED_REASONS.map((reason) => [reason, 0]));
  readonly timeToFirstToken = new Histogram(TTFT_BUCKETS);
  readonly interTokenLatency = new Histogram(ITL_BUCKETS);
  readonly e2eLatency = new Histogram(LATENCY_BUCKETS);
  readonly queueTime = new Histogram(LATENCY_BUCKETS);

  constructor(draftTokens: number) {
    this.acceptedPerPosition = Array.from({length: draftTokens}, () => 0);
  }

  draft(draftTokens: number, accepted: number): void {
    this.drafts++;
    this.draftTokens += draftTokens;
    this.acceptedTokens += accepted;
    for (let position = 0; position < accepted; position++) {
      this.acceptedPerPosition[position] = (this.acceptedPerPosition[position] ?? 0) + 1;
    }
  }

  finish(reason: FinishedReason): void {
    this.requestSuccess.set(reason, (this.requestSuccess.get(reason) ?? 0) + 1);
  }
}

interface Gauges {
  numRequestsRunning: number;
  numRequestsWaiting: number;
  kvCacheUsage: number;
}

interface MetricsPage {
  metrics: Metrics;
  gauges: Gauges;
  model: string;
  isSpeculating: boolean;
  createdS: number;
}

type Labels = Record<string, string>;

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}="${value.replace(/["\\]/g, "\\$&")}"`);
  return `{${pairs.join(",")}}`;
}

/** prometheus_client writes every sample as a float. */
function float(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

export function renderMetrics({metrics, gauges, model, isSpeculating, createdS}: MetricsPage): string {
  const base: Labels = {engine: "0", model_name: model};
  const lines: string[] = [];

  const gauge = (name: string, help: string, value: number) => {
    lines.push(`# HELP vllm:${name} ${help}`, `# TYPE vllm:${name} gauge`);
    lines.push(`vllm:${name}${labelText(base)} ${float(value)}`);
  };
  const counter = (name: string, help: string, samples: readonly (readonly [Labels, number])[]) => {
    lines.push(`# HELP vllm:${name}_total ${help}`, `# TYPE vllm:${name}_total counter`);
    for (const [labels, value] of samples)
      lines.push(`vllm:${name}_total${labelText({...base, ...labels})} ${float(value)}`);
    lines.push(`# HELP vllm:${name}_created ${help}`, `# TYPE vllm:${name}_created gauge`);
    for (const [labels] of samples)
      lines.push(`vllm:${name}_created${labelText({...base, ...labels})} ${createdS}`);
  };
  const histogram = (name: string, help: string, {buckets, counts, sum, count}: Histogram) => {
    lines.push(`# HELP vllm:${name} ${help}`, `# TYPE vllm:${name} histogram`);
    for (const [index, bound] of buckets.entries()) {
      lines.push(`vllm:${name}_bucket${labelText({...base, le: float(bound)})} ${float(counts[index] ?? 0)}`);
    }
    lines.push(`vllm:${name}_bucket${labelText({...base, le: "+Inf"})} ${float(count)}`);
    lines.push(
      `vllm:${name}_count${labelText(base)} ${float(count)}`,
      `vllm:${name}_sum${labelText(base)} ${float(sum)}`
    );
    lines.push(`# HELP vllm:${name}_created ${help}`, `# TYPE vllm:${name}_created gauge`);
    lines.push(`vllm:${name}_created${labelText(base)} ${createdS}`);
  };

  gauge("num_requests_running", "Number of requests in model execution batches.", gauges.numRequestsRunning);
  gauge("num_requests_waiting", "Number of requests waiting to be processed.", gauges.numRequestsWaiting);
  gauge("kv_cache_usage_perc", "KV-cache usage. 1 means 100 percent usage.", gauges.kvCacheUsage);
  counter("prefix_cache_queries", "Prefix cache queries, in terms of number of queried tokens.", [
    [{}, metrics.prefixCacheQueries]
  ]);
  counter("prefix_cache_hits", "Prefix cache hits, in terms of number of cached tokens.", [
    [{}, metrics.prefixCacheHits]
  ]);
  counter("num_preemptions", "Cumulative number of preemption from the engine.", [
    [{}, metrics.numPreemptions]
  ]);
  counter("prompt_tokens", "Number of prefill tokens processed.", [[{}, metrics.promptTokens]]);
  counter("generation_tokens", "Number of generation tokens processed.", [[{}, metrics.generationTokens]]);
  counter(
    "request_success",
    "Count of successfully processed requests.",
    [...metrics.requestSuccess].map(([reason, count]) => [{finished_reason: reason}, count] as const)
  );
  if (isSpeculating) {
    counter("spec_decode_num_drafts", "Number of spec decoding drafts.", [[{}, metrics.drafts]]);
    counter("spec_decode_num_draft_tokens", "Number of draft tokens.", [[{}, metrics.draftTokens]]);
    counter("spec_decode_num_accepted_tokens", "Number of accepted tokens.", [[{}, metrics.acceptedTokens]]);
    counter(
      "spec_decode_num_accepted_tokens_per_pos",
      "Accepted tokens per draft position.",
      metrics.acceptedPerPosition.map((count, position) => [{position: String(position)}, count] as const)
    );
  }
  histogram(
    "time_to_first_token_seconds",
    "Histogram of time to first token in seconds.",
    metrics.timeToFirstToken
  );
  histogram(
    "inter_token_latency_seconds",
    "Histogram of inter-token latency in seconds.",
    metrics.interTokenLatency
  );
  histogram(
    "e2e_request_latency_seconds",
    "Histogram of e2e request latency in seconds.",
    metrics.e2eLatency
  );
  histogram(
    "request_queue_time_seconds",
    "Histogram of time spent in WAITING phase for request.",
    metrics.queueTime
  );
  return `${lines.join("\n")}\n`;
}
