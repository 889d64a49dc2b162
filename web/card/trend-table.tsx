import { displayValue } from "../parts/display-value";
import type { TrendPoint } from "./queries";

function newIn({ newLeaves, newVersions }: TrendPoint): string {
  const leaves = newLeaves.map(({ identifier }) => identifier);
  const versions = newVersions.map(({ number, benchmark }) => `${benchmark.identifier} v${number}`);
  return [leaves.length > 0 && `new: ${leaves.join(", ")}`, versions.length > 0 && `new version: ${versions.join(", ")}`]
    .filter(Boolean)
    .join("; ");
}

/** The points of a trend in words and numbers, the newest first. */
export function TrendTable({ points }: { readonly points: readonly TrendPoint[] }) {
  return (
    <details>
      <summary>What changed</summary>
      <div className="scroll" tabIndex={0} role="region" aria-label="What changed">
        <table>
          <thead>
            <tr>
              <th scope="col">By</th>
              <th scope="col">Value</th>
              <th scope="col">Rank</th>
              <th scope="col">Scored</th>
              <th scope="col">New benchmarks</th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map((point) => (
              <tr key={point.at}>
                <th scope="row">{point.at.slice(0, 10)}</th>
                <td>{point.value === null ? "" : displayValue(point.value)}</td>
                <td>{point.rank === null ? "" : `${point.rank} of ${point.of}`}</td>
                <td>
                  {point.coverage.scored} of {point.coverage.leaves}
                </td>
                <td>{newIn(point)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
