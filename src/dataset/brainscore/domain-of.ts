import { type Journal } from "./journal";
import { type SourceRow } from "./source";
import { valuesOf } from "./values-of";

/** What Brain-Score takes where nothing is said. */
const DEFAULT_DOMAIN = "vision";

/** The domain of a row: vision where none is named. */
export function domainOf(row: SourceRow, where: () => string, journal: Journal): string {
  const domain = valuesOf(row, where, journal).text("domain")?.trim();
  if (domain) return domain;
  journal.repair(`no domain: ${DEFAULT_DOMAIN}`, where, row.values.name ?? row.key);
  return DEFAULT_DOMAIN;
}
