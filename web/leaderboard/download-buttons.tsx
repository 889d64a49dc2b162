import type { Conditions } from "../conditions/conditions";
import { saveFile } from "../parts/save-file";
import type { Placed } from "../tree/tree";
import type { Columns } from "./columns";
import { fetchCitations } from "./fetch-citations";
import type { LeaderboardNode } from "./queries";
import { toCsv } from "./to-csv";

export interface DownloadButtonsProps {
  readonly domain: string;
  readonly under: Conditions | undefined;
  readonly columns: readonly Placed<LeaderboardNode>[];
  readonly known: Columns;
  readonly rows: readonly number[];
  readonly sortedBy: string;
  readonly revision: string;
}

/** The rows and columns that are shown: rank, name, and each cell's value unrounded, `X` where the model failed. */
function shownRows({ columns, known, rows, sortedBy }: DownloadButtonsProps): (string | number | null)[][] {
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

/** Saves what is shown as a table, and what it is to be cited by. */
export function DownloadButtons(props: DownloadButtonsProps) {
  const { domain, under, revision } = props;
  const saveTable = () => saveFile(`${domain}-leaderboard-r${revision}.csv`, "text/csv", toCsv(shownRows(props)));
  const saveCitations = async () => saveFile(`${domain}-references.bib`, "application/x-bibtex", await fetchCitations(domain, under));
  return (
    <div className="downloads" role="group" aria-label="Download what is shown">
      <button type="button" onClick={saveTable}>
        CSV
      </button>
      <button type="button" onClick={() => void saveCitations()}>
        BibTeX
      </button>
    </div>
  );
}
