import { lazy, Suspense } from "react";
import { displayValue } from "../parts/display-value";
import type { BenchmarkShown } from "./queries";

const Histogram = lazy(async () => ({ default: (await import("./histogram")).Histogram }));

/** How the models' values are spread. */
export function BenchmarkStatistics({ statistics }: Pick<BenchmarkShown, "statistics">) {
  const { count, failed, notRun, min, lowerQuartile, median, upperQuartile, max, mean, standardDeviation } = statistics;
  const numbers: [string, number | null][] = [
    ["lowest", min],
    ["lower quartile", lowerQuartile],
    ["median", median],
    ["mean", mean],
    ["upper quartile", upperQuartile],
    ["best", max],
    ["standard deviation", standardDeviation],
  ];
  return (
    <section aria-labelledby="statistics-title">
      <h2 id="statistics-title">Distribution</h2>
      <p className="soft">
        {count} models scored · {failed} failed · {notRun} never run
      </p>
      {count > 0 && (
        <>
          <Suspense fallback={<div className="plot waiting" />}>
            <Histogram statistics={statistics} />
          </Suspense>
          <dl className="numbers">
            {numbers.map(
              ([term, value]) =>
                value !== null && (
                  <div key={term}>
                    <dt>{term}</dt>
                    <dd>{displayValue(value)}</dd>
                  </div>
                ),
            )}
          </dl>
        </>
      )}
    </section>
  );
}
