import {Ceiling} from "../../src/figures/ceiling.js";
import {Change} from "../../src/figures/change.js";
import type {FigureOptions} from "../../src/figures/style.js";
import {Throughput} from "../../src/figures/throughput.js";
import {Ttft} from "../../src/figures/ttft.js";
import type {Fact} from "../facts/read.js";
import {concurrencyRows, fact, family, interval, type Material, seriesLabel, seriesRows} from "./facts-by.js";
import type {TableName} from "./tables-by-name.js";

/** A figure of the pages: how it is drawn, what it says in words, and the table that says the same. */
export interface Figure {
  draw: (options: FigureOptions) => Element;
  alt: string;
  table: TableName;
}

const SMALL_HEIGHT = 200;

const finding = {
  "throughput-awq-nvfp4": (material: Material): Figure => ({
    draw: (options) => Throughput(seriesRows(material, "throughput", ["awq", "nvfp4"]), options),
    alt: `Line chart of system throughput by concurrency. ${lines(material, "throughput", ["awq", "nvfp4"])}`,
    table: "lead"
  }),
  lead: (material: Material): Figure => ({
    draw: (options) =>
      Change(concurrencyRows(material, "lead"), {
        ...options,
        label: `Lead of ${seriesLabel(material, "awq")} over ${seriesLabel(material, "nvfp4")}`
      }),
    alt: `Bar chart of the lead of ${seriesLabel(material, "awq")} over ${seriesLabel(material, "nvfp4")} in system throughput by concurrency: ${byConcurrency(material, "lead")}.`,
    table: "lead"
  }),
  "throughput-mtp": (material: Material): Figure => ({
    draw: (options) => Throughput(seriesRows(material, "throughput", ["awq", "awq-mtp1"]), options),
    alt: `Line chart of system throughput by concurrency. ${lines(material, "throughput", ["awq", "awq-mtp1"])}`,
    table: "mtp"
  }),
  "mtp-delta": (material: Material): Figure => ({
    draw: (options) =>
      Change(concurrencyRows(material, "mtp_delta"), {
        ...options,
        label: "Change by MTP",
        crossing: interval(fact(material, "break_even"))
      }),
    alt: `Bar chart of the change of system throughput by MTP: ${byConcurrency(material, "mtp_delta")}. It passes zero at an interpolated concurrency of ${fact(material, "break_even").text}.`,
    table: "mtp"
  }),
  ttft: (material: Material): Figure => ({
    draw: (options) => Ttft(seriesRows(material, "ttft", ["awq", "awq-mtp1"]), options),
    alt: `Dot chart of the median time to first token by concurrency. ${lines(material, "ttft", ["awq", "awq-mtp1"])}`,
    table: "ttft"
  }),
  ceiling: (material: Material): Figure => ({
    draw: (options) =>
      Ceiling(
        seriesRows(material, "throughput", ["awq", "awq-mtp1", "nvfp4"]).filter(
          (row) => row.concurrency === 1
        ),
        {...options, ceiling: interval(fact(material, "ceiling"))}
      ),
    alt: `Bar chart of system throughput at a concurrency of one against the published ceiling of ${fact(material, "ceiling").text}: ${["awq", "awq-mtp1", "nvfp4"].map((id) => `${seriesLabel(material, id)} ${fact(material, `throughput.${id}.c1`).text}`).join(", ")}.`,
    table: "ceiling"
  })
};

/** Every figure by the name the pages call it. */
export const figures = {
  ...finding,
  "lead-small": small(finding.lead),
  "mtp-delta-small": small(finding["mtp-delta"]),
  "ceiling-small": small(finding.ceiling)
};

/** The same figure for the front page. */
function small(figure: (material: Material) => Figure) {
  return (material: Material): Figure => {
    const {draw, ...rest} = figure(material);
    return {...rest, draw: (options) => draw({...options, height: SMALL_HEIGHT})};
  };
}

function byConcurrency(material: Material, name: string): string {
  return family(material, name).map(atConcurrency).join(", ");
}

function lines(material: Material, name: string, ids: readonly string[]): string {
  return ids
    .map((id) => {
      const points = family(material, name).filter(({key}) => key.series === id);
      return `${seriesLabel(material, id)}: ${points.map(atConcurrency).join(", ")}.`;
    })
    .join(" ");
}

function atConcurrency({key, text}: Fact): string {
  return `${text} at concurrency ${key.concurrency}`;
}
