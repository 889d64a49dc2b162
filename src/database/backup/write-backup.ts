import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { DataSource } from "typeorm";
import { badInput, ExpectedError } from "../../errors";
import { writeChecksums } from "./checksums";
import { CHECKSUMS, type Manifest, MANIFEST } from "./manifest";
import { dumpTables } from "./dump-tables";
import { BackupFiles } from "./backup-files";

/** What a backup came to. */
export interface BackupReport {
  readonly manifest: Manifest;
  /** Size of its files together, in bytes. */
  readonly bytes: number;
}

/**
 * Writes all that the database holds, as of one moment, into a folder that only this user can read. The folder is made under another name,
 * `<folder>.half-…`, and renamed once it is whole and on the disk: what bears its name is whole. Writers are not held up; migrations
 * wait. Throws BAD_USER_INPUT if the folder holds something already, CONFIGURATION if the database has no tables or those of a newer
 * program, or if the folder cannot be written.
 */
export async function writeBackup(
  database: { readonly url: string; readonly dataSource: DataSource },
  folder: string,
): Promise<BackupReport> {
  await refuseTaken(folder);
  const half = `${folder}.half-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    await mkdir(half, { recursive: true, mode: 0o700 });
    const files = new BackupFiles(half);
    const manifest = await dumpTables(database, files);
    await files.writeText(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
    await files.writeText(CHECKSUMS, writeChecksums(files.sums));
    await onDisk(half);
    await refuseTaken(folder);
    await rename(half, folder);
    await onDisk(path.dirname(folder));
    return { manifest, bytes: files.bytes };
  } catch (error) {
    throw explained(error, folder);
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

async function refuseTaken(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error.code === "ENOTDIR" ? badInput(`${folder} is a file: a backup is a folder.`) : explained(error, folder);
  });
  if (there.length > 0) throw badInput(`${folder} holds something already: a backup goes into a folder of its own.`);
}

/** What the file system refuses is told in words; anything else is given back as it is. */
function explained(error: unknown, folder: string): unknown {
  const { syscall = "", message } = error as NodeJS.ErrnoException;
  const isOfFiles = /^(mkdir|open|write|writev|fsync|close|rename|scandir)$/.test(syscall);
  return isOfFiles ? new ExpectedError("CONFIGURATION", `The backup cannot be written to ${folder}: ${message}.`) : error;
}

/** Has the entries of a folder written to the disk: a power cut must not undo a renaming. Windows knows no such thing. */
async function onDisk(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
