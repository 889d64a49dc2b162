import { risTags } from "./citation-engine";
import type { CslItem } from "./csl";
import { plainText } from "./plain-text";

/** An item as one RIS record: a tag a line, TY first and ER last, without line breaks in a value. The key stands whole in ID. */
export function writeRis(item: CslItem): string {
  const { TY, SP, ...tags } = risTags(item);
  const pages = /^([^-]+)-([^-]+)$/.exec(String(SP ?? ""));
  const lines = Object.entries({ ...tags, ID: item.id, ...(pages ? { SP: pages[1], EP: pages[2] } : { SP }) }).flatMap(([tag, value]) =>
    [value ?? []].flat().map((one) => `${tag}  - ${plainText(String(one))}`),
  );
  return [`TY  - ${TY}`, ...lines, "ER  - "].join("\n");
}
