import { readdir } from "node:fs/promises";
import path from "node:path";
import { type Faults } from "../faults";
import { type FixtureEntry, FixtureKeys, isKeyLink, ownValue } from "./fixture-keys";
import { type Journal, masked } from "./journal";
import { readJsonArray } from "./read-json-array";
import { type SmallTable, type Source, SOURCE_TABLE_NAMES, SOURCE_TABLES, type SourceRow, type SourceTable } from "./source";

/** A line of file n is at n times this, plus the line. */
const FILE = 2 ** 32;

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
  const entries = new Map<SourceTable, FixtureEntry[]>(SOURCE_TABLE_NAMES.map((table) => [table, []]));
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
  const keys = new FixtureKeys();
  for (const table of SOURCE_TABLE_NAMES) keys.register(table, entries.get(table) ?? [], journal, placeOf);
  const columns = new Map(SOURCE_TABLE_NAMES.map((table) => [table, presentColumns(table, found.get(table) ?? new Set())]));
  const rowOf = (table: SourceTable, entry: FixtureEntry, key: string): SourceRow => ({
    key,
    at: entry.at,
    values: Object.fromEntries((columns.get(table)?.values ?? []).map((column) => [column, ownValue(entry.fields, column) ?? null])),
    links: Object.fromEntries((columns.get(table)?.links ?? []).map((link) => [link, keys.link(table, entry, link, journal, placeOf)])),
  });
  return {
    name: `Fixtures in ${folder}`,
    rows: Object.fromEntries(
      SOURCE_TABLE_NAMES.filter((table) => table !== "score").map((table) => [
        table,
        keys.kept(table).map(({ entry, key }) => rowOf(table, entry, key)),
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

function asEntry(value: unknown, at: number): (FixtureEntry & { table: string }) | string {
  if (!isRecord(value) || typeof value.model !== "string" || !isRecord(value.fields))
    return "expected an entry of a Django fixture, with a model and fields";
  return { table: value.model.slice(value.model.lastIndexOf(".") + 1).toLowerCase(), pk: value.pk ?? null, at, fields: value.fields };
}

/** The columns and links that at least one entry of the table has. */
const presentColumns = (table: SourceTable, found: ReadonlySet<string>) => ({
  values: SOURCE_TABLES[table].columns.filter((column) => found.has(column)),
  links: Object.keys(SOURCE_TABLES[table].links).filter((link) => found.has(link) || found.has(`${link}_id`) || isKeyLink(table, link)),
});

function tell(
  journal: Journal,
  {
    entries,
    found,
    others,
    scoreCount,
  }: {
    entries: ReadonlyMap<SourceTable, readonly FixtureEntry[]>;
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
