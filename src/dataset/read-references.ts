import { readFile } from "node:fs/promises";
import path from "node:path";
import { type BibtexEntry } from "../subgraphs/citations/bibtex-entry";
import { splitBibtex } from "../subgraphs/citations/split-bibtex";
import { type Faults } from "./faults";
import { isMissing } from "./is-missing";

/** File name of the bibliography. */
export const REFERENCES = "references.bib";

/** Reads references.bib: its entries in order, with LF. A bad one is a fault and does not hide the others. None if there is no file. */
export async function readReferences(folder: string, faults: Faults): Promise<readonly BibtexEntry[]> {
  const file = path.join(folder, REFERENCES);
  if (await isMissing(file)) return [];
  let source: string;
  try {
    source = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch {
    faults.add(REFERENCES, null, null, "expected UTF-8, got bytes that are none");
    return [];
  }
  const { entries, faults: bad } = splitBibtex(source.replaceAll(/\r\n?/g, "\n"));
  for (const { line, message } of bad) faults.add(REFERENCES, line, null, message);
  return entries;
}
