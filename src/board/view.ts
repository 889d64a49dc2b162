import type { DataSource } from "typeorm";
import type { Board, ModelPlace } from "./board";
import type { Catalog } from "./catalog";
import type { DomainBoard } from "./domain-board";
import type { ModelFacts } from "./facts";
import { invariant } from "../errors";
import { pastBoard } from "./past-boards";
import { seesModel, type Viewer } from "./viewer";

/**
 * One board as one viewer may see it, and the only way from a request to models. What the viewer may not see is not in it, so a
 * resolver cannot forget to leave it out (§10).
 */
export class View {
  /** `recent`: boards that were the newest a while ago, which pages of a list that began on them are made from. */
  constructor(
    private readonly held: Board,
    readonly viewer: Viewer,
    private readonly recent: () => readonly Board[] = () => [],
  ) {}

  /** False in a process that serves no scores: models are read from the database there, and what follows throws that tells of them. */
  get holdsModels(): boolean {
    return this.held.holdsModels;
  }

  private get board(): Board {
    invariant(this.held.holdsModels, "this process holds no models, and was asked about them.");
    return this.held;
  }

  /** One object for all views that show the same: of one board, to nobody in particular. Another viewer's view is that itself. */
  get sameFor(): object {
    return this.viewer === null ? this.held : this;
  }

  /** The same as of a revision that an earlier answer to this viewer named; null if its board is no longer kept. */
  at(revision: string): View | null {
    if (revision === this.revision) return this;
    return (
      this.recent()
        .map((board) => new View(board, this.viewer, this.recent))
        .findLast((view) => view.revision === revision) ?? null
    );
  }

  /** What the same viewer may see of the facts of an earlier revision, at which an append ended. What was not public then is for its owner then. */
  async before(dataSource: DataSource, revision: number): Promise<View> {
    return new View(await pastBoard(dataSource, revision, this.board), this.viewer);
  }

  /** The same viewer's view of another board, such as the one before a change. */
  on(board: Board): View {
    return new View(board, this.viewer);
  }

  /** Domains, benchmarks, versions and references of the same revision. */
  get catalog(): Catalog {
    return this.held.catalog;
  }

  /** The revision to name in answers: admins see every fact counted, others the public ones only (§9). */
  get revision(): string {
    const { revision, publicRevision } = this.held.catalog.ledger;
    return String(this.viewer?.isAdmin ? revision : publicRevision);
  }

  domain(slug: string): DomainBoard | null {
    return this.board.domain(slug);
  }

  sees(model: Pick<ModelFacts, "isPublic" | "ownerPk">): boolean {
    return seesModel(this.viewer, model);
  }

  /** True if the model is the viewer's own, or the viewer an admin: who may read what is noted of its runs (§10). */
  owns(model: ModelFacts): boolean {
    return this.viewer !== null && (this.viewer.isAdmin || model.ownerPk === this.viewer.accountPk);
  }

  modelById(id: string): ModelPlace | null {
    const place = this.board.modelById(id);
    return place && this.sees(place.board.models[place.slot]) ? place : null;
  }

  /** The slot of the model of this name that the viewer sees, the viewer's own first (§10); -1 if there is none. */
  modelByName(board: DomainBoard, name: string): number {
    const slots = (board.modelsByName.get(name) ?? []).filter((slot) => this.sees(board.models[slot]));
    return slots.find((slot) => this.viewer !== null && board.models[slot].ownerPk === this.viewer.accountPk) ?? slots[0] ?? -1;
  }

  /** The slots of a domain's models that the viewer sees. */
  models(board: DomainBoard): number[] {
    return [...board.models.keys()].filter((slot) => this.sees(board.models[slot]));
  }

  modelByPk(pk: number): ModelPlace | null {
    for (const board of this.board.domains) {
      const slot = board.modelsByPk.get(pk);
      if (slot !== undefined) return this.sees(board.models[slot]) ? { board, slot } : null;
    }
    return null;
  }

  /** True if a model that the viewer sees is this contributor's (§10). */
  seesContributor(contributorId: string): boolean {
    return this.board.domains.some(({ models }) => models.some((model) => model.contributorId === contributorId && this.sees(model)));
  }

  /** True if a domain, a benchmark or a model that the viewer sees cites the reference of this id, or the viewer registered it (§10). */
  seesReference(id: string): boolean {
    return this.board.domains.some(({ catalog, models }) => {
      const reference = catalog.referencesById.get(id);
      if (!reference) return false;
      if (this.viewer !== null && reference.registrantPk === this.viewer.accountPk) return true;
      return catalog.cites(reference) || models.some((model) => model.referencePk === reference.pk && this.sees(model));
    });
  }
}
