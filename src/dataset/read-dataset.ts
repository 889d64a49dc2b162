import { invariant } from "../errors";
import { type Dataset } from "./dataset";
import { Faults } from "./faults";
import { checkFolder } from "./plan-import";
import { readFolder } from "./read-folder";

/**
 * Reads a data set folder and checks it by itself, as for an empty database. Ends after `now` are in the future. Throws one DATA_SET error
 * that lists every fault with file, line, column, what was expected and what was got: up to 50, then how many more there are.
 */
export async function readDataset(folder: string, now: Date = new Date()): Promise<Dataset> {
  const faults = new Faults();
  const read = await readFolder(folder, faults);
  if (read) await checkFolder(read, faults, now.getTime());
  faults.refuse();
  invariant(read, "a folder that is not read has a fault");
  return read.dataset;
}
