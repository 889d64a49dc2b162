import { type World } from "../reference/world";
import { coreAnswers } from "./core-answers";
import { hasOracle, oracleRows, oracleWorld, skipped } from "./oracle-world";

type Conditions = Pick<World, "among" | "only" | "weights" | "missing" | "asOf">;
type Cell = number | "X" | "";

/** Every cell, and every rank, under conditions: straight from the CSV files, with nothing of the core and nothing of the reference. */
function recompute({ among, only, weights, missing, asOf }: Conditions) {
  const benchmarks = oracleRows("benchmarks.csv");
  const models = oracleRows("models.csv").filter((m) => m.public === "true").map((m) => m.name); // prettier-ignore
  const scores = oracleRows("scores.csv").filter((s) => asOf === null || (s.ended_at !== "" && Date.parse(s.ended_at) <= asOf));
  const isRaw = (id: string): boolean => {
    const { parent } = benchmarks.find((b) => b.identifier === id)!;
    return parent === "" ? id === "engineering_vision" : isRaw(parent);
  };
  const children = (id: string): string[] => benchmarks.filter((b) => b.parent === id).map((b) => b.identifier);
  const cells = new Map<string, Map<string, Cell>>();
  const current = (leaf: string): number => {
    const begun = asOf === null ? oracleRows("versions.csv") : scores.filter((s) => models.includes(s.model));
    return Math.max(0, ...begun.filter((row) => row.benchmark === leaf).map((row) => Number(row.version)));
  };
  const visit = (id: string): Map<string, Cell> | null => {
    if (weights[id] === 0) return null;
    const column = new Map<string, Cell>();
    if (children(id).length === 0) {
      const version = current(id);
      const isVisible = benchmarks.find((b) => b.identifier === id)!.visible === "true";
      if (version === 0 || !isVisible || (only !== null && !only.includes(id))) return null;
      const runs = scores.filter((s) => s.benchmark === id && Number(s.version) === version);
      const number = isRaw(id) ? "raw" : "ceiled";
      for (const model of models) {
        const own = runs.filter((s) => s.model === model);
        // The best raw score, then the latest end, then the latest start; the unknown comes first as "" and as −∞.
        const best = own
          .filter((s) => s[number] !== "")
          .sort((a, b) => Number(b.raw || -Infinity) - Number(a.raw || -Infinity) || (a.ended_at < b.ended_at ? 1 : a.ended_at > b.ended_at ? -1 : a.started_at < b.started_at ? 1 : -1))[0]; // prettier-ignore
        if (best) column.set(model, isRaw(id) ? Number(best.raw) : Math.min(1, Math.max(0, Number(best.ceiled))));
        else column.set(model, own.some((s) => s.failed === "true") ? "X" : "");
      }
    } else {
      const parts = children(id).flatMap((child) => { const below = visit(child); return below ? [{ below, weight: weights[child] ?? 1 }] : []; }); // prettier-ignore
      if (parts.length === 0) return null;
      for (const model of models) {
        const own = parts.map(({ below, weight }) => ({ cell: below.get(model)!, weight }));
        const used = own.filter(({ cell }) => missing === "ZERO" || (cell !== "" && (cell !== "X" || missing === "SKIP_NOT_RUN")));
        const total = used.reduce((sum, { cell, weight }) => sum + (typeof cell === "number" ? cell * weight : 0), 0);
        if (own.some(({ cell }) => typeof cell === "number")) column.set(model, total / used.reduce((sum, { weight }) => sum + weight, 0));
        else column.set(model, own.some(({ cell }) => cell === "X") ? "X" : "");
      }
    }
    cells.set(id, column);
    return column;
  };
  for (const { identifier } of benchmarks.filter((b) => b.parent === "")) visit(identifier);
  const counted = models.filter((m) => (among === null || among.includes(m)) && (asOf === null || scores.some((s) => s.model === m)));
  const thousandths = (cell: Cell): number => Math.floor(Math.abs(cell as number) * 1000 + 0.5 + 1e-9) * Math.sign(cell as number);
  const keys = (column: Map<string, Cell>): number[] =>
    counted.map((model) => column.get(model)!).filter((cell) => typeof cell === "number").map(thousandths); // prettier-ignore
  const rank = (all: readonly number[], cell: Cell): number => 1 + all.filter((key) => key > thousandths(cell)).length;
  return { benchmarks: benchmarks.map((b) => b.identifier), models, counted, cells, keys, rank };
}

const chosen = (step: number): string[] => (hasOracle ? oracleRows("models.csv").map((m) => m.name).filter((_, i) => i % step === 0) : []); // prettier-ignore
const leaves = (step: number): string[] => (hasOracle ? oracleRows("versions.csv").map((v) => v.benchmark).filter((_, i) => i % step !== 0) : []); // prettier-ignore
const none: Conditions = { among: null, only: null, weights: {}, missing: "ZERO", asOf: null };
const WEIGHTS = { behavior_vision: 2, V1: 0.1, V4: 1e6, IT: 0, Marques2020: 1 / 3 };

const CASES: [string, Conditions][] = [
  ["none", none],
  ["asOf before everything", { ...none, asOf: Date.parse("2000-01-01") }],
  ["asOf 2021", { ...none, asOf: Date.parse("2021-07-01") }],
  ["asOf 2023", { ...none, asOf: Date.parse("2023-01-01") - 1 }],
  ["among every third model", { ...none, among: chosen(3) }],
  ["only some leaves", { ...none, only: leaves(3) }],
  ["weights", { ...none, weights: WEIGHTS }],
  ["missing SKIP_NOT_RUN", { ...none, missing: "SKIP_NOT_RUN" }],
  ["missing SKIP_ALL", { ...none, missing: "SKIP_ALL" }],
  ["weights and SKIP_NOT_RUN among every second", { ...none, weights: WEIGHTS, missing: "SKIP_NOT_RUN", among: chosen(2) }],
  ["all at once", { among: chosen(2), only: leaves(4), weights: WEIGHTS, missing: "SKIP_ALL", asOf: Date.parse("2022-04-01") }],
];

(hasOracle ? test : test.skip).each(CASES)(`§7 oracle-120 under %s agrees cell by cell with the CSV files${skipped}`, (_, conditions) => {
  const { benchmarks, models, counted, cells, keys, rank } = recompute(conditions);
  const answers = coreAnswers({ ...oracleWorld(), ...conditions });
  expect(answers.population).toEqual(counted);
  const wrong: unknown[] = [];
  for (const benchmark of benchmarks) {
    const column = cells.get(benchmark);
    const all = column ? keys(column) : [];
    expect(answers.leafCount(benchmark) > 0).toBe(column !== undefined);
    for (const model of models) {
      const cell = column?.get(model) ?? "";
      const [state, value, place] = [answers.state(model, benchmark), answers.value(model, benchmark), answers.rank(model, benchmark)];
      const isSame =
        typeof cell === "number"
          ? state === "SCORED" && Math.abs(value! - cell) <= 1e-12 * Math.max(1, Math.abs(cell)) && place === rank(all, cell)
          : state === (cell === "X" ? "FAILED" : "NOT_RUN") && value === null && place === null;
      if (!isSame) wrong.push({ benchmark, model, cell, state, value, place });
    }
  }
  expect(wrong).toEqual([]);
});
