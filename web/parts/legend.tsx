import { changeSearch } from "../app/change-search";
import { rampStep } from "./ramp-step";

const STEPS = Array.from({ length: 21 }, (_, step) => step / 20);

/** What the colours mean, and the choices of what cells show. */
export function Legend({ isShared, shows }: { readonly isShared: boolean; readonly shows: "value" | "rank" }) {
  return (
    <div className="legend">
      <figure>
        <figcaption>{isShared ? "0" : "lowest"}</figcaption>
        <span
          className="strip"
          role="img"
          aria-label={isShared ? "Colours from 0 to the ceiling" : "Colours from each column’s lowest value to its highest"}
        >
          {STEPS.map((share) => (
            <i key={share} className={rampStep(share, 0, 1)} />
          ))}
        </span>
        <figcaption>{isShared ? "ceiling" : "highest"}</figcaption>
      </figure>
      <span>
        <b className="cell failed">X</b> failed
      </span>
      <span>
        <b className="cell not-run" /> never run
      </span>
      <label>
        <input type="checkbox" checked={isShared} onChange={() => changeSearch({ scale: isShared ? null : "one" })} /> one scale for all
        columns
      </label>
      <label>
        <input type="checkbox" checked={shows === "rank"} onChange={() => changeSearch({ cells: shows === "rank" ? null : "rank" })} /> show
        ranks
      </label>
    </div>
  );
}
