import { DateOnly } from "../../federation/date-only";
import type { Basis } from "../../subgraphs/scores/basis";

/** What may stand in a file's name on every system. */
const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9._-]+/g, "_");

/**
 * The name that a file is saved under, with what it was made from: `vision-scores-r120.csv`, `vision-scores-as-of-2021-12-31-r120.csv`.
 * Conditions that are too long for a name are told of by `under-conditions`.
 */
export function nameFile({ board, asOf, release, conditionsKey, view }: Basis, file: string): string {
  const [name, ending] = file.split(".");
  const conditions = conditionsKey === "" ? {} : (JSON.parse(conditionsKey) as object);
  const isLong = Object.keys(conditions).some((condition) => condition !== "asOf" && condition !== "release");
  const parts = [
    ...[plain(board.catalog.domain.slug), name],
    ...(release ? ["release", plain(release.name)] : []),
    ...(asOf ? ["as-of", plain(asOf instanceof DateOnly ? asOf.toJSON() : asOf.toISOString())] : []),
    ...(isLong ? ["under-conditions"] : []),
    `r${view.revision}`,
  ];
  return `${parts.join("-")}.${ending}`;
}
