import type {DuckDBValue} from "@duckdb/node-api";
import type {Result} from "../results/filed-result.js";
import {recordedSettings} from "../results/recorded-settings.js";

/** A row a field of the card of its series. What is no whole number is shown as its text. */
export function runSettings({id, run}: Result): DuckDBValue[][] {
  return Object.entries(recordedSettings(run)).map(([field, value]) => [
    id,
    field,
    value === null ? null : String(value),
    Number.isInteger(value) ? value : null
  ]);
}
