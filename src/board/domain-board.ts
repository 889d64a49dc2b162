import { aggregate } from "../scoring/aggregate";
import { Standings } from "../scoring/standings";
import { type Validity, versionValidity } from "../scoring/versions";
import { leafColumns } from "../scoring/winners";
import type { DomainCatalog } from "./domain-catalog";
import type { ModelFacts, ObservationFacts } from "./facts";
import { groupBy } from "./group-by";

/** One domain's models and observations over its catalog. Immutable; models are slots of `models`. */
export class DomainBoard {
  readonly modelsById: ReadonlyMap<string, number>;
  /** By name: the slots of that name, the public one first. Two accounts may have private models of one name (§10). */
  readonly modelsByName: ReadonlyMap<string, readonly number[]>;
  /** 1 for each slot whose model is public: the population now (§7). */
  readonly publicModels: Uint8Array;
  private present: Standings | null = null;
  private validity: readonly (readonly Validity[])[] | null = null;

  constructor(
    readonly catalog: DomainCatalog,
    readonly models: readonly ModelFacts[],
    readonly observations: ObservationFacts,
  ) {
    this.modelsById = new Map(models.map(({ id }, slot) => [id, slot]));
    const slots = Array.from(models.keys()).sort((a, b) => Number(models[b].isPublic) - Number(models[a].isPublic));
    this.modelsByName = groupBy(slots, (slot) => models[slot].name);
    this.publicModels = Uint8Array.from(models, ({ isPublic }) => (isPublic ? 1 : 0));
  }

  /** The standings now, without conditions. Computed on first use and kept. */
  standings(): Standings {
    if (this.present) return this.present;
    const { tree, scope, currentVersions } = this.catalog;
    const { columns, winners } = leafColumns(tree, this.observations, this.models.length, currentVersions);
    return (this.present = new Standings({
      scope,
      columns: aggregate(scope, columns, this.models.length),
      winners,
      population: this.publicModels,
      names: this.models.map(({ name }) => name),
    }));
  }

  /** When each version of a leaf was the valid one (§8), as `catalog.versions[node]` lists them. */
  versionValidity(node: number): readonly Validity[] {
    this.validity ??= versionValidity(
      this.catalog.versions.map((numbered) => numbered.map(({ number }) => number)),
      this.observations,
      this.publicModels,
    );
    return this.validity[node];
  }
}
