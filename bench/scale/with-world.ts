import { createDataSource } from "../../src/database/data-source";
import type { EmbeddedServer } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";
import type { Database } from "../../src/federation/context";
import { ENTITIES } from "../../src/server/entities";
import { makeWorld, type WorldSize } from "./make-world";

/** Runs `use` with a new database of a domain without observations. */
export async function withWorld<T>(
  server: EmbeddedServer,
  size: WorldSize,
  use: (url: string, dataSource: Database) => Promise<T>,
): Promise<T> {
  const name = `scale_${size.models}_${size.nodes}`;
  const admin = await createDataSource(server.url, [], 1);
  await admin.query(`CREATE DATABASE ${name}`);
  const dataSource = await createDataSource(server.urlOf(name), ENTITIES);
  try {
    await migrate(dataSource);
    await makeWorld(dataSource, size);
    return await use(server.urlOf(name), dataSource);
  } finally {
    await dataSource.destroy();
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.destroy();
  }
}
