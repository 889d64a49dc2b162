import { type Journal } from "./journal";
import { type Link } from "./source";

/** The key of the row that a link leads to, if it is there; what leads nowhere is told, and null. */
export function followLink(
  link: Link | undefined,
  rows: ReadonlyMap<string, unknown>,
  told: { readonly what: string; readonly where: () => string; readonly journal: Journal },
): string | null | undefined {
  if (typeof link !== "string") {
    if (link) told.journal.leaveOut(told.what, told.where, link.unknown);
    return link === undefined ? undefined : null;
  }
  if (rows.has(link)) return link;
  told.journal.leaveOut(told.what, told.where, link);
  return null;
}
