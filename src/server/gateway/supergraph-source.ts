import { readFileSync, watchFile, unwatchFile } from "node:fs";
import path from "node:path";
import { ExpectedError } from "../../errors";

/** How often a file is looked at for changes, in milliseconds. */
const INTERVAL = 2_000;

/** Reads a supergraph that was composed elsewhere. Throws CONFIGURATION if it cannot be read. */
export function readSupergraph(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ExpectedError("CONFIGURATION", `${path.resolve(file)} cannot be read: ${(error as Error).message}`);
  }
}

/** Calls a listener when the file was changed, and on SIGHUP. What is given back stops that. */
export function watchSupergraph(file: string, listener: () => void): () => void {
  watchFile(file, { interval: INTERVAL, persistent: false }, listener);
  process.on("SIGHUP", listener);
  return () => {
    unwatchFile(file, listener);
    process.off("SIGHUP", listener);
  };
}
