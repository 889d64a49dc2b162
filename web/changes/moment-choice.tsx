import { changeSearch } from "../app/change-search";

export interface MomentChoiceProps {
  readonly label: string;
  /** The parameter of the address. */
  readonly name: string;
  readonly value: string | null;
  readonly releases: readonly { readonly name: string }[];
}

/** Chooses a day, or a release if there are any. */
export function MomentChoice({ label, name, value, releases }: MomentChoiceProps) {
  const isRelease = value?.startsWith("release:") === true;
  return (
    <span className="choose">
      <label>
        {label}{" "}
        <input
          type="date"
          value={isRelease ? "" : (value?.slice(0, 10) ?? "")}
          onChange={({ target }) => changeSearch({ [name]: target.value || null })}
        />
      </label>
      {releases.length > 0 && (
        <select
          aria-label={`${label} a release`}
          value={isRelease ? value : ""}
          onChange={({ target }) => changeSearch({ [name]: target.value || null })}
        >
          <option value="">release…</option>
          {releases.map((release) => (
            <option key={release.name} value={`release:${release.name}`}>
              {release.name}
            </option>
          ))}
        </select>
      )}
    </span>
  );
}
