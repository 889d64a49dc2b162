import { z } from "zod";
import { badInput } from "../../errors";

/** How the folder is made. A change that an older program would read wrongly takes the next number. */
export const FORMAT = "scoretree-backup/1";

/** Files of a backup besides those of its tables. */
export const MANIFEST = "manifest.json";
export const CHECKSUMS = "SHA256SUMS";

const tableShape = z.strictObject({
  /** Name of the table. */
  table: z.string(),
  /** Name of the file that holds its rows: the text of COPY, compressed by gzip. */
  file: z.string().regex(/^[a-z_]+\.copy\.gz$/),
  /** Its columns, in the order of the file. */
  columns: z.array(z.string()).min(1),
  rows: z.int().min(0),
  /** What the next row takes as its `pk`; null if the table counts nothing. */
  nextPk: z.int().min(1).nullable(),
});

const manifestShape = z.strictObject({
  format: z.literal(FORMAT),
  /** When the backup was begun, by the clock of its machine. */
  madeAt: z.iso.datetime(),
  /** Version of the Postgres that it was read from. */
  postgres: z.string(),
  /** Names of the migrations that had been run, oldest first. */
  migrations: z.array(z.string()).min(1),
  /** The last revision that is in it (§9). */
  revision: z.int().min(0),
  /** In the order in which they refer to each other. */
  tables: z.array(tableShape).min(1),
});

/** What a backup holds of one table. */
export type BackupTable = z.infer<typeof tableShape>;

/** What a backup holds: its file `manifest.json`. */
export type Manifest = z.infer<typeof manifestShape>;

/** Reads the text of a manifest. Throws BAD_USER_INPUT if it is none, or of a format that this program does not know. */
export function parseManifest(text: string, place: string): Manifest {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw badInput(`${place} is not JSON: it is damaged, or the folder is no backup.`);
  }
  const format = (given as { format?: unknown } | null)?.format;
  if (format !== FORMAT)
    throw badInput(
      `${place}: expected the format ${FORMAT}, got ${JSON.stringify(format) ?? "none"}. Use the program that made it, or a newer one.`,
    );
  const read = manifestShape.safeParse(given);
  if (read.success) return read.data;
  throw badInput(`${place} is not right: ${read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")}.`);
}
