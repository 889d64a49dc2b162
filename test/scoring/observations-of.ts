import { type Observations } from "../../src/scoring/observations";
import { type Tree } from "../../src/scoring/tree";
import { type World } from "../reference/world";

/** The observations of a world as the core takes them, in the same order. */
export function observationsOf(world: World, tree: Tree): Observations {
  const slots = new Map(world.models.map((m, slot) => [m.name, slot]));
  const all = world.observations;
  const known = (x: number | null): number => x ?? NaN;
  return {
    length: all.length,
    model: Int32Array.from(all, (o) => slots.get(o.model)!),
    node: Int32Array.from(all, (o) => tree.find(o.benchmark)),
    version: Int32Array.from(all, (o) => o.version),
    raw: Float64Array.from(all, (o) => known(o.raw)),
    ceiled: Float64Array.from(all, (o) => known(o.ceiled)),
    error: Float64Array.from(all, (o) => known(o.error)),
    failed: Uint8Array.from(all, (o) => Number(o.failed)),
    startedAt: Float64Array.from(all, (o) => known(o.startedAt)),
    endedAt: Float64Array.from(all, (o) => known(o.endedAt)),
    retracted: Uint8Array.from(all, (o) => Number(o.retracted)),
  };
}
