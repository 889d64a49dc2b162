import { changeSearch } from "../app/change-search";
import { isCondition } from "./is-condition";
import { sayCondition } from "./say-condition";

/** Each condition that holds on the page, with a button that takes it away. Nothing if there are none. */
export function ConditionChips({ search }: { readonly search: URLSearchParams }) {
  const named = [...search].filter(([name]) => isCondition(name));
  if (named.length === 0) return null;
  return (
    <ul className="chips" aria-label="Conditions">
      {named.map(([name, value]) => {
        const words = sayCondition(name, value);
        const rest = search.getAll(name).filter((other) => other !== value);
        return (
          <li key={`${name}=${value}`}>
            {words}
            <button type="button" aria-label={`Take away: ${words}`} onClick={() => changeSearch({ [name]: rest })}>
              ×
            </button>
          </li>
        );
      })}
      {named.length > 1 && (
        <li className="all">
          <button type="button" onClick={() => changeSearch(Object.fromEntries(named.map(([name]) => [name, null])))}>
            Take all away
          </button>
        </li>
      )}
    </ul>
  );
}
