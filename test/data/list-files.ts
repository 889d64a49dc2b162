import { readdir } from "node:fs/promises";
import path from "node:path";

/** Paths of the files below a folder, with forward slashes, sorted; of the data set's own folder without its README and its program. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)).split(path.sep).join("/"))
    .filter((file) => file !== "README.md" && !file.startsWith("make/"))
    .sort();
}
