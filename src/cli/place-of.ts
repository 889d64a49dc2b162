import { type Config } from "../config";

/** Where the configured database is, in words without a password. */
export function placeOf({ databaseUrl, dataDirectory }: Pick<Config, "databaseUrl" | "dataDirectory">): string {
  if (databaseUrl === null) return `The embedded Postgres of ${dataDirectory}`;
  const shown = new URL(databaseUrl);
  shown.password = "";
  return shown.href;
}
