import { createHash } from "node:crypto";
import { keyOf } from "../held";
import { type Journal, masked } from "./journal";
import { type Link, type Source, SOURCE_TABLES, type SourceTable } from "./source";

/** An entry of a fixture. */
export interface FixtureEntry {
  readonly pk: unknown;
  readonly at: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A field of an entry, and not of what every object has. */
export const ownValue = (fields: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** True if the link is the table's primary key too, which stands in `pk`. */
export const isKeyLink = (table: SourceTable, link: string): boolean => SOURCE_TABLES[table].key === `${link}_id`;

/** Finds rows by their primary and natural keys. */
export class FixtureKeys {
  readonly #kept = new Map<SourceTable, Map<string, FixtureEntry>>();
  readonly #natural = new Map<SourceTable, Map<string, string[]>>();

  kept(table: SourceTable): { key: string; entry: FixtureEntry }[] {
    return [...(this.#kept.get(table) ?? [])].map(([key, entry]) => ({ key, entry }));
  }

  register(table: SourceTable, entries: readonly FixtureEntry[], journal: Journal, placeOf: Source["placeOf"]): void {
    const kept = new Map<string, FixtureEntry>();
    const natural = new Map<string, string[]>();
    this.#kept.set(table, kept);
    this.#natural.set(table, natural);
    for (const entry of entries) {
      const where = (): string => placeOf(table, entry.at);
      const own = this.#naturalKeys(table, entry);
      const { key: keyColumn } = SOURCE_TABLES[table];
      const keyLink = keyColumn.replace(/_id$/, "");
      const linked = isKeyLink(table, keyLink) ? this.link(table, entry, keyLink, journal, placeOf) : undefined;
      const pk = entry.pk ?? ownValue(entry.fields, keyColumn) ?? null;
      const key = typeof linked === "string" ? linked : typeof pk === "string" || typeof pk === "number" ? String(pk) : own.at(-1);
      if (key === undefined || (table === "user" && pk === null)) {
        journal.leaveOut(`a ${table} without a primary key`, where, { pk });
        continue;
      }
      const earlier = kept.get(key);
      if (earlier)
        journal.repair(
          `a ${table} whose key stands twice: the later one counts, as for Django`,
          where,
          entry.pk ?? ownValue(entry.fields, "url") ?? masked(key),
        );
      kept.delete(key);
      kept.set(key, entry);
      for (const each of own) if (!natural.get(each)?.includes(key)) natural.set(each, [...(natural.get(each) ?? []), key]);
    }
  }

  /** The row that an entry's foreign key leads to. `reference` and `reference_id` are one field: the last one counts, as for Django. */
  link(table: SourceTable, entry: FixtureEntry, name: string, journal: Journal, placeOf: Source["placeOf"]): Link {
    const target = SOURCE_TABLES[table].links[name];
    const given = Object.keys(entry.fields).filter((field) => field === name || field === `${name}_id`);
    const last = given.at(-1);
    if (last === undefined) return isKeyLink(table, name) && entry.pk !== null ? this.#find(target, entry.pk) : null;
    const link = this.#find(target, entry.fields[last]);
    if (given.length > 1 && link !== null && JSON.stringify(this.#find(target, entry.fields[given[0]])) !== JSON.stringify(link))
      journal.repair(
        `${name} and ${name}_id that disagree: the later one counts, as for Django`,
        () => placeOf(table, entry.at),
        given.map((field) => entry.fields[field]),
      );
    return link;
  }

  #find(table: SourceTable, given: unknown): Link {
    if (given === null || given === undefined) return null;
    if (!Array.isArray(given)) {
      const key = String(given as string | number);
      return (typeof given === "string" || typeof given === "number") && this.#kept.get(table)?.has(key) ? key : { unknown: given };
    }
    const found = this.#natural.get(table)?.get(naturalKey(table, given));
    return found?.length === 1 ? found[0] : { unknown: given };
  }

  /** The natural keys of an entry, the most telling one last. */
  #naturalKeys(table: SourceTable, { pk, fields }: FixtureEntry): string[] {
    const field = (name: string): unknown => ownValue(fields, name);
    if (table === "user") return typeof field("email") === "string" ? [naturalKey(table, [field("email")])] : [];
    if (table === "reference") return typeof field("url") === "string" ? [naturalKey(table, [field("url")])] : [];
    if (table === "benchmarktype") return [naturalKey(table, [field("identifier") ?? pk])];
    if (table === "benchmarkinstance") {
      const type = field("benchmark_type") ?? field("benchmark_type_id");
      return [naturalKey(table, [Array.isArray(type) ? (type as unknown[])[0] : type, field("version")])];
    }
    if (table !== "model") return [];
    const owner = field("owner");
    const name = naturalKey(table, [field("name")]);
    return owner === undefined || owner === null ? [name] : [name, naturalKey(table, [field("name"), owner])];
  }
}

/** A natural key as one text, in which addresses are digests: nothing keeps one. */
function naturalKey(table: SourceTable, parts: readonly unknown[]): string {
  const flat = parts.flat(2);
  const isAddress = (index: number): boolean => (table === "user" ? index === 0 : table === "model" && index === 1);
  return keyOf(...flat.map((part, index) => (isAddress(index) ? digest(String(part)) : String(part))));
}

const digest = (address: string): string => createHash("sha256").update(address.toLowerCase()).digest("base64url");
