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

/** Makes an empty, migrated database: a copy of the template, some tens of milliseconds. `isMigrated` false: one without any table. */
export async function createTestDatabase({ isMigrated = true } = {}): Promise<TestDatabase> {
  const server = process.env[TEST_SERVER];
  if (!server) throw new Error(`${TEST_SERVER} is not set: run the tests by jest, with its global setup.`);
  const name = `test_${process.pid}_${process.hrtime.bigint()}_${made++}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${isMigrated ? TEMPLATE : "template0"}`);
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
