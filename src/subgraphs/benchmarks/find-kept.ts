import { quote } from "../../federation/check-input";
import type { Writing } from "../../federation/mutate";

/** A row of table `benchmark`, as a mutation finds it; further columns by their names. */
export interface KeptBenchmark {
  readonly pk: number;
  readonly identifier: string;
  readonly parent_pk: number | null;
  readonly root_position: number | null;
  readonly reference_pk: number | null;
  readonly [column: string]: unknown;
}

/** The benchmark that a field of the input names; null if there is none, which is refused. */
export async function findKept(
  { query, refuse }: Writing,
  domainPk: number,
  field: string,
  identifier: string,
): Promise<KeptBenchmark | null> {
  const [kept]: KeptBenchmark[] = await query(`SELECT * FROM benchmark WHERE domain_pk = $1 AND identifier = $2`, [domainPk, identifier]);
  if (!kept) refuse("NOT_FOUND", [field], `There is no benchmark ${quote(identifier)}.`);
  return kept ?? null;
}

/** The benchmark that `input.parent` names; null if there is none or it has versions, which is refused: a leaf has no children. */
export async function findParent(writing: Writing, domainPk: number, identifier: string): Promise<KeptBenchmark | null> {
  const parent = await findKept(writing, domainPk, "parent", identifier);
  if (!parent) return null;
  const [version] = await writing.query(`SELECT FROM benchmark_version WHERE benchmark_pk = $1 LIMIT 1`, [parent.pk]);
  if (!version) return parent;
  writing.refuse("CONFLICT", ["parent"], `The benchmark ${quote(identifier)} has versions: it is a leaf, and averages nothing.`);
  return null;
}

/** The place of a new root: after the others. */
export async function nextRootPosition({ query }: Writing, domainPk: number): Promise<number> {
  const [{ next }]: { next: number }[] = await query(
    `SELECT coalesce(max(root_position) + 1, 0)::int AS "next" FROM benchmark WHERE domain_pk = $1`,
    [domainPk],
  );
  return next;
}
