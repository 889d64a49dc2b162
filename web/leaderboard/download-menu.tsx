import { paths } from "../app/routes";
import { afterPaint } from "../parts/after-paint";
import { FileLinks } from "../parts/file-links";
import { Menu } from "../parts/menu";
import { saveFile } from "../parts/save-file";
import type { Placed } from "../tree/tree";
import type { Columns } from "./columns";
import type { LeaderboardNode } from "./queries";
import { toCsv } from "./to-csv";

export interface DownloadMenuProps {
  readonly domain: string;
  /** Conditions, as behind the address of the page. */
  readonly kept: string;
  readonly columns: readonly Placed<LeaderboardNode>[];
  readonly known: Columns;
  readonly rows: readonly number[];
  readonly sortedBy: string;
}

/** The rows and columns that are shown: rank, name, and each cell's value unrounded, `X` where the model failed. */
function shownRows({ columns, known, rows, sortedBy }: DownloadMenuProps): (string | number | null)[][] {
  const header = ["rank", "model", ...columns.map(({ identifier }) => identifier)];
  const ranks = known.cells.get(sortedBy)?.ranks;
  const cell = (identifier: string, place: number) => {
    const column = known.cells.get(identifier);
    return column?.values[place] ?? (column?.states[place] === "FAILED" ? "X" : null);
  };
  return [
    header,
    ...rows.map((place) => [ranks?.[place] ?? null, known.models[place], ...columns.map(({ identifier }) => cell(identifier, place))]),
  ];
}

/** Saves what is shown as a table, what it is to be cited by, and all that is there under the same conditions. */
export function DownloadMenu(props: DownloadMenuProps) {
  const { domain, kept, known, sortedBy } = props;
  const saveTable = () => saveFile(`${domain}-shown-r${known.revision}.csv`, "text/csv", toCsv(shownRows(props)));
  return (
    <Menu size="narrow" title="Download">
      {() => (
        <div className="downloads">
          <h2>As shown</h2>
          <p>
            <button type="button" onClick={() => afterPaint(saveTable)}>
              These rows and columns (CSV)
            </button>
            <a className="button" href={`${paths.file(domain, "references.bib")}${kept}`} download>
              References (BibTeX)
            </a>
          </p>
          <h2>All that everybody may see{kept !== "" && ", under the same conditions"}</h2>
          <dl>
            <dt>Leaderboard by {sortedBy}</dt>
            <dd>
              <FileLinks domain={domain} table="leaderboard" kept={kept} benchmark={sortedBy} />
            </dd>
            <dt>Every score</dt>
            <dd>
              <FileLinks domain={domain} table="scores" kept={kept} />
            </dd>
            <dt>Models</dt>
            <dd>
              <FileLinks domain={domain} table="models" kept={kept} />
            </dd>
            <dt>Benchmarks</dt>
            <dd>
              <FileLinks domain={domain} table="benchmarks" kept={kept} />
            </dd>
          </dl>
        </div>
      )}
    </Menu>
  );
}
