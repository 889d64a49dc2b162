import { lazy, Suspense, useMemo } from "react";
import { changeSearch } from "../app/change-search";
import type { Conditions } from "../conditions/conditions";
import { useAnswer } from "../graph/use-answer";
import { trendQuery } from "./queries";
import { TrendTable } from "./trend-table";

const TrendPlot = lazy(async () => ({ default: (await import("./trend-plot")).TrendPlot }));

export interface CardTrendProps {
  readonly domain: string;
  readonly name: string;
  readonly under: Conditions | undefined;
  /** The benchmark looked at; null for the first root. */
  readonly benchmark: string | null;
  readonly benchmarks: readonly string[];
}

/** How a model's value and rank came to be: a point a quarter, and what was new in it. */
export function CardTrend({ domain, name, under, benchmark, benchmarks }: CardTrendProps) {
  // A trend goes through all instants: it can be as of none.
  const timeless = useMemo(() => under && { ...under, asOf: undefined, release: undefined }, [under]);
  const { data, error } = useAnswer(trendQuery, { domain, name, benchmark, under: timeless });
  const points = data?.model?.trend ?? [];
  return (
    <section aria-labelledby="trend-title" className="trend">
      <header>
        <h2 id="trend-title">Trend</h2>
        <select aria-label="Benchmark" value={benchmark ?? benchmarks[0]} onChange={({ target }) => changeSearch({ trend: target.value })}>
          {benchmarks.map((identifier) => (
            <option key={identifier}>{identifier}</option>
          ))}
        </select>
      </header>
      {error ? (
        <p role="alert">{error.graphQLErrors[0]?.message ?? "The server did not answer."}</p>
      ) : points.length === 0 ? (
        <p className="soft">{data ? "It has no dated run, so nothing can be said of its past." : "Computing…"}</p>
      ) : (
        <Suspense fallback={<div className="plot waiting" />}>
          <TrendPlot points={points} />
          <TrendTable points={points} />
        </Suspense>
      )}
    </section>
  );
}
