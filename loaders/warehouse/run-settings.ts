import type {Result} from "../results/filed-result.js";
import {recordedSettings} from "../results/recorded-settings.js";
import type {Row} from "./insert.js";

/** A row a field of the card of its series. What is no whole number is shown as its text. */
export function runSettings({id, run}: Result): Row[] {
  return Object.entries(recordedSettings(run)).map(([field, value]) => ({
    run: id,
    field,
    text: value === null ? null : String(value),
    number: typeof value === "number" && Number.isInteger(value) ? value : null
  }));
}
