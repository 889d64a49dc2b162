import { stat } from "node:fs/promises";

/** True if there is nothing at a path; throws if that cannot be said. */
export async function isMissing(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || (error as NodeJS.ErrnoException).code === "ENOTDIR") return true;
    throw error;
  }
}
