import * as Plot from "@observablehq/plot";
import {type SeriesRow, seriesColor} from "./style.js";

const LABEL_HEIGHT = 16;

/** Room to the right for the longest name. */
export function labelMargin(rows: readonly SeriesRow[]): number {
  return 16 + 9.5 * Math.max(...rows.map(({label}) => label.length));
}

/** A point for each row, and the name of each series beside its last one. */
export function points(rows: readonly SeriesRow[], height: number): Plot.Markish[] {
  return [
    Plot.dot(rows, {x: "concurrency", y: "value", fill: (row: SeriesRow) => seriesColor(row.series), r: 4}),
    ...endLabels(rows, height)
  ];
}

/** A line for each series, its points and its name. */
export function lines(rows: readonly SeriesRow[], height: number): Plot.Markish[] {
  return [
    Plot.line(rows, {
      x: "concurrency",
      y: "value",
      z: "series",
      stroke: (row: SeriesRow) => seriesColor(row.series),
      strokeWidth: 2
    }),
    ...points(rows, height)
  ];
}

/** Names that would overlap move apart; one beside which another line goes on moves off that line. */
function endLabels(rows: readonly SeriesRow[], height: number): Plot.Markish[] {
  const last = [...new Map(rows.map((row) => [row.series, row])).values()];
  const top = Math.max(...rows.map(({value}) => value));
  return last.map((row) => {
    const near = last.find(
      (other) =>
        other !== row &&
        other.concurrency === row.concurrency &&
        (Math.abs(other.value - row.value) / top) * height < LABEL_HEIGHT
    );
    const goesOn = rows.find(
      (other) => other.series !== row.series && other.concurrency > row.concurrency
    )?.series;
    const beside = rows.find((other) => other.series === goesOn && other.concurrency === row.concurrency);
    const isOver = beside !== undefined && ((row.value - beside.value) / top) * height > LABEL_HEIGHT;
    const dy = near === undefined ? 0 : near.value > row.value ? LABEL_HEIGHT / 2 : -LABEL_HEIGHT / 2;
    return Plot.text([row], {
      x: "concurrency",
      y: "value",
      text: "label",
      fill: seriesColor(row.series),
      textAnchor: isOver ? "end" : "start",
      dx: isOver ? -4 : 9,
      dy: beside === undefined ? dy : isOver ? -LABEL_HEIGHT : LABEL_HEIGHT,
      fontWeight: 600
    });
  });
}
