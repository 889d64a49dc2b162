import { type Dataset } from "../../src/dataset/dataset";
import { aggregate } from "../../src/scoring/aggregate";
import { type Observations } from "../../src/scoring/observations";
import { Scope } from "../../src/scoring/scope";
import { Standings } from "../../src/scoring/standings";
import { Tree } from "../../src/scoring/tree";
import { leafColumns } from "../../src/scoring/winners";

/** The standings that a data set gives as of now: models in the order of its rows, public ones as the population. */
export function standingsOf({ roots, benchmarks, versions, models, scores }: Dataset): Standings {
  const tree = new Tree(
    benchmarks.map(({ identifier, parent = null, order, visible, rank_decimals: decimals }) => {
      const place = roots.findIndex(({ benchmark }) => benchmark === identifier);
      return {
        identifier,
        parent,
        order: order ?? 0,
        isVisible: visible ?? true,
        isRaw: place >= 0 && (roots[place].raw ?? false),
        rootPosition: place < 0 ? null : place,
        rankDecimals: decimals === "exact" ? null : (decimals ?? 3),
      };
    }),
  );
  const current = new Int32Array(tree.size);
  for (const { benchmark, version } of versions) current[tree.find(benchmark)] = Math.max(version, current[tree.find(benchmark)]);
  const slots = new Map(models.map(({ name }, slot) => [name, slot]));
  const numbers = (of: (row: Dataset["scores"][number]) => number | null | undefined): Float64Array =>
    Float64Array.from(scores, (row) => of(row) ?? NaN);
  const observations: Observations = {
    length: scores.length,
    model: Int32Array.from(scores, ({ model }) => slots.get(model)!),
    node: Int32Array.from(scores, ({ benchmark }) => tree.find(benchmark)),
    version: Int32Array.from(scores, ({ version }) => version),
    raw: numbers(({ raw }) => raw),
    ceiled: numbers(({ ceiled }) => ceiled),
    error: numbers(({ error }) => error),
    failed: Uint8Array.from(scores, ({ failed }) => Number(failed ?? false)),
    startedAt: numbers(({ started_at: at }) => (at ? Date.parse(at) : null)),
    endedAt: numbers(({ ended_at: at }) => (at ? Date.parse(at) : null)),
    retracted: Uint8Array.from(scores, ({ retracted_at: at }) => Number(at != null)),
  };
  const { columns, winners } = leafColumns(tree, observations, models.length, current);
  const scope = new Scope(
    tree,
    Uint8Array.from(current, (version) => Number(version > 0)),
  );
  return new Standings({
    scope,
    columns: aggregate(scope, columns, models.length),
    winners,
    population: Uint8Array.from(models, ({ public: isPublic }) => Number(isPublic)),
    names: models.map(({ name }) => name),
  });
}
