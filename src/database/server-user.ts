import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { ExpectedError } from "../errors";

/** The user that a server process runs as; null: this one. */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number } | null;

/**
 * Postgres refuses to run as root. Started by root it runs as the owner of its folder, if that is another one, else as the user
 * `postgres` of this machine, else as `nobody`. Started by anybody else it runs as that user. Throws CONFIGURATION if root has none of these.
 */
export async function serverUser(directory: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(directory).catch(() => null);
  if (owner && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const users = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n").map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const user = users.find(([found]) => found === name);
    if (user) return { name, uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new ExpectedError(
    "CONFIGURATION",
    "Postgres does not run as root, and this machine has no user postgres or nobody to run it as: add one, start as an ordinary user, or set DATABASE_URL.",
  );
}

/** True if the user can come to a folder, or to where it will be made: every folder above it that exists lets the user pass. */
export async function canReach(user: ServerUser, directory: string): Promise<boolean> {
  if (user === null) return true;
  for (let at = path.resolve(directory); ; at = path.dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found && !(found.mode & (found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001))) return false;
    if (at === path.dirname(at)) return true;
  }
}
