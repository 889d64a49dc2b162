import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";

/** The data set of 120 models that comes with its cells; not in every checkout. */
export const ORACLE = path.resolve(__dirname, "../../../shared/data/oracle-120");
export const hasOracle = existsSync(ORACLE);

export type Row = Readonly<Record<string, string>>;

const read = new Map<string, readonly Row[]>();

/** The rows of one of its files, as text. */
export function rowsOf(file: string): readonly Row[] {
  const rows = read.get(file) ?? parse<Row>(readFileSync(path.join(ORACLE, file)), { columns: true });
  read.set(file, rows);
  return rows;
}

/** One cell: a number, X for failed, empty for not run. */
export type Cell = number | "X" | "";

/** Conditions as predicates on rows of the files. */
export interface OracleConditions {
  readonly asOf?: string;
  readonly among?: (model: Row, cell: (benchmark: string) => Cell) => boolean;
  readonly only?: (version: Row, ancestors: readonly string[]) => boolean;
  readonly weights?: Readonly<Record<string, number>>;
  readonly missing?: "ZERO" | "SKIP_NOT_RUN" | "SKIP_ALL";
}

/** Every cell and rank of the public models under conditions, from the files alone: §2, §3, §5, §7 and §8 in a few lines. */
export function oracleCells({ asOf, among, only, weights = {}, missing = "ZERO" }: OracleConditions) {
  const until = asOf === undefined ? Infinity : Date.parse(asOf);
  const benchmarks = rowsOf("benchmarks.csv");
  const models = rowsOf("models.csv").filter((model) => model.public === "true");
  const runs = rowsOf("scores.csv").filter((run) => until === Infinity || (run.ended_at !== "" && Date.parse(run.ended_at) <= until));
  const byId = new Map(benchmarks.map((row) => [row.identifier, row]));
  const pathOf = (id: string): string[] => (byId.get(id)!.parent ? [...pathOf(byId.get(id)!.parent), id] : [id]);
  const below = (id: string): string[] => benchmarks.filter(({ parent }) => parent === id).map(({ identifier }) => identifier);
  const isPublic = new Set(models.map(({ name }) => name));
  const columns = new Map<string, Map<string, Cell>>();

  const leafColumn = (id: string): Map<string, Cell> | null => {
    const versions = rowsOf("versions.csv").filter((version) => version.benchmark === id);
    const begun = versions.filter(
      ({ version }) => until === Infinity || runs.some((run) => run.benchmark === id && run.version === version && isPublic.has(run.model)),
    );
    const current = begun.sort((a, b) => Number(b.version) - Number(a.version))[0];
    if (!current || byId.get(id)!.visible !== "true" || (only && !only(current, pathOf(id)))) return null;
    const isRaw = pathOf(id)[0] === "engineering_vision";
    const own = runs.filter((run) => run.benchmark === id && run.version === current.version);
    const order = ({ raw, ended_at, started_at }: Row) => [raw, ended_at && Date.parse(ended_at), started_at && Date.parse(started_at)];
    const beats = (a: Row, b: Row) => {
      const [x, y] = [order(a), order(b)].map((keys) => keys.map((key) => (key === "" ? -Infinity : Number(key))));
      const at = x.findIndex((key, place) => key !== y[place]);
      return at >= 0 && x[at] > y[at];
    };
    const cell = (model: string): Cell => {
      const tried = own.filter((run) => run.model === model);
      const numbered = tried.filter((run) => (isRaw ? run.raw : run.ceiled) !== "");
      if (numbered.length === 0) return tried.some(({ failed }) => failed === "true") ? "X" : "";
      const best = numbered.reduce((winner, run) => (beats(run, winner) ? run : winner));
      return isRaw ? Number(best.raw) : Math.min(1, Math.max(0, Number(best.ceiled)));
    };
    return new Map(models.map(({ name }) => [name, cell(name)]));
  };
  const visit = (id: string): Map<string, Cell> | null => {
    if (weights[id] === 0) return null;
    const children = below(id).flatMap((child) => {
      const column = visit(child);
      return column ? [{ column, weight: weights[child] ?? 1 }] : [];
    });
    const average = ({ name }: Row): Cell => {
      const cells = children.map(({ column, weight }) => ({ cell: column.get(name)!, weight }));
      if (!cells.some(({ cell }) => typeof cell === "number")) return cells.some(({ cell }) => cell === "X") ? "X" : "";
      const used = cells.filter(({ cell }) => missing === "ZERO" || (cell !== "" && (cell !== "X" || missing === "SKIP_NOT_RUN")));
      const sum = used.reduce((total, { cell, weight }) => total + weight * (typeof cell === "number" ? cell : 0), 0);
      return sum / used.reduce((total, { weight }) => total + weight, 0);
    };
    const isLeaf = below(id).length === 0;
    const column = isLeaf ? leafColumn(id) : children.length > 0 ? new Map(models.map((model) => [model.name, average(model)])) : null;
    if (column) columns.set(id, column);
    return column;
  };
  for (const { identifier } of benchmarks.filter(({ parent }) => !parent)) visit(identifier);

  const counted = models
    .filter(({ name }) => until === Infinity || runs.some((run) => run.model === name))
    .filter((model) => !among || among(model, (benchmark) => columns.get(benchmark)?.get(model.name) ?? ""))
    .map(({ name }) => name);
  const key = (cell: number) => Math.sign(cell) * Math.floor(Math.abs(cell) * 1000 + 0.5 + 1e-9);
  const rank = (benchmark: string, cell: number) =>
    1 + counted.filter((name) => { const other = columns.get(benchmark)!.get(name)!; return typeof other === "number" && key(other) > key(cell); }).length; // prettier-ignore
  return { columns, counted: counted.sort(), rank };
}
