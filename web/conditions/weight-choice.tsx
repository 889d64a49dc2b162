import { type FormEvent, useState } from "react";
import { changeSearch } from "../app/change-search";

/** Gives a benchmark another weight among its siblings. */
export function WeightChoice({ search, identifiers }: { readonly search: URLSearchParams; readonly identifiers: readonly string[] }) {
  const [benchmark, setBenchmark] = useState("");
  const [weight, setWeight] = useState("2");
  function add(event: FormEvent): void {
    event.preventDefault();
    const others = search.getAll("weights").filter((text) => !text.startsWith(`${benchmark}:`));
    changeSearch({ weights: [...others, `${benchmark}:${weight}`] });
    setBenchmark("");
  }
  return (
    <form className="weights" onSubmit={add}>
      <fieldset>
        <legend>Weights</legend>
        <select aria-label="Benchmark" required value={benchmark} onChange={({ target }) => setBenchmark(target.value)}>
          <option value="">Benchmark…</option>
          {identifiers.map((identifier) => (
            <option key={identifier}>{identifier}</option>
          ))}
        </select>
        <input
          type="number"
          aria-label="Weight"
          min={0}
          max={1e6}
          step="any"
          required
          value={weight}
          onChange={({ target }) => setWeight(target.value)}
        />
        <button type="submit">Set</button>
        <p>A weight is relative to the siblings’, which have 1. 0 takes the benchmark out.</p>
      </fieldset>
    </form>
  );
}
