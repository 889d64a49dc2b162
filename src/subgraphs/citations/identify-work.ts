import { createHash } from "node:crypto";
import type { CslItem } from "./csl";

/** Fields that say where an entry was kept, not what it describes. */
const NOT_THE_WORK = new Set(["id", "citation-key"]);

/**
 * What makes two references one work: equal for equal DOIs and, where there is no DOI, for equal content whatever the key, the order of the
 * fields, letter case and spacing. A DOI, or a digest.
 */
export const identifyWork = ({ doi, csl }: { doi: string | null; csl: CslItem }): string =>
  doi === null ? `text:${createHash("sha256").update(canonical(csl)).digest("base64url")}` : `doi:${doi}`;

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(typeof value === "string" ? fold(value) : value);
  const fields = Object.entries(value).filter(([name]) => !NOT_THE_WORK.has(name));
  return `{${fields
    .map(([name, inner]) => `${name}:${canonical(inner)}`)
    .sort()
    .join()}}`;
}

const fold = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
