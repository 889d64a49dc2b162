import { changeSearch } from "../app/change-search";

export interface FacetProps {
  readonly title: string;
  /** The parameter of the address, such as `among.family`. */
  readonly name: string;
  readonly values: readonly (readonly [value: string, count: number])[];
  readonly search: URLSearchParams;
}

/** Values to filter by, any of which is enough. Nothing if there is no choice. */
export function Facet({ title, name, values, search }: FacetProps) {
  const chosen = search.getAll(name);
  if (values.length === 0) return null;
  const flip = (value: string) =>
    changeSearch({ [name]: chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value] });
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      <div>
        {values.map(([value, count]) => (
          <label key={value}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => flip(value)} /> {value} <small>{count}</small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
