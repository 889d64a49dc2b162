import type { Catalog } from "./catalog";
import type { DomainBoard } from "./domain-board";

/** A model's place: its domain's board and its slot there. */
export interface ModelPlace {
  readonly board: DomainBoard;
  readonly slot: number;
}

/**
 * The facts of one revision with the findings computed from them. Immutable: a new fact makes a new board. A process that serves no scores
 * holds the catalog alone: a board without models, which `holdsModels` tells.
 */
export class Board {
  private readonly bySlug: ReadonlyMap<string, DomainBoard>;

  /** `domains`: in the order of the catalog; none if no models are held. */
  constructor(
    readonly catalog: Catalog,
    readonly domains: readonly DomainBoard[],
    readonly holdsModels = true,
  ) {
    this.bySlug = new Map(domains.map((board) => [board.catalog.domain.slug, board]));
  }

  domain(slug: string): DomainBoard | null {
    return this.bySlug.get(slug) ?? null;
  }

  modelById(id: string): ModelPlace | null {
    for (const board of this.domains) {
      const slot = board.modelsById.get(id);
      if (slot !== undefined) return { board, slot };
    }
    return null;
  }
}
