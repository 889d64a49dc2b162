import { type ScoreRow } from "./dataset";
import { type KeptScore } from "./held";

/** What becomes of a row of scores.csv. */
export type Outcome =
  | { readonly is: "new" }
  | { readonly is: "kept" | "retracted" | "left retracted"; readonly kept: KeptScore }
  | { readonly is: "fault"; readonly column: string; readonly message: string };

/**
 * Says what becomes of the rows of one key (model, benchmark, version, start, end), given the observations of that key that the database
 * holds. At most one of each side is not retracted. Other numbers under a key that counts are a fault: retract it and add the new one. An
 * observation that the database has as retracted stays so, unless the folder has it twice, retracted and not.
 */
export function matchScores(rows: readonly ScoreRow[], held: readonly KeptScore[]): Outcome[] {
  const free = new Set(held);
  const outcomes = new Map<ScoreRow, Outcome>();
  const take = (row: ScoreRow, is: "kept" | "retracted" | "left retracted", fits: (kept: KeptScore) => boolean): boolean => {
    const kept = [...free].find((candidate) => hasNumbersOf(row, candidate) && fits(candidate));
    if (!kept) return false;
    free.delete(kept);
    outcomes.set(row, { is, kept });
    return true;
  };
  const retracted = rows.filter((row) => row.retracted_at);
  const open = rows.filter((row) => !row.retracted_at);
  const rest = retracted.filter((row) => !take(row, "kept", (kept) => hasRetractionOf(row, kept)));
  const openRest = open.filter((row) => !take(row, "kept", (kept) => kept.retracted_at === null));
  const retractedRest = rest.filter((row) => !take(row, "retracted", (kept) => kept.retracted_at === null));

  const counting = [...free].find((kept) => kept.retracted_at === null);
  for (const row of openRest) {
    if (counting) outcomes.set(row, { is: "fault", column: "raw", message: otherNumbers(row, counting) });
    else if (!take(row, "left retracted", (kept) => kept.retracted_at !== null)) outcomes.set(row, { is: "new" });
  }
  for (const row of retractedRest) {
    const kept = [...free].find((candidate) => candidate.retracted_at !== null && hasNumbersOf(row, candidate));
    const message = `the database has this observation as retracted at ${kept?.retracted_at}; a retraction is added once and stays`;
    outcomes.set(row, kept ? { is: "fault", column: "retracted_at", message } : { is: "new" });
  }
  return rows.map((row) => outcomes.get(row) as Outcome);
}

const NUMBERS = ["raw", "ceiled", "error"] as const;

/** True if the numbers that the row has are those of the observation. */
const hasNumbersOf = (row: ScoreRow, kept: KeptScore): boolean =>
  NUMBERS.every((column) => row[column] === undefined || row[column] === kept[column]) &&
  (row.failed === undefined || (row.failed ?? false) === kept.failed);

const hasRetractionOf = (row: ScoreRow, kept: KeptScore): boolean =>
  row.retracted_at === kept.retracted_at && (row.retraction_reason === undefined || row.retraction_reason === kept.retraction_reason);

function otherNumbers(row: ScoreRow, kept: KeptScore): string {
  const told = (score: ScoreRow): string =>
    score.failed ? "failed" : NUMBERS.map((column) => `${column} ${score[column] ?? "unknown"}`).join(", ");
  return `the database has this observation with other numbers (${told(kept)}; here ${told(row)}): retract it and add the new one`;
}
