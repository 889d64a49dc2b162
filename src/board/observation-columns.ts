import type { DomainCatalog } from "./domain-catalog";
import type { ObservationFacts } from "./facts";
import { type Wholes, wholesUpTo } from "../scoring/wholes";
import type { Numbers } from "./room";

type Known = number | null;
/** Revision, pk, model, version, raw, ceiled, error, failed, retracted, start, end. */
export type ObservationRow = [number, number, number, number, Known, Known, Known, boolean, boolean, Known, Known];

/** The columns of observations that are being filled. */
export interface ObservationColumns extends ObservationFacts {
  highestPk: number;
}

/** Makes a column of zeros. */
type Make = <T extends Numbers>(type: new (length: number) => T, length: number) => T;

const exactly: Make = (type, length) => new type(length);

/** The highest of the whole numbers that are put into columns. */
export type Highest = Readonly<Record<"revision" | "model" | "node" | "version", number>>;

/** Columns of so many observations, to be filled. */
export const emptyColumns = (length: number, highest: Highest, make = exactly) => ({
  length,
  highestPk: 0,
  revision: make<Wholes>(wholesUpTo(highest.revision), length),
  pk: make(Int32Array, length),
  model: make<Wholes>(wholesUpTo(highest.model), length),
  node: make<Wholes>(wholesUpTo(highest.node), length),
  version: make<Wholes>(wholesUpTo(highest.version), length),
  raw: make(Float64Array, length),
  ceiled: make(Float64Array, length),
  error: make(Float64Array, length),
  failed: make(Uint8Array, length),
  retracted: make(Uint8Array, length),
  startedAt: make(Float64Array, length),
  endedAt: make(Float64Array, length),
});

/** Where observations stand: a node and a number by the pk of the version, a slot by that of the model. */
export interface ObservationPlaces {
  readonly catalog: DomainCatalog;
  readonly slots: ReadonlyMap<number, number>;
}

/** The highest numbers that observations of these places can have, up to a revision. */
export const highestOf = ({ catalog, slots }: ObservationPlaces, revision: number): Highest => ({
  revision,
  model: slots.size,
  node: catalog.tree.size,
  version: catalog.versions.reduce((highest, versions) => Math.max(highest, versions.at(-1)?.number ?? 0), 0),
});

/** Puts rows into columns, from a place on. What is unknown is NaN. */
export function columnFiller(
  { catalog, slots }: ObservationPlaces,
  columns: ObservationColumns,
): (rows: readonly ObservationRow[], from: number) => void {
  return (rows, from) =>
    rows.forEach(([revision, pk, modelPk, versionPk, raw, ceiled, error, failed, retracted, startedAt, endedAt], row) => {
      const at = from + row;
      const { node, version } = catalog.versionsByPk.get(versionPk)!;
      if (pk > columns.highestPk) columns.highestPk = pk;
      columns.revision[at] = revision;
      columns.pk[at] = pk;
      columns.model[at] = slots.get(modelPk)!;
      columns.node[at] = node;
      columns.version[at] = version.number;
      columns.raw[at] = raw ?? NaN;
      columns.ceiled[at] = ceiled ?? NaN;
      columns.error[at] = error ?? NaN;
      columns.failed[at] = failed ? 1 : 0;
      columns.retracted[at] = retracted ? 1 : 0;
      columns.startedAt[at] = startedAt ?? NaN;
      columns.endedAt[at] = endedAt ?? NaN;
    });
}
