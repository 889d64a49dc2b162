import { createHash } from "node:crypto";
import { access, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ExpectedError } from "../errors";
import { canReach, type ServerUser } from "./server-user";

/** True if something is at this path. */
export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Where a folder that the server's user must reach can be: at the wanted path, or, where root started us and that path lies below a
 * folder closed to others (such as /root), below /var/lib/scoretree or the folder for temporary files, under a name that follows from the
 * wanted path, so that the next start finds it again. Throws CONFIGURATION if it is there already but closed, or can be nowhere.
 */
export async function serverPlace(user: ServerUser, wanted: string): Promise<string> {
  const name = `${path.basename(wanted)}-${createHash("sha256").update(wanted).digest("hex").slice(0, 12)}`;
  const places = [wanted, path.join("/var/lib/scoretree", name), path.join(tmpdir(), "scoretree", name)];
  for (const place of places) {
    if (!(await exists(place))) continue;
    if (await canReach(user, place)) return place;
    throw new ExpectedError(
      "CONFIGURATION",
      `${place} must be passable for ${user?.name}, whom Postgres runs as, and so must every folder above it. Make them so, or move it.`,
    );
  }
  for (const place of places) {
    const parent = path.dirname(place);
    if (!(await canReach(user, parent))) continue;
    const isMade = await mkdir(parent, { recursive: true }).then(
      () => true,
      () => false,
    );
    if (isMade && (await canReach(user, parent))) return place;
  }
  throw new ExpectedError(
    "CONFIGURATION",
    `No folder for the database can be made: tried ${places.join(", ")}. Set SCORETREE_DATA_DIR or DATABASE_URL.`,
  );
}
