import { CitationFormat } from "./citation-format";
import type { CslItem } from "./csl";
import { KeptTexts } from "./kept-texts";
import { replaceKey } from "./replace-key";
import { writeApa } from "./write-apa";
import { writeRis } from "./write-ris";

/** What a citation is written from. `id` and `revision` together stand for the content. */
export interface Citable {
  readonly id: string;
  readonly revision: number;
  readonly key: string;
  readonly bibtex: string;
  readonly csl: CslItem;
}

/** A line of APA takes milliseconds and has some hundred characters: a few thousand are kept. */
const apaLines = new KeptTexts(2 ** 21);

/**
 * A reference in a format: BIBTEX the entry's own text, RIS one record, CSL_JSON a JSON array of one item, APA one line of plain text.
 * `key` replaces the reference's own key.
 */
export function formatCitation(reference: Citable, format: CitationFormat, key: string = reference.key): string {
  switch (format) {
    case CitationFormat.BIBTEX:
      return key === reference.key ? reference.bibtex : replaceKey(reference.bibtex, key);
    case CitationFormat.RIS:
      return writeRis(withKey(reference.csl, key));
    case CitationFormat.CSL_JSON:
      return JSON.stringify([withKey(reference.csl, key)]);
    case CitationFormat.APA:
      return apaLines.get(`${reference.id} ${reference.revision}`, () => writeApa(reference.csl));
  }
}

/** A CSL item under a key of a bibliography. */
export const withKey = (item: CslItem, key: string): CslItem => ({ ...item, id: key, "citation-key": key });
