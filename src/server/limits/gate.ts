import { getOperationAST, type GraphQLSchema } from "graphql";
import { badInput } from "../../errors";
import { isTooDeep, MOST_LEVELS } from "../is-too-deep";
import type { Budget } from "./budgets";
import type { Admission } from "./admission";
import { type Checked, CheckedDocuments } from "./checked-documents";
import type { Estimate, Given } from "./estimate";
import { exceeded } from "./exceeded";
import type { LimitCounts } from "./limit-counts";
import type { Limits } from "./limits";
import type { KnownWork } from "./read-work";

/** Cost of an operation that is refused, and of a document that is faulty in itself. */
const REFUSED = 10;
const FAULTY = 100;

export interface GateOptions {
  readonly schema: GraphQLSchema;
  readonly work: KnownWork;
  readonly limits: Limits;
  /** False if nobody may ask for the schema, nor be told names that look like a wrong one. Default true. */
  readonly introspection?: boolean;
  readonly admission: Admission;
  readonly counts: LimitCounts;
}

/** An operation that somebody asks for. */
export interface Wish {
  /** What is known of its document. */
  readonly checked: Checked;
  readonly operationName?: string | null;
  readonly variables?: Given | null;
  readonly budget: Budget;
  /** Tells that nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/** Leave to execute an operation. */
export interface Permit {
  readonly estimate: Estimate;
  /** Says that it has ended, answered or not. */
  leave(): void;
}

/** True if a list somewhere in a value has more entries than permitted. */
function hasLongList(value: unknown, most: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.length > most || value.some((entry) => hasLongList(entry, most));
  return Object.values(value).some((entry) => hasLongList(entry, most));
}

/** The one way to the execution of operations at an endpoint: all limits stand here, however an operation came. */
export class Gate {
  readonly documents: CheckedDocuments;

  constructor(readonly options: GateOptions) {
    this.documents = new CheckedDocuments(options);
  }

  /**
   * Lets an operation in once it is its turn. Throws TOO_MANY if it asks for more than it may, RATE_LIMITED if its asker has used up the
   * budget, UNAVAILABLE if there is too much to do. What it costs is taken from the budget by then, unless the budget does not have it. Null
   * for a faulty document, or one without this operation: whoever reads it says so.
   */
  async admit(wish: Wish): Promise<Permit | null> {
    const estimate = this.estimate(wish);
    if (!estimate) return null;
    // A request cost 1 when it came.
    wish.budget.take(estimate.cost - 1);
    return { estimate, leave: await this.options.admission.enter(estimate.cost, wish.signal) };
  }

  /** The same without a turn: for what goes on for long, such as a subscription. */
  estimate({ checked, operationName = null, variables, budget }: Wish): Estimate | null {
    if (checked.kind === "faulty") {
      budget.take(FAULTY);
      return null;
    }
    try {
      if (checked.kind === "refused") throw checked.refusal;
      this.checkLists(checked, operationName, variables);
      return this.documents.estimate(checked, operationName, variables ?? {});
    } catch (refusal) {
      this.options.counts.exceededTotal++;
      budget.take(REFUSED);
      throw refusal;
    }
  }

  private checkLists({ document }: Checked & { kind: "good" }, operationName: string | null, variables: Wish["variables"]): void {
    const { listEntries } = this.options.limits;
    // Those of a body were looked at when it was read; others come in addresses and over WebSockets.
    if (isTooDeep(variables)) throw badInput(`The variables have more than ${MOST_LEVELS} lists and objects within each other.`);
    if (!variables || !hasLongList(variables, listEntries)) return;
    // What is written in one go has bounds of its own.
    if (getOperationAST(document, operationName)?.operation === "mutation") return;
    throw exceeded("listEntries", listEntries, null);
  }
}
