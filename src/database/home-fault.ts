import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { ExpectedError } from "../errors";
import type { ServerHome } from "./server-home";
import type { ServerUser } from "./server-user";

/** Size of the file that Postgres cannot start without, in bytes: the same in every version. */
const CONTROL_BYTES = 8192;

/** How to get out of damage that nothing here can mend. */
const START_ANEW = "Restore the last backup into a new folder: SCORETREE_DATA_DIR=NEW scoretree restore DIR. Keep the old one until then.";

/** What is wrong with a folder, and what to do. */
export interface HomeFault {
  readonly message: string;
  readonly advice: string;
}

/**
 * Looks at the folder of an embedded server for what Postgres would not start with: files that are missing or cut, data of another
 * version than `major`, an owner who is not the user that it runs as, rights that are too wide. Null: nothing was found.
 */
export async function homeFault({ data }: Pick<ServerHome, "data">, user: ServerUser, major: number): Promise<HomeFault | null> {
  const found = await stat(data).catch(() => null);
  if (!found?.isDirectory()) return { message: `${data} is missing`, advice: START_ANEW };
  const uid = user?.uid ?? process.getuid?.();
  if (uid !== undefined && found.uid !== uid)
    return {
      message: `${data} belongs to user ${found.uid}, but Postgres would run as ${user?.name ?? `user ${uid}`}`,
      advice: `Give it back with all that is in it: chown -R ${uid} ${path.dirname(data)}`,
    };
  if (process.platform !== "win32" && (found.mode & 0o027) !== 0)
    return { message: `${data} is open to others, which Postgres refuses`, advice: `Close it: chmod 700 ${data}` };
  const version = (await readFile(path.join(data, "PG_VERSION"), "utf8").catch(() => "")).trim();
  if (version === "") return { message: `${data} has no PG_VERSION: files of it were removed or damaged`, advice: START_ANEW };
  if (Number(version) !== major)
    return {
      message: `${data} is of Postgres ${version}, but this program brings Postgres ${major}`,
      advice: "Back it up by the program that made it: scoretree backup DIR. Then restore that into a new folder by this one.",
    };
  const control = await stat(path.join(data, "global/pg_control")).catch(() => null);
  if (control?.size !== CONTROL_BYTES)
    return {
      message: `${path.join(data, "global/pg_control")} is ${control ? `${control.size} bytes long, not ${CONTROL_BYTES}` : "missing"}: files of the database were cut or removed`,
      advice: START_ANEW,
    };
  return null;
}

/** Throws CONFIGURATION if `homeFault` finds something. */
export async function refuseFaultyHome(...looked: Parameters<typeof homeFault>): Promise<void> {
  const fault = await homeFault(...looked);
  if (fault) throw new ExpectedError("CONFIGURATION", `${fault.message}.\n${fault.advice}`);
}
