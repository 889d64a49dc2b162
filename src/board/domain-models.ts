import type { ModelFacts } from "./facts";
import { groupBy } from "./group-by";

/** The models of one domain as slots: the place of each in `all`. Immutable. */
export class DomainModels {
  readonly byId: ReadonlyMap<string, number>;
  readonly byPk: ReadonlyMap<number, number>;
  /** By name: the slots of that name, the public one first. Two accounts may have private models of one name (§10). */
  readonly byName: ReadonlyMap<string, readonly number[]>;
  /** One a slot. */
  readonly names: readonly string[];
  /** 1 for each slot whose model is public. */
  readonly isPublic: Uint8Array;

  /** `all`: by pk, ascending. `before`: earlier ones, with the same in their slots, of which is taken over what is still the same. */
  constructor(
    readonly all: readonly ModelFacts[],
    before?: DomainModels,
  ) {
    const isPublic = Uint8Array.from(all, (model) => (model.isPublic ? 1 : 0));
    // An id and a name are for life.
    const kept = before?.all.length === all.length ? before : undefined;
    this.byId = kept?.byId ?? new Map(all.map(({ id }, slot) => [id, slot]));
    this.byPk = kept?.byPk ?? new Map(all.map(({ pk }, slot) => [pk, slot]));
    this.names = kept?.names ?? all.map(({ name }) => name);
    const isSamePublic = kept !== undefined && kept.isPublic.every((flag, slot) => flag === isPublic[slot]);
    this.isPublic = isSamePublic ? kept.isPublic : isPublic;
    this.byName = isSamePublic ? kept.byName : slotsByName(all);
  }
}

function slotsByName(models: readonly ModelFacts[]): ReadonlyMap<string, readonly number[]> {
  const slots = Array.from(models.keys()).sort((a, b) => Number(models[b].isPublic) - Number(models[a].isPublic));
  return groupBy(slots, (slot) => models[slot].name);
}
