import type {Figure} from "../figure.js";
import type {Material} from "../material.js";
import type {TableModel} from "../table.js";
import {ceiling} from "./ceiling.js";
import {evidence} from "./evidence.js";
import {mtp} from "./mtp.js";
import {quantisation} from "./quantisation.js";

/** Every figure and table by the name the pages call it. */
export function findings(material: Material): {
  figures: Record<string, Figure>;
  tables: Record<string, TableModel>;
  explorables: Record<string, unknown>;
} {
  const all = [quantisation, mtp, ceiling, evidence].map((finding) => finding(material));
  return {
    figures: Object.assign({}, ...all.map(({figures}) => figures)),
    tables: Object.assign({}, ...all.map(({tables}) => tables)),
    explorables: Object.assign({}, ...all.map(({explorables}) => explorables))
  };
}
