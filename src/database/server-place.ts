import { createHash } from "node:crypto";
import { access, chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import { ExpectedError } from "../errors";
import { canReach, type ServerUser } from "./server-user";

/** True if something is at this path. */
export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Where root keeps what the server's user cannot come to at its own place. Root alone may write there. */
export const OTHER_PLACE = "/var/lib/scoretree";

/**
 * Where a folder that the server's user must reach can be: at the wanted path, or, where root started us and that path lies below a
 * folder closed to others (such as /root), at `/var/lib/scoretree/<name>`, where the name follows from the wanted path, so that the
 * next start finds it again. Throws CONFIGURATION if the folder is there already but closed, or can be nowhere.
 */
export async function serverPlace(user: ServerUser, wanted: string): Promise<string> {
  const name = `${path.basename(wanted)}-${createHash("sha256").update(wanted).digest("hex").slice(0, 12)}`;
  const other = path.join(OTHER_PLACE, name);
  const places = [wanted, other];
  for (const place of places) {
    if (!(await exists(place))) continue;
    if (await canReach(user, place)) return place;
    throw new ExpectedError(
      "CONFIGURATION",
      `${place} must be passable for ${user?.name}, whom Postgres runs as, and so must every folder above it. Make them so, or move it.`,
    );
  }
  const parent = path.dirname(wanted);
  if ((await canReach(user, parent)) && (await canMake(parent)) && (await canReach(user, parent))) return wanted;
  if (user && (await makeOtherPlace())) return other;
  throw new ExpectedError(
    "CONFIGURATION",
    `No folder for the database can be made: tried ${places.join(", ")}. Set SCORETREE_DATA_DIR or DATABASE_URL.`,
  );
}

/** Makes `OTHER_PLACE`, open to all whatever the mask for new folders says. False if that cannot be. */
export const makeOtherPlace = (): Promise<boolean> =>
  mkdir(OTHER_PLACE, { recursive: true })
    .then(() => chmod(OTHER_PLACE, 0o755))
    .then(
      () => true,
      () => false,
    );

const canMake = (directory: string): Promise<boolean> =>
  mkdir(directory, { recursive: true }).then(
    () => true,
    () => false,
  );
