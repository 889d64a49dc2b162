import { type Config } from "../config";
import { migrationStatus } from "../database/migrate";
import { ExpectedError } from "../errors";
import { openDatabase, type OpenDatabase } from "../server/open-database";
import { count } from "./count";
import { explainFailure } from "./explain-failure";
import { placeOf } from "./place-of";

/** A database that a command works on. */
export type Place = OpenDatabase & {
  /** Where it is, in words without a password. */
  readonly place: string;
};

/** Opens the database, does `work`, and closes it whatever comes. Throws UNAVAILABLE, in words, if it cannot be opened. */
export async function withDatabase<T>(config: Config, work: (database: Place) => Promise<T>): Promise<T> {
  const database = await openDatabase(config).catch((error: unknown) => {
    throw explainFailure(error, config);
  });
  try {
    return await work({ ...database, place: placeOf(config) });
  } finally {
    await database.close();
  }
}

/** Throws CONFIGURATION if the tables of the database are not those of this program. */
export async function refuseUnmigrated({ dataSource, place }: Place): Promise<void> {
  const { pending } = await migrationStatus(dataSource);
  if (pending.length > 0)
    throw new ExpectedError("CONFIGURATION", `${place} lacks ${count(pending.length, "migration")}. Run: scoretree migrate up`);
}
