import "reflect-metadata";
import { type Client, types } from "pg";
import { DataSource, type DataSourceOptions, DefaultNamingStrategy } from "typeorm";
import { migrations } from "../../migrations/list";

/** Property names are camelCase, column names snake_case; columns of an embedded class carry its prefix. */
class SnakeCase extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined, prefixes: string[]): string {
    return [...prefixes, customName ?? propertyName].join("_").replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

/**
 * How values of Postgres become values of JavaScript, for every connection that facts are read over: `int8` becomes a number, because revisions and counts
 * stay below 2^53 (checked: a higher one throws).
 */
export const postgresTypes = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === types.builtins.INT8 && format !== "binary" ? parseInt8 : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

function parseInt8(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is too large a number for JavaScript.`);
  return number;
}

/** How long to wait for a new connection, or for one of the pool to be free, in milliseconds. */
const LONGEST_WAIT = 4_000;

/**
 * Nobody listens to a connection between its making and its first use: one that is lost there would end the process. Who uses it hears of
 * the loss from what it asks.
 */
const outliveLoss = (client: Client): void => void client.on("error", () => undefined);

export interface DataSourceChoices {
  /** Streaming replicas. Default: none. */
  readonly replicaUrls?: readonly string[];
  /** How long a statement may take, in milliseconds: then the server ends it. Default: as long as the server lets it. */
  readonly statementTimeout?: number;
}

/**
 * Connects to a Postgres at `url` with a pool of at most `poolSize` connections (default 10), for the given entity classes (none where
 * only SQL is spoken), and with as many to each of its replicas, which only `queryAt` and the first reading of a board use. The tables come
 * from the migrations alone, never from the entities. Throws if one of them does not answer within 4 s.
 */
export function createDataSource(
  url: string,
  entities: DataSourceOptions["entities"] = [],
  poolSize = 10,
  { replicaUrls = [], statementTimeout }: DataSourceChoices = {},
): Promise<DataSource> {
  return new DataSource({
    type: "postgres",
    ...(replicaUrls.length > 0 ? { replication: { master: { url }, slaves: replicaUrls.map((replica) => ({ url: replica })) } } : { url }),
    entities,
    migrations,
    migrationsTableName: "migration",
    migrationsTransactionMode: "all",
    namingStrategy: new SnakeCase(),
    synchronize: false,
    logging: false,
    applicationName: "scoretree",
    poolSize,
    connectTimeoutMS: LONGEST_WAIT,
    // A lost idle connection is not news: the pool opens another one, and what needs it fails in words of its own.
    poolErrorHandler: () => undefined,
    extra: {
      types: postgresTypes,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      onConnect: outliveLoss,
      ...(statementTimeout === undefined ? {} : { statement_timeout: statementTimeout }),
    },
  }).initialize();
}
