import type { Config } from "../config";
import { type Place, refuseUnmigrated, withDatabase } from "./with-database";

/** Opens the database, does `work`, and closes it whatever comes. Throws CONFIGURATION if its tables are not those of this program. */
export const withTables = (config: Config, work: (place: Place) => Promise<void>): Promise<void> =>
  withDatabase(config, async (place) => {
    await refuseUnmigrated(place);
    await work(place);
  });
