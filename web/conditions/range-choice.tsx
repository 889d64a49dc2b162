import { type FormEvent, useState } from "react";
import { changeSearch } from "../app/change-search";

/** The ends of a range to filter by, in `unit`s of `factor`. An empty end is open. */
export function RangeChoice(props: {
  readonly title: string;
  readonly name: string;
  readonly unit: string;
  readonly factor: number;
  readonly search: URLSearchParams;
}) {
  const { title, name, unit, factor, search } = props;
  const ends = (search.get(name) ?? "..").split("..").map((end) => (end === "" ? "" : String(Number(end) / factor)));
  const [from, setFrom] = useState(ends[0]);
  const [to, setTo] = useState(ends[1]);
  const scaled = (text: string) => (text === "" ? "" : String(Number(text) * factor));
  function apply(event: FormEvent): void {
    event.preventDefault();
    changeSearch({ [name]: from === "" && to === "" ? null : `${scaled(from)}..${scaled(to)}` });
  }
  return (
    <form className="range" onSubmit={apply}>
      <fieldset>
        <legend>
          {title} <small>{unit}</small>
        </legend>
        <input
          type="number"
          min={0}
          step="any"
          aria-label={`${title}, at least`}
          value={from}
          onChange={({ target }) => setFrom(target.value)}
        />
        <span aria-hidden="true">–</span>
        <input
          type="number"
          min={0}
          step="any"
          aria-label={`${title}, at most`}
          value={to}
          onChange={({ target }) => setTo(target.value)}
        />
        <button type="submit">Set</button>
      </fieldset>
    </form>
  );
}
