import { type createDataSource } from "../database/data-source";
import { migrationStatus } from "../database/migrate";
import { type Config } from "../config";
import { readDataset } from "../dataset/read-dataset";
import { IS_PUBLIC } from "../database/fact-tables";
import { fault, type Finding, found, ok, warn } from "./finding";
import { count } from "./count";

type Database = Awaited<ReturnType<typeof createDataSource>>;

const OLDEST_POSTGRES = 150_000;

/** Postgres is new enough: `number` as in `server_version_num`. */
export const checkVersion = (number: number, version: string): Finding =>
  number >= OLDEST_POSTGRES
    ? ok("postgres", `version ${version}`)
    : fault("postgres", `version ${version} is too old`, "Use Postgres 15 or newer, or unset DATABASE_URL for the embedded one.");

/** Everything about a database that answers. What rests on tables is looked at only if they are there. */
export async function checkDatabase(database: Database, { dataset }: Pick<Config, "dataset">): Promise<Finding[]> {
  const [{ number, version }] = await database.query(
    `SELECT current_setting('server_version_num')::int AS "number", current_setting('server_version') AS "version"`,
  );
  const migrations = await found("migrations", "Run: scoretree migrate status", () => checkMigrations(database));
  const findings = [checkVersion(number, version), await checkExtensions(database), migrations];
  const [{ table }] = await database.query(`SELECT to_regclass('ledger')::text AS "table"`);
  if (table === null) return findings;
  findings.push(await found("ledger", "Restore the last backup.", () => checkLedger(database)));
  findings.push(await found("data set", "Run: scoretree import DIR --dry-run", () => checkContent(database, dataset)));
  return findings;
}

/** The tables need no extension but plpgsql, which every Postgres has unless somebody took it away. */
async function checkExtensions(database: Database): Promise<Finding> {
  const rows: { extname: string }[] = await database.query("SELECT extname FROM pg_extension ORDER BY extname");
  const others = rows.map(({ extname }) => extname).filter((name) => name !== "plpgsql");
  if (others.length === rows.length) return fault("extensions", "plpgsql is missing", "Run in the database: CREATE EXTENSION plpgsql");
  return ok("extensions", others.length === 0 ? "none needed, none there" : `none needed (${others.join(", ")} there)`);
}

async function checkMigrations(database: Database): Promise<Finding> {
  const { done, pending } = await migrationStatus(database);
  if (pending.length === 0) return ok("migrations", `all ${done.length} done`);
  if (done.length === 0) return warn("migrations", "the database is empty", "Run: scoretree serve (or: scoretree migrate up)");
  return fault("migrations", `${count(pending.length, "migration")} missing: ${pending.join(", ")}`, "Run: scoretree migrate up");
}

/** Every revision from 1 to the last is that of one content of one fact, now or earlier. */
async function checkLedger(database: Database): Promise<Finding> {
  const ledgers: { last: number; public: number }[] = await database.query(
    `SELECT last_revision AS "last", public_revision AS "public" FROM ledger`,
  );
  const advice = "Somebody wrote past the program. Restore the last backup, and let only scoretree write.";
  if (ledgers.length !== 1) return fault("ledger", `has ${count(ledgers.length, "row")}, not 1`, advice);
  const [{ last, public: outside }] = ledgers;
  const revisions = [...Object.keys(IS_PUBLIC), "earlier_content"].map((table) => `SELECT revision FROM ${table}`).join(" UNION ALL ");
  const [{ facts, different, highest }] = await database.query(
    `SELECT count(*) AS facts, count(DISTINCT revision) AS different, coalesce(max(revision), 0) AS highest FROM (${revisions}) AS every`,
  );
  if (highest !== last) return fault("ledger", `says revision ${last}, but the newest fact has ${highest}`, advice);
  if (different !== facts) return fault("ledger", `${count(facts - different, "revision")} of facts stand twice`, advice);
  if (facts !== last) return fault("ledger", `${count(last - facts, "revision")} of 1 to ${last} have no fact`, advice);
  return ok("ledger", `revision ${last}, for outsiders ${outside}`);
}

async function checkContent(database: Database, folder: string | null): Promise<Finding> {
  const domains: { slug: string; models: number }[] = await database.query(
    `SELECT slug, (SELECT count(*) FROM model WHERE domain_pk = domain.pk) AS models FROM domain ORDER BY slug`,
  );
  if (domains.length > 0)
    return ok("data set", domains.map(({ slug, models }) => `domain ${slug} with ${count(models, "model")}`).join(", "));
  if (folder === null) return warn("data set", "the database has no domain", "Run: scoretree import DIR");
  await readDataset(folder);
  return warn("data set", "the database has no domain", `Run: scoretree import ${folder} (serve does so by itself)`);
}
