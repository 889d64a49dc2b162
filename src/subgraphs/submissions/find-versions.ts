import type { Query } from "../../database/write-rows";

/** A version of a leaf. */
export interface LeafVersion {
  readonly pk: number;
  readonly id: string;
}

interface FoundBenchmark {
  readonly identifier: string;
  readonly isLeaf: boolean;
  /** By number. */
  readonly versions: ReadonlyMap<number, LeafVersion>;
}

const BENCHMARKS = `
  SELECT benchmark.identifier, NOT EXISTS (SELECT FROM benchmark AS child WHERE child.parent_pk = benchmark.pk) AS "isLeaf",
    version.pk, version.id, version.number
  FROM benchmark LEFT JOIN benchmark_version AS version ON version.benchmark_pk = benchmark.pk
  WHERE benchmark.domain_pk = $1 AND benchmark.identifier = ANY ($2)`;

/** Finds the benchmarks of a domain that have these identifiers, with their versions. Undefined: there is none. */
export async function findVersions(
  query: Query,
  domainPk: number,
  identifiers: readonly string[],
): Promise<(identifier: string) => FoundBenchmark | undefined> {
  const rows: { identifier: string; isLeaf: boolean; pk: number | null; id: string; number: number }[] = await query(BENCHMARKS, [
    domainPk,
    [...new Set(identifiers)],
  ]);
  const found = new Map<string, FoundBenchmark & { readonly versions: Map<number, LeafVersion> }>();
  for (const { identifier, isLeaf, pk, id, number } of rows) {
    const benchmark = found.get(identifier) ?? { identifier, isLeaf, versions: new Map<number, LeafVersion>() };
    if (pk !== null) benchmark.versions.set(number, { pk, id });
    found.set(identifier, benchmark);
  }
  return (identifier) => found.get(identifier);
}
