import * as Plot from "@observablehq/plot";
import { useMemo } from "react";
import { PlotFigure } from "../parts/plot-figure";
import type { BenchmarkShown } from "./queries";

/** How many models have a value in each bin, with lines at the quartiles. */
export function Histogram({ statistics }: Pick<BenchmarkShown, "statistics">) {
  const options = useMemo(() => {
    const { histogram, median, lowerQuartile, upperQuartile } = statistics;
    const quartiles = [lowerQuartile, upperQuartile].filter((value) => value !== null);
    return {
      ...{ height: 150, marginLeft: 32, marginTop: 16, marginBottom: 24 },
      x: { label: null },
      y: { label: "models", grid: true, nice: true, ticks: 4 },
      marks: [
        Plot.rectY(histogram, { x1: "min", x2: "max", y: "count", fill: "var(--ramp-12)", insetLeft: 0.5, insetRight: 0.5 }),
        Plot.ruleX(quartiles, { stroke: "var(--rule-strong)", strokeDasharray: "2,2" }),
        Plot.ruleX(median === null ? [] : [median], { stroke: "var(--ink)" }),
      ],
    };
  }, [statistics]);
  return <PlotFigure label="How many models have which value" options={options} />;
}
