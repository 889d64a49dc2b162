import type { Board, ModelPlace } from "./board";
import type { DomainBoard } from "./domain-board";
import type { ModelFacts } from "./facts";
import { seesModel, type Viewer } from "./viewer";

/**
 * One board as one viewer may see it, and the only way from a request to models. What the viewer may not see is not in it, so a
 * resolver cannot forget to leave it out (§10).
 */
export class View {
  constructor(
    readonly board: Board,
    readonly viewer: Viewer,
  ) {}

  /** The revision to name in answers: admins see every fact counted, others the public ones only (§9). */
  get revision(): string {
    const { revision, publicRevision } = this.board.catalog.ledger;
    return String(this.viewer?.isAdmin ? revision : publicRevision);
  }

  sees(model: ModelFacts): boolean {
    return seesModel(this.viewer, model);
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
}
