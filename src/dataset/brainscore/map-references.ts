import { isText } from "../../database/texts";
import { type BibtexEntry } from "../../subgraphs/citations/bibtex-entry";
import { distinguishKeys } from "../../subgraphs/citations/distinguish-keys";
import { identifyWork } from "../../subgraphs/citations/identify-work";
import { parseReference } from "../../subgraphs/citations/parse-reference";
import { replaceKey } from "../../subgraphs/citations/replace-key";
import { splitBibtex } from "../../subgraphs/citations/split-bibtex";
import { type Journal } from "./journal";
import { type Source, type SourceRow } from "./source";
import { valuesOf } from "./values-of";

/** The references of one domain. */
export interface MappedReferences {
  /** With the places in the source as their lines. */
  readonly entries: readonly BibtexEntry[];
  /** The key that a reference of the source has here. */
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * The references that a domain cites, in the source's order: those of one work merged into the first, different works under one key told apart
 * by a, b, …; one without BibTeX becomes an @misc of author, year and URL.
 */
export function mapReferences(source: Source, cited: ReadonlySet<string>, journal: Journal): MappedReferences {
  const works = new Map<string, { entry: BibtexEntry; at: number; sources: string[] }>();
  for (const row of source.rows.reference) {
    if (!cited.has(row.key)) continue;
    const where = (): string => source.placeOf("reference", row.at);
    const entry = entryOf(row, where, journal);
    const { doi, csl } = parseReference(entry);
    const work = identifyWork({ doi, csl });
    const earlier = works.get(work);
    if (!earlier) works.set(work, { entry, at: row.at, sources: [row.key] });
    else {
      journal.repair("a reference to a work that another one has: merged", where, `${entry.key}, as ${earlier.entry.key}`);
      earlier.sources.push(row.key);
    }
  }
  const all = [...works.values()];
  const keys = distinguishKeys(all.map(({ entry }) => entry.key));
  const entries = all.map(({ entry, at }, index): BibtexEntry => {
    if (keys[index] === entry.key) return { ...entry, line: at };
    journal.repair(
      "a key that different works have: told apart",
      () => source.placeOf("reference", at),
      `${entry.key}, now ${keys[index]}`,
    );
    return { ...(readEntry(replaceKey(entry.text, keys[index])) ?? entry), line: at };
  });
  return { entries, keys: new Map(all.flatMap(({ sources }, index) => sources.map((own) => [own, keys[index]] as const))) };
}

function entryOf(row: SourceRow, where: () => string, journal: Journal): BibtexEntry {
  const values = valuesOf(row, where, journal);
  const bibtex = values.text("bibtex")?.trim();
  const given = bibtex && isText(bibtex) ? splitBibtex(bibtex.replaceAll(/\r\n?/g, "\n")) : null;
  const [entry] = given?.entries ?? [];
  if (given && given.entries.length > 1) journal.leaveOut("further entries in the BibTeX of a reference", where, given.entries[1].key);
  if (entry) return entry;
  const why = given?.faults[0]?.message ?? (bibtex ? "no entry" : "none");
  journal.repair("a reference without readable BibTeX: @misc of author, year and URL", where, why);
  return miscOf(values.text("author") ?? "", values.text("year") ?? "", values.text("url") ?? "");
}

const readEntry = (bibtex: string): BibtexEntry | undefined => splitBibtex(bibtex).entries.at(0);

function miscOf(author: string, year: string, url: string): BibtexEntry {
  const plain = (text: string): string =>
    text
      .replaceAll(/[{}\\\u0000-\u001f\p{Cs}]/gu, " ")
      .replaceAll(/\s+/g, " ")
      .trim()
      .slice(0, 2_000);
  const name = plain(author).replace(/\s+et al\.?$/i, " and others");
  const word = /\p{L}[\p{L}\p{N}-]*/u.exec(name)?.[0].slice(0, 50) ?? "Reference";
  const digits = /(?<!\d)\d{4}(?!\d)/.exec(year)?.[0] ?? "";
  const fields = [
    ["author", name],
    ["year", digits],
    ["url", plain(url)],
  ].filter(([, value]) => value !== "");
  const text = [`@misc{${word}${digits}`, ...fields.map(([field, value]) => `  ${field} = {${value}}`)].join(",\n");
  const entry = readEntry(`${text}\n}`);
  return entry ?? (readEntry(`@misc{Reference${digits}}`) as BibtexEntry);
}
