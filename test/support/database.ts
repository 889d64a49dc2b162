import { Client } from "pg";
import type { DataSource } from "typeorm";
import { createDataSource } from "../../src/database/data-source";
import { ENTITIES } from "../../src/server/entities";
import { databaseUrl, TEMPLATE, TEST_SERVER } from "./test-server";

/** A database for one test file. */
export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  /** Closes the data source and removes the database, whoever else is connected. */
  drop(): Promise<void>;
}

let made = 0;

/**
 * Makes an empty, migrated database: a copy of the template, some tens of milliseconds. `isMigrated` false: one without any table. `of`: a
 * copy of another one, ids and the key that makes them included; only its own data source may be connected to it, and is anew afterwards.
 */
export async function createTestDatabase({
  isMigrated = true,
  of,
}: { isMigrated?: boolean; of?: TestDatabase } = {}): Promise<TestDatabase> {
  const server = process.env[TEST_SERVER];
  if (!server) throw new Error(`${TEST_SERVER} is not set: run the tests by jest, with its global setup.`);
  const name = `test_${process.pid}_${process.hrtime.bigint()}_${made++}`;
  const template = of ? new URL(of.url).pathname.slice(1) : isMigrated ? TEMPLATE : "template0";
  await of?.dataSource.destroy();
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  await of?.dataSource.initialize();
  const url = databaseUrl(server, name);
  const dataSource = await createDataSource(url, ENTITIES);
  return {
    url,
    dataSource,
    async drop() {
      if (dataSource.isInitialized) await dataSource.destroy();
      await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
