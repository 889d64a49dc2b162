import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { type World } from "../reference/world";
import { coreAnswers } from "./core-answers";

const FOLDER = join(__dirname, "../../../shared/data/oracle-120");
const isThere = existsSync(FOLDER);
const name = `§2 §3 §5 every cell of oracle-120 has the state, value and rank that it should${isThere ? "" : " (skipped: no ../shared here)"}`;

type Row = Record<string, string>;
const rows = (file: string): Row[] => parse(readFileSync(join(FOLDER, file)), { columns: true });
const perhaps = (field: string): number | null => (field === "" ? null : Number(field));
const instant = (field: string): number | null => (field === "" ? null : Date.parse(field));

/** The data set folder as the facts of a world: its public models are the population. */
function oracle(): World {
  const dataset = JSON.parse(readFileSync(join(FOLDER, "dataset.json"), "utf8")) as { roots: { benchmark: string; raw: boolean }[] };
  return {
    benchmarks: rows("benchmarks.csv").map(({ identifier, parent, order, visible }) => {
      const root = dataset.roots.findIndex(({ benchmark }) => benchmark === identifier);
      return {
        ...{ identifier, parent: parent || null, order: Number(order), isVisible: visible === "true", rankDecimals: 3 },
        ...{ isRaw: root >= 0 && dataset.roots[root].raw, rootPosition: root < 0 ? null : root },
      };
    }),
    versions: rows("versions.csv").map(({ benchmark, version }) => ({ benchmark, number: Number(version) })),
    models: rows("models.csv").map((model) => ({ name: model.name, isPublic: model.public === "true" })),
    observations: rows("scores.csv").map(({ model, benchmark, version, raw, ceiled, error, failed, started_at, ended_at }) => ({
      ...{ model, benchmark, version: Number(version), raw: perhaps(raw), ceiled: perhaps(ceiled), error: perhaps(error) },
      ...{ failed: failed === "true", startedAt: instant(started_at), endedAt: instant(ended_at), retracted: false },
    })),
    ...{ among: null, only: null, weights: {}, missing: "ZERO", asOf: null },
  };
}

(isThere ? test : test.skip)(name, () => {
  const { state, value, rank } = coreAnswers(oracle());
  const cells = rows("expected.csv");
  const wrong = cells.filter((cell) => {
    const { model, benchmark } = cell;
    const got = value(model, benchmark);
    const expected = perhaps(cell.value);
    const isNear = got === null || expected === null ? got === expected : Math.abs(got - expected) <= 1e-12;
    return !isNear || state(model, benchmark) !== cell.state || rank(model, benchmark) !== perhaps(cell.rank);
  });
  expect(cells.length).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});
