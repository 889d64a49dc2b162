import { changeSearch } from "../app/change-search";

/** Finds models by a part of their names. Their ranks stay those among all, unless the reader asks for ranks among what was found. */
export function FindBox({ find }: { readonly find: string }) {
  return (
    <div className="find">
      <input
        type="search"
        placeholder="Find a model"
        aria-label="Find a model"
        value={find}
        onChange={({ target }) => changeSearch({ find: target.value || null })}
      />
      {find !== "" && (
        <button type="button" className="small" onClick={() => changeSearch({ find: null, "among.search": find })}>
          Rank among these
        </button>
      )}
    </div>
  );
}
