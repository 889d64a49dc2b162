import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { type World } from "../reference/world";

const FOLDER = join(__dirname, "../../../shared/data/oracle-120");

/** Whether oracle-120 is here; where it is not, tests of it are skipped and say so. */
export const hasOracle = existsSync(FOLDER);
export const skipped = hasOracle ? "" : " (skipped: no ../shared here)";

type Row = Record<string, string>;

const read = new Map<string, Row[]>();

/** The rows of one of its CSV files. */
export function oracleRows(file: string): readonly Row[] {
  const rows = read.get(file) ?? (parse(readFileSync(join(FOLDER, file)), { columns: true }) as Row[]);
  read.set(file, rows);
  return rows;
}

const perhaps = (field: string): number | null => (field === "" ? null : Number(field));
const instant = (field: string): number | null => (field === "" ? null : Date.parse(field));

/** The data set folder as the facts of a world, under no conditions. */
export function oracleWorld(): World {
  const dataset = JSON.parse(readFileSync(join(FOLDER, "dataset.json"), "utf8")) as { roots: { benchmark: string; raw: boolean }[] };
  return {
    benchmarks: oracleRows("benchmarks.csv").map(({ identifier, parent, order, visible }) => {
      const root = dataset.roots.findIndex(({ benchmark }) => benchmark === identifier);
      return {
        ...{ identifier, parent: parent || null, order: Number(order), isVisible: visible === "true", rankDecimals: 3 },
        ...{ isRaw: root >= 0 && dataset.roots[root].raw, rootPosition: root < 0 ? null : root },
      };
    }),
    versions: oracleRows("versions.csv").map(({ benchmark, version }) => ({ benchmark, number: Number(version) })),
    models: oracleRows("models.csv").map((model) => ({ name: model.name, isPublic: model.public === "true" })),
    observations: oracleRows("scores.csv").map(({ model, benchmark, version, raw, ceiled, error, failed, started_at, ended_at }) => ({
      ...{ model, benchmark, version: Number(version), raw: perhaps(raw), ceiled: perhaps(ceiled), error: perhaps(error) },
      ...{ failed: failed === "true", startedAt: instant(started_at), endedAt: instant(ended_at), retracted: false },
    })),
    ...{ among: null, only: null, weights: {}, missing: "ZERO", asOf: null },
  };
}
