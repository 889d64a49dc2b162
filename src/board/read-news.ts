import type { Client, QueryArrayResult } from "pg";
import type { DataSource } from "typeorm";
import type { BenchmarkFacts, DomainFacts, LedgerFacts, ModelFacts, OfDomain, ReferenceFacts, ReleaseFacts, VersionFacts } from "./facts";
import { BEGIN } from "./fact-reader";
import { BENCHMARKS, DOMAINS, LEDGER, MODELS, observationsAfter, REFERENCES, RELEASES, VERSIONS } from "./fact-selects";
import type { ObservationRow } from "./observation-columns";

/** More observations than this are not gathered as rows: to stream all of them takes less memory, and hardly longer. */
const MOST_OBSERVATIONS = 100_000;

/** What was added or changed after a revision. */
export interface News {
  readonly ledger: LedgerFacts;
  readonly domains: readonly DomainFacts[];
  readonly benchmarks: readonly OfDomain<BenchmarkFacts>[];
  readonly versions: readonly OfDomain<VersionFacts>[];
  readonly references: readonly OfDomain<ReferenceFacts>[];
  readonly releases: readonly OfDomain<ReleaseFacts>[];
  /** Those as well whose account has changed. */
  readonly models: readonly OfDomain<ModelFacts>[];
  /** Each after the pk of its domain. */
  readonly observations: readonly [number, ...ObservationRow][];
}

/**
 * Reads what was added or changed after a revision, all of one snapshot, in one round trip. Null if that is so much that everything is better
 * read anew.
 */
export async function readNews(dataSource: DataSource, revision: number): Promise<News | null> {
  const runner = dataSource.createQueryRunner();
  try {
    return await readNewsOver((await runner.connect()) as Client, revision);
  } finally {
    await runner.release();
  }
}

/** The same over a connection that is the caller's and has no transaction; its values are read as `postgresTypes` says. */
export async function readNewsOver(client: Client, revision: number): Promise<News | null> {
  const selects = [DOMAINS, BENCHMARKS, VERSIONS, REFERENCES, RELEASES, MODELS].map((select) => select.after(revision));
  const statements = [BEGIN, LEDGER, ...selects, observationsAfter(revision, MOST_OBSERVATIONS + 1), "COMMIT"];
  try {
    const results = await client.query({ text: statements.join(";"), rowMode: "array" });
    const told = (results as unknown as QueryArrayResult[]).filter(({ command }) => command === "SELECT");
    const [[ledger], domains, benchmarks, versions, references, releases, models] = told.slice(0, -1).map(named) as never[][];
    const observations = told.at(-1)!.rows as unknown as News["observations"];
    return observations.length > MOST_OBSERVATIONS
      ? null
      : { ledger, domains, benchmarks, versions, references, releases, models, observations };
  } catch (error) {
    // The connection may be what failed: the first error is the one to tell.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** The rows as objects. */
const named = ({ fields, rows }: QueryArrayResult): Record<string, unknown>[] =>
  rows.map((row) => Object.fromEntries(fields.map(({ name }, place) => [name, row[place]])));
