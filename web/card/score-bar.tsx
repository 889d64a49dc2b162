import { displayValue } from "../parts/display-value";
import { rampStep } from "../parts/ramp-step";
import type { CardScore } from "./queries";

/** Right end of the bar: the ceiling, which is 1 where scores were divided by it; under a raw root also what is above it. */
function endOf({ benchmark, statistics, version }: CardScore): number {
  return benchmark.isRaw ? Math.max(version?.ceiling ?? 1, statistics.max ?? 0) : 1;
}

/** A value between 0 and the ceiling, with marks where the median and the best of all models are. */
export function ScoreBar({ score }: { readonly score: CardScore }) {
  const { value, statistics } = score;
  const end = endOf(score);
  const at = (number: number) => `${Math.min(100, Math.max(0, (number / end) * 100))}%`;
  const { median, max, count } = statistics;
  const says = [
    value === null ? "no value" : displayValue(value),
    median !== null && `median ${displayValue(median)}`,
    max !== null && `best ${displayValue(max)} of ${count} models`,
    `ceiling ${displayValue(end)}`,
  ].filter(Boolean);
  return (
    <div className="score-bar" role="img" aria-label={says.join(", ")} title={says.join(" · ")}>
      {value !== null && <i className={`fill ${rampStep(value, statistics.min ?? 0, max ?? 1)}`} style={{ width: at(value) }} />}
      {median !== null && <i className="median" style={{ left: at(median) }} />}
      {max !== null && <i className="best" style={{ left: at(max) }} />}
    </div>
  );
}
