import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { badInput } from "../../errors";

/** SHA-256 of files, in hexadecimal, by name. */
export type Checksums = ReadonlyMap<string, string>;

/** Writes checksums as `sha256sum --check` reads them. */
export const writeChecksums = (sums: Checksums): string => [...sums].map(([name, sum]) => `${sum}  ${name}\n`).join("");

/** Reads what `writeChecksums` writes. Throws BAD_USER_INPUT on anything else. */
export function parseChecksums(text: string, place: string): Checksums {
  const lines = text.split("\n");
  const entries = lines.slice(0, -1).map((line) => /^([0-9a-f]{64}) {2}([\w.]+)$/.exec(line));
  if (lines.at(-1) !== "" || entries.includes(null))
    throw badInput(`${place} is damaged: expected a checksum and the name of a file in each line.`);
  return new Map(entries.map((entry) => [entry![2], entry![1]]));
}

/** The checksum of a file, read as a stream. Throws BAD_USER_INPUT if it cannot be read. */
export async function checksumOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw badInput(code === "ENOENT" ? `${path.basename(file)} is missing.` : `${path.basename(file)} cannot be read: ${message}.`);
  }
  return hash.digest("hex");
}
