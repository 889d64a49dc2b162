import * as Plot from "@observablehq/plot";
import { PlotFigure } from "../parts/plot-figure";
import type { TrendPoint } from "./queries";

const drawn = (points: readonly TrendPoint[]) =>
  points.map((point) => ({ ...point, date: new Date(point.at), changed: point.newLeaves.length + point.newVersions.length }));

/** Value and rank through time, one above the other. Dots on the line mark where benchmarks or versions came in. */
export function TrendPlot({ points }: { readonly points: readonly TrendPoint[] }) {
  const rows = drawn(points);
  const changes = rows.filter(({ changed }) => changed > 0);
  const shared = { height: 120, marginLeft: 40, marginBottom: 22, marginTop: 18, x: { type: "utc", label: null, ticks: 5 } } as const;
  const marked = { r: 3.5, fill: "var(--paper)", stroke: "var(--accent)", strokeWidth: 1.5 } as const;
  const says = (row: (typeof rows)[number]) =>
    `${row.at.slice(0, 10)}: rank ${row.rank ?? "none"} of ${row.of}, ${row.changed} new benchmarks`;
  return (
    <>
      <PlotFigure
        label="Value through time"
        options={{
          ...shared,
          y: { label: "value", grid: true, zero: true, nice: true, ticks: 4 },
          marks: [
            Plot.lineY(rows, { x: "date", y: "value", stroke: "var(--accent)", strokeWidth: 1.75, curve: "step-after" }),
            Plot.dot(changes, { x: "date", y: "value", ...marked, title: says }),
          ],
        }}
      />
      <PlotFigure
        label="Rank through time"
        options={{
          ...shared,
          y: { label: "rank", grid: true, reverse: true, nice: true, ticks: 4 },
          marks: [
            Plot.lineY(rows, { x: "date", y: "of", stroke: "var(--rule-strong)", strokeDasharray: "2,3", curve: "step-after" }),
            Plot.lineY(rows, { x: "date", y: "rank", stroke: "var(--accent)", strokeWidth: 1.75, curve: "step-after" }),
            Plot.dot(changes, { x: "date", y: "rank", ...marked, title: says }),
          ],
        }}
      />
    </>
  );
}
