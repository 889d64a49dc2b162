import type { Client, QueryArrayResult } from "pg";
import type { DataSource } from "typeorm";
import type { BenchmarkFacts, DomainFacts, LedgerFacts, ModelFacts, OfDomain, ReferenceFacts, ReleaseFacts, VersionFacts } from "./facts";
import { BEGIN, inSnapshot } from "./fact-reader";
import {
  BENCHMARKS,
  DOMAINS,
  type FactSelect,
  LEDGER,
  MODELS,
  observationsAfter,
  REFERENCES,
  RELEASES,
  type Select,
  VERSIONS,
} from "./fact-selects";
import type { ObservationRow } from "./observation-columns";

const CATALOG = [DOMAINS, BENCHMARKS, VERSIONS, REFERENCES, RELEASES];

/** More observations than this are not gathered as rows: to stream all of them takes less memory, and hardly longer. */
const MOST_OBSERVATIONS = 100_000;

/** Of a board that holds no models, what was added or changed of the catalog alone. */
interface Wanted {
  readonly holdsModels: boolean;
}

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
export async function readNews(dataSource: DataSource, revision: number, wanted: Wanted = { holdsModels: true }): Promise<News | null> {
  const runner = dataSource.createQueryRunner();
  try {
    return await readNewsOver((await runner.connect()) as Client, revision, wanted);
  } finally {
    await runner.release();
  }
}

/** The same over a connection that is the caller's and has no transaction; its values are read as `postgresTypes` says. */
export async function readNewsOver(
  client: Client,
  revision: number,
  { holdsModels }: Wanted = { holdsModels: true },
): Promise<News | null> {
  const selects = [...CATALOG, ...(holdsModels ? [MODELS] : [])].map((select) => select.after(revision));
  const observed = holdsModels ? [observationsAfter(revision, MOST_OBSERVATIONS + 1)] : [];
  const statements = [BEGIN, LEDGER, ...selects, ...observed, "COMMIT"];
  try {
    const results = await client.query({ text: statements.join(";"), rowMode: "array" });
    const told = (results as unknown as QueryArrayResult[]).filter(({ command }) => command === "SELECT");
    const [[ledger], domains, benchmarks, versions, references, releases, models] = told
      .slice(0, 1 + selects.length)
      .map(named) as never[][];
    const observations = holdsModels ? (told.at(-1)!.rows as unknown as News["observations"]) : [];
    if (observations.length > MOST_OBSERVATIONS) return null;
    return { ledger, domains, benchmarks, versions, references, releases, models: holdsModels ? models : [], observations };
  } catch (error) {
    // The connection may be what failed: the first error is the one to tell.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/**
 * Reads what was added or changed after one revision and by another one, `until`, at which an append ended, as it stood then. Null if that is
 * too much to be gathered as rows.
 */
export const readNewsUntil = (dataSource: DataSource, revision: number, until: number, { holdsModels }: Wanted): Promise<News | null> =>
  inSnapshot(dataSource, until, async ({ rows, batches, ledger }) => {
    const after = ({ tables, after: newer }: FactSelect) => rows<never>({ tables, sql: newer(revision) });
    const news = {
      ledger: await ledger(),
      domains: await after(DOMAINS),
      benchmarks: await after(BENCHMARKS),
      versions: await after(VERSIONS),
      references: await after(REFERENCES),
      releases: await after(RELEASES),
      models: holdsModels ? await after(MODELS) : [],
    };
    const observations: [number, ...ObservationRow][] = [];
    const observed: Select = { tables: ["observation", "model"], sql: observationsAfter(revision, MOST_OBSERVATIONS + 1) };
    if (holdsModels) for await (const some of batches<[number, ...ObservationRow]>(observed, [])) observations.push(...some);
    return observations.length > MOST_OBSERVATIONS ? null : { ...news, observations };
  });

/** The rows as objects. */
const named = ({ fields, rows }: QueryArrayResult): Record<string, unknown>[] =>
  rows.map((row) => Object.fromEntries(fields.map(({ name }, place) => [name, row[place]])));
