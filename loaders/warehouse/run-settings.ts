import type {Result} from "../results/filed-result.js";
import {recordedSettings} from "../results/recorded-settings.js";
import type {Row} from "./insert.js";

/** A row for each field of the series card. Only integers have a `number`; other values are shown as text. */
export function runSettings({id, run}: Result): Row[] {
  return Object.entries(recordedSettings(run)).map(([field, value]) => ({
    run: id,
    field,
    text: value === null ? null : String(value),
    number: typeof value === "number" && Number.isInteger(value) ? value : null
  }));
}
