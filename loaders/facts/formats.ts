import type {Format} from "../../src/format.js";

const throughput: Format = {decimals: 0, unit: "tok/s"};
const milliseconds: Format = {decimals: 0, unit: "ms"};
const change: Format = {decimals: 0, scale: "percent", signed: true};
const count: Format = {decimals: 0};

/** How each family of facts is written; every .sql file of this folder has an entry. */
export const formats: Record<string, Format | ((key: Readonly<Record<string, string | number>>) => Format)> =
  {
    break_even: {decimals: 1},
    break_even_bracket: count,
    ceiling: {decimals: 0, unit: "tok/s"},
    difference_count: count,
    implied_bandwidth: {decimals: 2, unit: "TB/s"},
    lead: change,
    lead_extreme: change,
    mtp_delta: change,
    mtp_gain_max: change,
    over_ceiling: change,
    per_request: throughput,
    printed_agreement: count,
    printed_change: change,
    evidence_count: count,
    setting_number: count,
    shared_concurrencies: count,
    stated_value: ({id}) =>
      ({
        ceiling_weights_per_gpu: {decimals: 0, unit: "GB"},
        ceiling_gpu_count: count,
        ceiling_bandwidth: {decimals: 2, unit: "TB/s"},
        ceiling_throughput: throughput,
        acceptance_rate: {decimals: 1, unit: "%"},
        acceptance_length: {decimals: 2, unit: "tokens"}
      })[String(id)] ?? count,
    throughput,
    tpot: {decimals: 2, unit: "ms"},
    ttft: milliseconds,
    ttft_change: {decimals: 0, signed: true, unit: "ms"},
    ttft_change_relative: change,
    ttft_p99: milliseconds,
    ttft_worse: count
  };
