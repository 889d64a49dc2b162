import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client, escapeIdentifier } from "pg";
import { createDataSource } from "../../src/database/data-source";
import { type EmbeddedServer, openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";

const ROOT = path.resolve(__dirname, "../..");

/** Name of the variable that tells the test files of a run where a database of its server is. */
export const TEST_SERVER = "SCORETREE_TEST_SERVER";

/** The migrated database that those of the tests are copies of. Its name follows from the migrations: changed ones make another. */
export const TEMPLATE = `template_${createHash("sha256")
  .update(
    readdirSync(path.join(ROOT, "migrations"))
      .sort()
      .map((file) => readFileSync(path.join(ROOT, "migrations", file), "utf8"))
      .join(),
  )
  .digest("hex")
  .slice(0, 12)}`;

/** Number of the lock that one run holds while it makes the template. */
const LOCK = 4_417_730;

/**
 * The server of the tests: that of TEST_DATABASE_URL if set (its user may create databases), else an embedded one, not durable, in the
 * folder for temporary files, one for each checkout and user. Runs at the same time share it, and a run that was killed leaves it to the next.
 */
export async function openTestServer(): Promise<Pick<EmbeddedServer, "url" | "stop">> {
  const given = process.env.TEST_DATABASE_URL;
  const name = `scoretree-test-${process.getuid?.() ?? "user"}-${createHash("sha256").update(ROOT).digest("hex").slice(0, 12)}`;
  const server = given ? { url: given, stop: async () => undefined } : await openEmbedded(path.join(tmpdir(), name), { isDurable: false });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock($1)`, [LOCK]);
    await dropLeftovers(client);
    const { rows } = await client.query(`SELECT FROM pg_database WHERE datname = $1`, [TEMPLATE]);
    if (rows.length === 0) await makeTemplate(client, server.url);
  } finally {
    await client.end();
  }
  return server;
}

/** The address of another database of the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Made under another name first: being killed meanwhile must not leave half a template. */
async function makeTemplate(client: Client, url: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS half_${TEMPLATE}`);
  await client.query(`CREATE DATABASE half_${TEMPLATE}`);
  const dataSource = await createDataSource(databaseUrl(url, `half_${TEMPLATE}`));
  await migrate(dataSource);
  await dataSource.destroy();
  await client.query(`ALTER DATABASE half_${TEMPLATE} RENAME TO ${TEMPLATE}`);
}

/** Drops the databases of test processes that were killed: a name tells whose it is. */
async function dropLeftovers(client: Client): Promise<void> {
  const { rows } = await client.query(`SELECT datname AS name FROM pg_database WHERE datname ~ '^test_[0-9]+_'`);
  for (const { name } of rows)
    if (!isAlive(Number(name.split("_")[1]))) await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
