import { lazy, Suspense } from "react";
import type { Conditions } from "../conditions/conditions";
import { useAnswer } from "../graph/use-answer";
import { displayValue } from "../parts/display-value";
import { BenchmarkSelect } from "./benchmark-select";
import { scatterQuery } from "./queries";

const Scatter = lazy(async () => ({ default: (await import("./scatter")).Scatter }));

export interface TwoBenchmarksProps {
  readonly domain: string;
  readonly under: Conditions | undefined;
  readonly search: URLSearchParams;
  readonly identifiers: readonly string[];
}

/** Two benchmarks against each other, a point a model, with the line of least squares. */
export function TwoBenchmarks({ domain, under, search, identifiers }: TwoBenchmarksProps) {
  const [, second = "", third = second] = identifiers;
  const x = search.get("x") ?? second;
  const y = search.get("y") ?? third;
  const { data, error } = useAnswer(scatterQuery, { domain, under, x, y }, { pause: identifiers.length === 0 });
  const { correlation, scatter } = data?.standings ?? {};
  return (
    <section aria-labelledby="two-title">
      <header className="top">
        <h2 id="two-title">Two benchmarks</h2>
        <BenchmarkSelect label="Across" name="x" value={x} identifiers={identifiers} />
        <BenchmarkSelect label="Up" name="y" value={y} identifiers={identifiers} />
      </header>
      {error && <p role="alert">{error.graphQLErrors[0]?.message ?? "The server did not answer."}</p>}
      {correlation && (
        <p className="soft">
          {correlation.r === null
            ? `Too few models are scored on both: ${correlation.count}.`
            : `Pearson’s r ${displayValue(correlation.r)} over ${correlation.count} models, p ${correlation.pValue !== null && correlation.pValue < 0.001 ? "< .001" : displayValue(correlation.pValue ?? 1)}`}
        </p>
      )}
      {scatter && (
        <Suspense fallback={<div className="plot waiting" />}>
          <Scatter {...{ x, y, highlighted: search.getAll("models") }} points={scatter} line={correlation ?? null} />
        </Suspense>
      )}
    </section>
  );
}
