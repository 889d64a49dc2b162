import { seed } from "../support/seed";
import { createTestDatabase } from "../support/database";
import { joinedSchema } from "../support/joined";
import { type StartedServer, startGateway, startServer } from "../support/start-server";
import { writeTwinWorld } from "../flows/twin-world";
import type { DataSource } from "typeorm";

/** Servers that are attacked: joined, and a gateway over subgraphs, each in a process of its own over one database. */
export interface Attacked {
  readonly dataSource: DataSource;
  readonly joined: StartedServer;
  readonly subgraphs: StartedServer;
  readonly gateway: StartedServer;
  /** Ids of everything, of all kinds, but for the facts that honest questions are about. */
  readonly ids: readonly string[];
  close(): Promise<void>;
}

const TABLES = [
  "domain",
  "account",
  "reference",
  "benchmark",
  "benchmark_version",
  "model",
  "submission",
  "observation",
  "release",
  "api_key",
];

/** Opens the world of the twins, secrets included, with one more domain that nobody attacks. */
export async function openAttacked(settings: Readonly<Record<string, string>> = {}): Promise<Attacked> {
  const database = await createTestDatabase();
  const { dataSource, url } = database;
  await writeTwinWorld(dataSource, { hasSecrets: true, idKey: Buffer.alloc(32, 7) });
  const union = [...TABLES.map((table) => `SELECT id FROM ${table}`), "SELECT contributor_id FROM account"].join(" UNION ");
  const ids = ((await dataSource.query(`SELECT id FROM (${union}) AS every ORDER BY id`)) as { id: string }[]).map(({ id }) => id);
  await seed(dataSource)
    .account("boss", { role: "ADMIN" })
    .domain("honest")
    .tree("whole\n  part")
    .model("alpha")
    .score("alpha", "part", 0.25)
    .write();
  const environment = { LOG_LEVEL: "error", ...settings };
  const names = joinedSchema().subgraphs.map(({ name }) => name);
  const [joined, subgraphs] = await Promise.all([startServer(url, environment), startServer(url, environment, names)]);
  const places = Object.fromEntries(names.map((name) => [name, `${subgraphs.url}/graphql/${name}`]));
  const gateway = await startGateway(places, { environment });
  return {
    ...{ dataSource, joined, subgraphs, gateway, ids },
    async close() {
      for (const server of [gateway, joined, subgraphs]) await server.kill();
      await database.drop();
    },
  };
}
