import { type Database, importFolders, type ImportOptions, type ImportReport } from "../import-dataset";
import { Faults } from "../faults";
import { Journal, type SourceReport } from "./journal";
import { mapSource, ORIGINS } from "./map-source";
import { readFixtures } from "./read-fixtures";
import { withPostgresSource } from "./read-postgres";
import { type Source } from "./source";

/** The kinds of sources that are read. */
export const SOURCES = ["brainscore-fixtures", "brainscore-postgres"] as const;

/** Where a Brain-Score site is read from: a folder of Django fixtures, or the URL of the site's own Postgres. */
export interface BrainscorePlace {
  readonly from: (typeof SOURCES)[number];
  readonly at: string;
  /** Slug of the one domain to take. Default: every domain that is found. */
  readonly domain?: string;
}

/** What an import of a Brain-Score site met, and what it did, domain by domain. */
export interface BrainscoreReport extends SourceReport {
  readonly imports: readonly ImportReport[];
}

/**
 * Brings a Brain-Score site over: every domain that is found, in one transaction, all of them or none. What a data set folder would be refused for
 * is put right if there is a rule for it, and every repair is told; what cannot be taken is left out and told. Importing the same again writes
 * nothing. Throws DATA_SET with every fault for which there is no rule, and what `importDataset` throws.
 */
export async function importBrainscore(
  dataSource: Database,
  { from, at, domain }: BrainscorePlace,
  options: ImportOptions = {},
): Promise<BrainscoreReport> {
  const { now = new Date(), onProgress = () => {} } = options;
  const journal = new Journal();
  let source: Source | null = null;
  const faults = new Faults((file, line) => {
    const origin = ORIGINS[file];
    return source && origin && line !== null ? source.placeOf(origin, line) : file === "dataset.json" ? "the roots" : null;
  });
  const onRead = (what: string): void => onProgress({ step: "read", what, done: 0, total: 0 });
  const map = async (read: Source) => {
    source = read;
    // What could not be read leaves gaps that would only bring more faults.
    faults.refuse();
    return { name: read.name, folders: await mapSource(read, journal, faults, { domain, now: now.getTime() }) };
  };
  const { name, folders } =
    from === "brainscore-fixtures"
      ? await map(await readFixtures(at, faults, journal, onRead))
      : await withPostgresSource(at, journal, map, onRead);
  const imports = await importFolders(dataSource, folders, faults, { ...options, now });
  return { ...journal.report(name), imports };
}
