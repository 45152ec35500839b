import type {Explorable} from "../explorable.js";
import type {Figure} from "../figure.js";
import type {Material} from "../material.js";
import type {TableModel} from "../table.js";
import {ceiling} from "./ceiling.js";
import {evidence} from "./evidence.js";
import {mtp} from "./mtp.js";
import type {explorableNames, figureNames, tableNames} from "./names.js";
import {quantisation} from "./quantisation.js";

type Named<Names extends readonly string[], T> = Record<Names[number], T>;

/** Every figure and table by the name the pages call it. */
export function findings(material: Material): {
  figures: Named<typeof figureNames, Figure>;
  tables: Named<typeof tableNames, TableModel>;
  explorables: Named<typeof explorableNames, Explorable>;
} {
  const [aboutQuantisation, aboutMtp, aboutCeiling, ofEvidence] = [
    quantisation(material),
    mtp(material),
    ceiling(material),
    evidence(material)
  ];
  return {
    figures: {...aboutQuantisation.figures, ...aboutMtp.figures, ...aboutCeiling.figures},
    tables: {...aboutQuantisation.tables, ...aboutMtp.tables, ...aboutCeiling.tables, ...ofEvidence.tables},
    explorables: {...aboutMtp.explorables, ...aboutCeiling.explorables}
  };
}
