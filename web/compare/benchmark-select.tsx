import { changeSearch } from "../app/change-search";

export interface BenchmarkSelectProps {
  readonly label: string;
  /** The parameter of the address. */
  readonly name: string;
  readonly value: string;
  readonly identifiers: readonly string[];
}

/** Chooses a benchmark. */
export function BenchmarkSelect({ label, name, value, identifiers }: BenchmarkSelectProps) {
  return (
    <label className="choose">
      {label}{" "}
      <select value={value} onChange={({ target }) => changeSearch({ [name]: target.value })}>
        {identifiers.map((identifier) => (
          <option key={identifier}>{identifier}</option>
        ))}
      </select>
    </label>
  );
}
