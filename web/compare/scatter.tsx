import * as Plot from "@observablehq/plot";
import { useMemo } from "react";
import { PlotFigure } from "../parts/plot-figure";

export interface ScatterProps {
  readonly x: string;
  readonly y: string;
  readonly points: readonly { readonly model: { readonly name: string }; readonly x: number; readonly y: number }[];
  /** The line of least squares; null if there is none. */
  readonly line: { readonly slope: number | null; readonly intercept: number | null } | null;
  /** Names of models to tell apart from the others. */
  readonly highlighted: readonly string[];
}

/** A point a model. The name is told where the pointer is. */
export function Scatter({ x, y, points, line, highlighted }: ScatterProps) {
  const named = highlighted.join("\n");
  const options = useMemo(() => {
    const chosen = points.filter(({ model }) => named.split("\n").includes(model.name));
    const ends = points.length > 0 ? [Math.min(...points.map((point) => point.x)), Math.max(...points.map((point) => point.x))] : [];
    const { slope = null, intercept = null } = line ?? {};
    const drawn = slope === null || intercept === null ? [] : ends.map((at) => ({ x: at, y: intercept + slope * at }));
    return {
      ...{ height: 380, marginLeft: 44, marginBottom: 36, marginTop: 20 },
      x: { label: x, grid: true, nice: true },
      y: { label: y, grid: true, nice: true },
      marks: [
        Plot.line(drawn, { x: "x", y: "y", stroke: "var(--rule-strong)", strokeWidth: 1.5 }),
        Plot.dot(points, { x: "x", y: "y", r: 2.5, fill: "var(--ramp-14)", fillOpacity: 0.6 }),
        Plot.dot(chosen, { x: "x", y: "y", r: 5, stroke: "var(--ink)", strokeWidth: 2 }),
        Plot.text(chosen, { x: "x", y: "y", text: ({ model }) => model.name, dy: -10, fill: "var(--ink)" }),
        Plot.tip(
          points,
          Plot.pointer({ x: "x", y: "y", title: ({ model }: { model: { name: string } }) => model.name, fill: "var(--paper)" }),
        ),
      ],
    };
  }, [points, line, named, x, y]);
  return <PlotFigure label={`${y} against ${x}: ${points.length} models`} options={options} />;
}
