import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import type { Checksums } from "./checksums";

/** The files of a backup that is being written: streams, that only this user can read, each on the disk once its writing is done. */
export class BackupFiles {
  private readonly written = new Map<string, string>();
  /** Size of what was written, in bytes. */
  bytes = 0;

  constructor(private readonly folder: string) {}

  /** Of all files written so far. */
  get sums(): Checksums {
    return this.written;
  }

  writeText(name: string, text: string): Promise<void> {
    return this.write(name, Readable.from([Buffer.from(text)]));
  }

  /** Compresses what comes. */
  async writeZipped(name: string, source: Readable): Promise<void> {
    const zipped = createGzip({ level: constants.Z_BEST_SPEED });
    await Promise.all([pipeline(source, zipped), this.write(name, zipped)]);
  }

  private async write(name: string, source: Readable): Promise<void> {
    const hash = createHash("sha256");
    const noting = async function* (this: BackupFiles, chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        this.bytes += chunk.length;
        yield chunk;
      }
    }.bind(this);
    const file = createWriteStream(path.join(this.folder, name), { flags: "wx", mode: 0o600, flush: true });
    await pipeline(source, noting, file);
    this.written.set(name, hash.digest("hex"));
  }
}
