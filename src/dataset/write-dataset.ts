import { mkdir, open, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "csv-stringify/sync";
import { writeValue, type Value } from "./cells";
import { TABLES, type Table, type TableShape } from "./columns";
import { type Dataset, type ModelRow, type ReferenceRow } from "./dataset";
import { sortBenchmarks, sortRows } from "./sort-rows";

const CHUNK = 5_000;

/**
 * Writes a folder: the same bytes for the same content, whatever the order of the rows. All columns, rows by key, LF. Makes the folder
 * if there is none; replaces the files of a data set that are there and touches nothing else.
 */
export async function writeDataset(folder: string, dataset: Dataset): Promise<void> {
  await mkdir(folder, { recursive: true });
  await replace(path.join(folder, "dataset.json"), [manifest(dataset)]);
  for (const table of Object.keys(TABLES) as Table[]) {
    const shape = shapeFor(table, dataset);
    await replace(path.join(folder, shape.file), lines(shape, sorted(table, shape, dataset)));
  }
  await replace(path.join(folder, "references.bib"), [bibliography(dataset.references)]);
  for (const { path: place, content } of dataset.files) {
    const file = path.join(folder, ...place.split("/"));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** Writes beside the old file and then takes its place, so that whoever reads meets a whole file. */
async function replace(file: string, chunks: Iterable<string>): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  const handle = await open(fresh, "w");
  try {
    for (const chunk of chunks) await handle.write(chunk);
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}

function manifest({ name, license = null, notes = null, domain, roots }: Dataset): string {
  const content = {
    format: "scoretree/1",
    name,
    license,
    notes,
    domain: { slug: domain.slug, name: domain.name, usage: domain.usage ?? null, references: domain.references ?? [] },
    roots: roots.map(({ benchmark, raw }) => ({ benchmark, raw: raw ?? false })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The entries as they are, a blank line between them. */
const bibliography = (references: readonly ReferenceRow[]): string =>
  references.map(({ bibtex }) => `${bibtex.replaceAll(/\r\n?/g, "\n").trim()}\n`).join("\n");

const nameOf = ({ name }: ModelRow): string => name;

/** The shape of a table as written: layers.csv and scores.csv have their `owner` column only where a model's name stands twice. */
function shapeFor(table: Table, { models }: Dataset): TableShape {
  const shape = TABLES[table];
  if ((table !== "layers" && table !== "scores") || new Set(models.map(nameOf)).size < models.length) return shape;
  return { ...shape, columns: Object.fromEntries(Object.entries(shape.columns).filter(([column]) => column !== "owner")) };
}

function sorted(table: Table, { key, columns }: TableShape, dataset: Dataset): readonly object[] {
  if (table === "benchmarks") return sortBenchmarks(dataset.benchmarks, dataset.roots);
  return sortRows<object>(dataset[table], [...key, "retracted_at", "retraction_reason", ...Object.keys(columns)]);
}

function* lines({ columns }: TableShape, rows: readonly object[]): Generator<string> {
  const cells = Object.entries(columns);
  yield stringify([Object.keys(columns)]);
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK) as Record<string, Value | undefined>[];
    yield stringify(chunk.map((row) => cells.map(([column, cell]) => writeValue(row[column], cell))));
  }
}
