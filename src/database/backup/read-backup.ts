import { readFile } from "node:fs/promises";
import path from "node:path";
import { badInput } from "../../errors";
import { type Checksums, checksumOf, parseChecksums } from "./checksums";
import { CHECKSUMS, type Manifest, MANIFEST, parseManifest } from "./manifest";

/** A backup whose files are all there and as they were written. */
export interface CheckedBackup {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Reads a backup and every file of it against its checksum. Throws BAD_USER_INPUT if the folder is no whole backup, telling which files
 * are damaged or missing. Changes nothing, and asks no database.
 */
export async function readBackup(folder: string): Promise<CheckedBackup> {
  const sums = parseChecksums(await readText(folder, CHECKSUMS), path.join(folder, CHECKSUMS));
  // What a damaged manifest says of itself is nothing to go by: its checksum comes first.
  await refuseDamaged(folder, sums, [MANIFEST]);
  const manifest = parseManifest(await readText(folder, MANIFEST), path.join(folder, MANIFEST));
  await refuseDamaged(
    folder,
    sums,
    manifest.tables.map(({ file }) => file),
  );
  return { folder, manifest };
}

/** A file that every backup has. */
async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(path.join(folder, name), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw badInput(`${path.join(folder, name)} cannot be read: ${message}.`);
    throw badInput(`${folder} is no whole backup: it has no ${name}.`);
  }
}

async function refuseDamaged(folder: string, sums: Checksums, names: readonly string[]): Promise<void> {
  const faults: string[] = [];
  for (const name of names) {
    const expected = sums.get(name);
    if (expected === undefined) {
      faults.push(`${name} has no line in ${CHECKSUMS}.`);
      continue;
    }
    try {
      const found = await checksumOf(path.join(folder, name));
      if (found !== expected) faults.push(`${name} is damaged: expected SHA-256 ${expected}, got ${found}.`);
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  if (faults.length > 0) throw badInput(`The backup ${folder} cannot be used:\n  ${faults.join("\n  ")}`);
}
