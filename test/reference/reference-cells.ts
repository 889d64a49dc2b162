import { type ReferenceTree } from "./reference-tree";
import { type World, type WorldObservation } from "./world";

export interface ReferenceCell {
  readonly state: "SCORED" | "FAILED" | "NOT_RUN";
  readonly value: number | null;
  readonly error: number | null;
}

/** §2 and §3: the cells, each computed from its children's when it is first asked about. */
export function referenceCells(world: World, tree: ReferenceTree) {
  const kept = new Map<string, ReferenceCell>();

  const number = (o: WorldObservation): number | null => (tree.isRaw(o.benchmark) ? o.raw : o.ceiled);
  const known = (x: number | null): number => (x === null ? -Infinity : x);
  const isBetter = (a: WorldObservation, b: WorldObservation): boolean => {
    if ((number(a) !== null) !== (number(b) !== null)) return number(a) !== null;
    if (number(a) === null && a.failed !== b.failed) return a.failed;
    if (known(a.raw) !== known(b.raw)) return known(a.raw) > known(b.raw);
    if (known(a.endedAt) !== known(b.endedAt)) return known(a.endedAt) > known(b.endedAt);
    return known(a.startedAt) > known(b.startedAt);
  };
  const winner = (model: string, leaf: string): number | null => {
    if (!tree.isInTree(leaf) || !tree.isLeaf(leaf)) return null;
    const eligible = world.observations.filter(
      (o) =>
        o.model === model &&
        o.benchmark === leaf &&
        o.version === tree.currentVersion(leaf) &&
        !o.retracted &&
        (world.asOf === null || (o.endedAt !== null && o.endedAt <= world.asOf)),
    );
    const best = eligible.filter((a) => eligible.every((b) => a === b || isBetter(a, b)));
    return best.length === 0 ? null : world.observations.indexOf(best[0]);
  };

  const leafCell = (model: string, leaf: string): ReferenceCell => {
    const place = winner(model, leaf);
    const observation = place === null ? null : world.observations[place];
    if (observation?.failed) return { state: "FAILED", value: null, error: null };
    const found = observation ? number(observation) : null;
    if (found === null) return { state: "NOT_RUN", value: null, error: null };
    const value = found === 0 ? 0 : tree.isRaw(leaf) ? found : found < 0 ? 0 : found > 1 ? 1 : found;
    return { state: "SCORED", value, error: observation!.error };
  };

  /** The children whose weights are in the sums for this model. */
  const summed = (model: string, parent: string): string[] =>
    tree.childrenInTree(parent).filter((child) => {
      const { state } = cell(model, child);
      if (world.missing === "SKIP_NOT_RUN") return state !== "NOT_RUN";
      return world.missing === "ZERO" || state === "SCORED";
    });
  const weightSum = (model: string, parent: string): number => summed(model, parent).reduce((sum, child) => sum + tree.weight(child), 0);

  const parentCell = (model: string, parent: string): ReferenceCell => {
    const states = tree.childrenInTree(parent).map((child) => cell(model, child).state);
    if (!states.includes("SCORED")) return { state: states.includes("FAILED") ? "FAILED" : "NOT_RUN", value: null, error: null };
    const children = summed(model, parent);
    const total = children.reduce((sum, child) => sum + tree.weight(child) * (cell(model, child).value ?? 0), 0);
    const squares = children.reduce((sum, child) => sum + (tree.weight(child) * (cell(model, child).error ?? 0)) ** 2, 0);
    const hasError = children.some((child) => cell(model, child).error !== null);
    const weights = weightSum(model, parent);
    return { state: "SCORED", value: total / weights, error: hasError ? Math.sqrt(squares) / weights : null };
  };

  const cell = (model: string, benchmark: string): ReferenceCell => {
    const key = JSON.stringify([model, benchmark]);
    if (!tree.isInTree(benchmark)) return { state: "NOT_RUN", value: null, error: null };
    if (!kept.has(key)) kept.set(key, tree.isLeaf(benchmark) ? leafCell(model, benchmark) : parentCell(model, benchmark));
    return kept.get(key)!;
  };

  /** The leaves that contribute to a value, each with its value times the product of the shares along the path. */
  const contributionsBelow = (model: string, benchmark: string, product = 1): { leaf: string; value: number }[] => {
    const { state, value } = cell(model, benchmark);
    if (state !== "SCORED") return [];
    if (tree.isLeaf(benchmark)) return [{ leaf: benchmark, value: value! * product }];
    const share = (child: string): number => tree.weight(child) / weightSum(model, benchmark);
    return tree.childrenInTree(benchmark).flatMap((child) => contributionsBelow(model, child, product * share(child)));
  };

  return { cell, winner, contributionsBelow };
}
