import { risTags } from "./citation-engine";
import { familyName, type CslItem, type CslName } from "./csl";
import { plainText } from "./plain-text";

/** An item as one RIS record: a tag a line, TY first and ER last, without line breaks in a value. The key stands whole in ID. */
export function writeRis(item: CslItem): string {
  const { TY, SP, ...tags } = risTags(
    Object.fromEntries(
      Object.entries(item).map(([field, value]) => [field, Array.isArray(value) ? value.map(joinParticle) : value]),
    ) as CslItem,
  );
  const pages = /^([^-]+)-([^-]+)$/.exec(String(SP ?? ""));
  const lines = Object.entries({ ...tags, ID: item.id, ...(pages ? { SP: pages[1], EP: pages[2] } : { SP }) }).flatMap(([tag, value]) =>
    [value ?? []].flat().map((one) => `${tag}  - ${plainText(String(one))}`),
  );
  return [`TY  - ${TY}`, ...lines, "ER  - "].join("\n");
}

/** RIS has no place for "van der": it belongs to the family name. */
const joinParticle = (name: CslName): CslName => (name.family ? { ...name, family: familyName(name) } : name);
