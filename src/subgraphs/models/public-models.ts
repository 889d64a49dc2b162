import { LRUCache } from "lru-cache";
import type { View } from "../../board/view";
import type { Model } from "./model";

/** Characters of all models that are kept, as JSON, at most. */
const KEPT_CHARACTERS = 16_000_000;

/** Ids of contributors that are kept, at most. */
const KEPT_CONTRIBUTORS = 10_000;

interface NamedModel {
  readonly domainPk: number;
  readonly name: string;
}

const nameOf = ({ domainPk, name }: NamedModel): string => `${domainPk} ${name}`;

/**
 * The models that everybody sees, and who contributed them, as they were read for nobody in particular, in a process whose board holds none. They are of the newest
 * public revision that was asked for, and none is left when the next one comes: what is written in private leaves them where they are, as
 * it changes none of them (§10).
 */
export class PublicModels {
  private revision = 0;
  /** By id, and by domain and name. */
  private readonly models: LRUCache<string, Model>;
  /** Outward ids of the owners of models that everybody sees, by their keys. */
  private readonly contributors = new LRUCache<number, string>({ max: KEPT_CONTRIBUTORS });

  /** `characters`: of all that is kept, at most. Default 16 million. */
  constructor(characters = KEPT_CHARACTERS) {
    this.models = new LRUCache({ maxSize: characters, sizeCalculation: (model, key) => JSON.stringify(model).length + key.length });
  }

  byId(view: View, id: string): Model | undefined {
    return this.isOf(view) ? this.models.get(id) : undefined;
  }

  byName(view: View, named: NamedModel): Model | undefined {
    return this.isOf(view) ? this.models.get(nameOf(named)) : undefined;
  }

  /** Keeps models that were read for a view, unless they are of somebody's or not of the newest revision. */
  keep(view: View, models: readonly Model[]): void {
    if (!this.isOf(view)) return;
    for (const model of models) for (const key of [model.id, nameOf(model)]) this.models.set(key, model);
  }

  /** The outward id of a contributor, the owner of a model that everybody sees. */
  contributorId(view: View, ownerPk: number): string | undefined {
    return this.isOf(view) ? this.contributors.get(ownerPk) : undefined;
  }

  keepContributors(view: View, contributors: readonly { readonly pk: number; readonly id: string }[]): void {
    if (this.isOf(view)) for (const { pk, id } of contributors) this.contributors.set(pk, id);
  }

  private isOf(view: View): boolean {
    if (view.viewer !== null) return false;
    const revision = Number(view.revision);
    if (revision > this.revision) {
      this.models.clear();
      this.contributors.clear();
      this.revision = revision;
    }
    return revision === this.revision;
  }
}
