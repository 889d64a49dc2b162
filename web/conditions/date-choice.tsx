import { useEffect, useState } from "react";
import { changeSearch } from "../app/change-search";
import { months } from "./months";

export interface DateChoiceProps {
  /** The first instant that anything was measured at; null if unknown. */
  readonly first: string | null;
  /** The chosen date; null for now. */
  readonly asOf: string | null;
}

/** How long a slider rests before it is taken to have arrived, in milliseconds. */
const REST = 120;

/** A slider through the ends of months, whose right end is now, and a field for any day. */
export function DateChoice({ first, asOf }: DateChoiceProps) {
  const days = first === null ? [] : months(first, new Date());
  const at = asOf === null ? days.length : days.findLastIndex((day) => day <= asOf.slice(0, 10));
  const [place, setPlace] = useState(at);
  useEffect(() => setPlace(at), [at]);
  useEffect(() => {
    if (place === at) return;
    const timer = setTimeout(() => changeSearch({ asOf: days[place] ?? null, release: null }), REST);
    return () => clearTimeout(timer);
  });
  const says = days[place] ?? "now";
  return (
    <fieldset className="date">
      <legend>As of</legend>
      <input
        type="range"
        min={0}
        max={days.length}
        value={Math.max(0, place)}
        aria-label="As of the end of a month"
        aria-valuetext={says}
        onChange={({ target }) => setPlace(Number(target.value))}
      />
      <output>{says}</output>
      <input
        type="date"
        aria-label="As of a day"
        value={asOf?.slice(0, 10) ?? ""}
        onChange={({ target }) => changeSearch({ asOf: target.value || null, release: null })}
      />
    </fieldset>
  );
}
