import { appendFacts, type Append } from "../database/append-facts";
import { type createDataSource } from "../database/data-source";
import { type FactTable } from "../database/fact-tables";
import { type Query } from "../database/write-rows";
import { ExpectedError, invariant } from "../errors";
import { Faults } from "./faults";
import { planImport, type ImportPlan } from "./plan-import";
import { readFolder, type Folder } from "./read-folder";
import { deferUniqueness, placesOf, writePlan, writeScores } from "./write-plan";

/** A connected database. */
export type Database = Awaited<ReturnType<typeof createDataSource>>;

/** How far an import is. */
export interface ImportProgress {
  readonly step: "read" | "check" | "write";
  /** File that is read, or table that is written; null while all is checked. */
  readonly what: string | null;
  /** Observations written so far, of how many. */
  readonly done: number;
  readonly total: number;
}

/** How an import is done. */
export interface ImportOptions {
  /** True tells what would change and writes nothing. Default false. */
  readonly dryRun?: boolean;
  /** Ends of observations after it are in the future. Default: now. */
  readonly now?: Date;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** What an import did, or would do. */
export interface ImportReport {
  readonly domain: string;
  readonly tables: readonly { readonly table: FactTable; readonly added: number; readonly changed: number; readonly unchanged: number }[];
  /** Observations that were retracted; they count as changed too. */
  readonly retracted: number;
  /** Observations that count in the folder and that the database has as retracted: they stay retracted. */
  readonly leftRetracted: number;
  /** Facts written: 0 in a dry run. */
  readonly written: number;
  /** Last revision after it; null in a dry run. */
  readonly revision: number | null;
}

/**
 * Merges a data set folder into the database, by natural key and in one transaction: what is new is added, what is other is changed, what the
 * folder does not mention is left alone. Everything is checked before anything is written. Importing a folder again writes nothing.
 * Throws DATA_SET with every fault of the folder, and CONFLICT if somebody else wrote in the way of it.
 */
export async function importDataset(dataSource: Database, folder: string, options: ImportOptions = {}): Promise<ImportReport> {
  const { onProgress = () => {} } = options;
  const faults = new Faults();
  const read = await readFolder(folder, faults, (table) => onProgress({ step: "read", what: `${table}.csv`, done: 0, total: 0 }));
  if (!read) faults.refuse();
  invariant(read, "a folder that is not read has a fault");
  const [report] = await importFolders(dataSource, [read], faults, options);
  return report;
}

/**
 * Merges folders that were read, each of another domain, as `importDataset` does: in one transaction, all of them or none. A report for each,
 * in order. `faults` are those of reading them; those of checking them are added.
 */
export async function importFolders(
  dataSource: Database,
  folders: readonly Folder[],
  faults: Faults,
  options: ImportOptions = {},
): Promise<ImportReport[]> {
  const { dryRun = false, now = new Date(), onProgress = () => {} } = options;
  const plan = async (query: Query, read: Folder): Promise<ImportPlan> => {
    onProgress({ step: "check", what: null, done: 0, total: 0 });
    return planImport(query, read, faults, now.getTime());
  };
  if (dryRun) {
    const plans = await dataSource.transaction("REPEATABLE READ", async ({ queryRunner }) => {
      await queryRunner?.query("SET TRANSACTION READ ONLY");
      const planned: ImportPlan[] = [];
      for (const read of folders)
        planned.push(await plan((sql, parameters) => queryRunner?.query(sql, parameters) as Promise<never[]>, read));
      return planned;
    });
    faults.refuse();
    return withoutRepeats(plans).map((planned, index) => report(folders[index], planned, null));
  }
  try {
    const { result, revision } = await appendFacts(dataSource, { source: "import" }, async (append) => {
      await deferUniqueness(append.query);
      const plans: ImportPlan[] = [];
      for (const read of folders) {
        const planned = await plan(append.query, read);
        plans.push(planned);
        // After a fault the rest is still checked, so that all faults are told.
        if (faults.count === 0) await write(append, planned, onProgress);
      }
      faults.refuse();
      return plans;
    });
    return result.map((planned, index) => report(folders[index], planned, revision));
  } catch (error) {
    throw explain(error);
  }
}

async function write(append: Append, planned: ImportPlan, onProgress: (progress: ImportProgress) => void): Promise<void> {
  const places = placesOf(planned.held);
  const total = planned.scores.added.length + planned.scores.changed.length;
  for (const table of planned.tables) {
    if (table.changes.length > 0) onProgress({ step: "write", what: table.table, done: 0, total });
    await writePlan(append, table, places);
  }
  let done = 0;
  await writeScores(append, planned.scores, places, (written) => {
    done += written;
    onProgress({ step: "write", what: "observation", done, total });
  });
}

/** Plans that were made without the ones before being written: accounts and submissions, which are of no domain, are new but once. */
function withoutRepeats(plans: readonly ImportPlan[]): ImportPlan[] {
  const seen = new Set<string>();
  return plans.map((planned) => ({
    ...planned,
    tables: planned.tables.map(({ table, changes, unchanged }) => {
      if (table !== "account" && table !== "submission") return { table, changes, unchanged };
      const fresh = changes.filter(({ key }) => !seen.has(`${table} ${key}`));
      for (const { key } of changes) seen.add(`${table} ${key}`);
      return { table, changes: fresh, unchanged: unchanged + changes.length - fresh.length };
    }),
  }));
}

function report({ dataset }: Folder, { tables: plans, scores }: ImportPlan, revision: number | null): ImportReport {
  const tables: ImportReport["tables"] = [
    ...plans.map(({ table, changes, unchanged }) => {
      const added = changes.filter(({ pk }) => pk === null).length;
      return { table, added, changed: changes.length - added, unchanged };
    }),
    { table: "observation", added: scores.added.length, changed: scores.changed.length, unchanged: scores.unchanged },
  ];
  return {
    domain: dataset.domain.slug,
    tables,
    retracted: scores.changed.filter(({ isRetraction }) => isRetraction).length,
    leftRetracted: scores.leftRetracted,
    written: revision === null ? 0 : tables.reduce((sum, { added, changed }) => sum + added + changed, 0),
    revision,
  };
}

/** A constraint of the database that no check foresaw: what it says is still said in words. */
function explain(error: unknown): unknown {
  const { code, detail, message } = error as { code?: string; detail?: string; message: string };
  if (code === undefined || !/^23/.test(code)) return error;
  return new ExpectedError("CONFLICT", `The database refuses the data set; nothing was written. ${message}${detail ? ` (${detail})` : ""}`);
}
