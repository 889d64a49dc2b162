import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { type Faults } from "../faults";
import { keyOf } from "../held";
import { type Journal, masked } from "./journal";
import { readJsonArray } from "./read-json-array";
import { type Link, type SmallTable, type Source, SOURCE_TABLE_NAMES, SOURCE_TABLES, type SourceRow, type SourceTable } from "./source";

/** A line of file n is at n times this, plus the line. */
const FILE = 2 ** 32;

interface Entry {
  readonly pk: unknown;
  readonly at: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Reads a folder of Django fixtures, every `.json` file in it in order of name. Foreign keys may be primary keys or natural ones, as Brain-Score's
 * models define them: a user by e-mail address, a reference by URL, an instance by identifier and version, a model by name and perhaps owner.
 * An address serves to find the user and is then forgotten. What is no fixture is a fault.
 */
export async function readFixtures(
  folder: string,
  faults: Faults,
  journal: Journal,
  onFile: (name: string) => void = () => {},
): Promise<Source> {
  const names = await fixtureNames(folder, faults);
  const entries = new Map<SourceTable, Entry[]>(SOURCE_TABLE_NAMES.map((table) => [table, []]));
  const found = new Map<SourceTable, Set<string>>(SOURCE_TABLE_NAMES.map((table) => [table, new Set()]));
  const others = new Map<string, number>();
  const withScores: number[] = [];
  let scoreCount = 0;
  for (const [index, name] of names.entries()) {
    onFile(name);
    for await (const read of readJsonArray(path.join(folder, name))) {
      const entry = "fault" in read ? masked(read.fault) : asEntry(read.value, index * FILE + read.line);
      if (typeof entry === "string") {
        faults.add(name, read.line, null, entry);
        continue;
      }
      const { table, ...rest } = entry;
      const all = entries.get(table as SourceTable);
      if (!all) others.set(table, (others.get(table) ?? 0) + 1);
      for (const field of Object.keys(rest.fields)) found.get(table as SourceTable)?.add(field);
      if (table !== "score") all?.push(rest);
      else if (scoreCount++ === 0 || withScores.at(-1) !== index) withScores.push(index);
    }
  }
  const placeOf: Source["placeOf"] = (_, at) => `${names[Math.floor(at / FILE)]}:${at % FILE}`;
  tell(journal, { entries, found, others, scoreCount });
  const registry = new Registry();
  for (const table of SOURCE_TABLE_NAMES) registry.register(table, entries.get(table) ?? [], journal, placeOf);
  const columns = new Map(SOURCE_TABLE_NAMES.map((table) => [table, presentColumns(table, found.get(table) ?? new Set())]));
  const rowOf = (table: SourceTable, entry: Entry, key: string): SourceRow => ({
    key,
    at: entry.at,
    values: Object.fromEntries((columns.get(table)?.values ?? []).map((column) => [column, ownValue(entry.fields, column) ?? null])),
    links: Object.fromEntries((columns.get(table)?.links ?? []).map((link) => [link, registry.link(table, entry, link, journal, placeOf)])),
  });
  return {
    name: `Fixtures in ${folder}`,
    rows: Object.fromEntries(
      SOURCE_TABLE_NAMES.filter((table) => table !== "score").map((table) => [
        table,
        registry.kept(table).map(({ entry, key }) => rowOf(table, entry, key)),
      ]),
    ) as Record<SmallTable, SourceRow[]>,
    async *scores() {
      for (const index of withScores) {
        onFile(names[index]);
        for await (const read of readJsonArray(path.join(folder, names[index]))) {
          const entry = "fault" in read ? null : asEntry(read.value, index * FILE + read.line);
          if (entry && typeof entry !== "string" && entry.table === "score") yield rowOf("score", entry, String(entry.pk ?? ""));
        }
      }
    },
    placeOf,
  };
}

async function fixtureNames(folder: string, faults: Faults): Promise<string[]> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  } catch (error) {
    faults.add(folder, null, null, `expected a folder of fixtures: ${(error as NodeJS.ErrnoException).code}`);
    return [];
  }
  if (names.length === 0) faults.add(folder, null, null, "expected Django fixtures: files that end in .json");
  return names;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function asEntry(value: unknown, at: number): (Entry & { table: string }) | string {
  if (!isRecord(value) || typeof value.model !== "string" || !isRecord(value.fields))
    return "expected an entry of a Django fixture, with a model and fields";
  return { table: value.model.slice(value.model.lastIndexOf(".") + 1).toLowerCase(), pk: value.pk ?? null, at, fields: value.fields };
}

const ownValue = (fields: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** The columns and links that at least one entry of the table has. */
const presentColumns = (table: SourceTable, found: ReadonlySet<string>) => ({
  values: SOURCE_TABLES[table].columns.filter((column) => found.has(column)),
  links: Object.keys(SOURCE_TABLES[table].links).filter((link) => found.has(link) || found.has(`${link}_id`) || isKeyLink(table, link)),
});

/** True if the link is the table's primary key too, which stands in `pk`. */
const isKeyLink = (table: SourceTable, link: string): boolean => SOURCE_TABLES[table].key === `${link}_id`;

function tell(
  journal: Journal,
  {
    entries,
    found,
    others,
    scoreCount,
  }: {
    entries: ReadonlyMap<SourceTable, readonly Entry[]>;
    found: ReadonlyMap<SourceTable, ReadonlySet<string>>;
    others: ReadonlyMap<string, number>;
    scoreCount: number;
  },
): void {
  for (const table of SOURCE_TABLE_NAMES) {
    const rows = table === "score" ? scoreCount : (entries.get(table)?.length ?? 0);
    if (rows === 0) {
      journal.absent.push(table);
      continue;
    }
    journal.read.push({ table, rows });
    const { key, columns, links } = SOURCE_TABLES[table];
    const known = new Set([key, ...columns, ...Object.keys(links).flatMap((link) => [link, `${link}_id`])]);
    const rest = [...(found.get(table) ?? [])].filter((field) => !known.has(field));
    if (rest.length > 0) journal.noPlace.push(`${table}: ${rest.sort().join(", ")}`);
  }
  for (const [table, rows] of [...others].sort()) journal.noPlace.push(`${table} (${rows})`);
}

/** Finds rows by their primary and natural keys. */
class Registry {
  readonly #kept = new Map<SourceTable, Map<string, Entry>>();
  readonly #natural = new Map<SourceTable, Map<string, string[]>>();

  kept(table: SourceTable): { key: string; entry: Entry }[] {
    return [...(this.#kept.get(table) ?? [])].map(([key, entry]) => ({ key, entry }));
  }

  register(table: SourceTable, entries: readonly Entry[], journal: Journal, placeOf: Source["placeOf"]): void {
    const kept = new Map<string, Entry>();
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
  link(table: SourceTable, entry: Entry, name: string, journal: Journal, placeOf: Source["placeOf"]): Link {
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
  #naturalKeys(table: SourceTable, { pk, fields }: Entry): string[] {
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
