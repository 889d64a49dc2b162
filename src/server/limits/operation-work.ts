import { ExpectedError } from "../../errors";
import type { RateLimitState } from "../../federation/rate-limit-state";
import type { Budget } from "./budgets";
import type { Checked } from "./checked-documents";
import type { Gate, Permit } from "./gate";
import { WorkSignal } from "./work-signal";

export interface OperationWorkOptions {
  readonly gate: Gate;
  readonly budget: Budget;
  /** Calls a listener when the client has gone. */
  readonly whenGone?: (listener: () => void) => void;
}

/** What limits know of one request, from its text to its answer. */
export class OperationWork {
  readonly gate: Gate;
  readonly budget: Budget;
  private readonly workSignal: WorkSignal;
  /** What is known of its document, once its text is. */
  checked: Checked = { kind: "faulty" };
  private permit: Permit | null = null;
  private begun: Promise<void> | null = null;
  /** Why it was told to stop; null if it was not. */
  late: ExpectedError | null = null;

  constructor({ gate, budget, whenGone }: OperationWorkOptions) {
    this.gate = gate;
    this.budget = budget;
    this.workSignal = new WorkSignal(whenGone);
  }

  /** Tells when work on the answer is to stop. */
  get signal(): AbortSignal {
    return this.workSignal.signal;
  }

  /** Waits for leave to execute: throws what `Gate.admit` does. Whoever asks again has the same answer. */
  begin(operationName: string | null | undefined, variables: Readonly<Record<string, unknown>> | null | undefined): Promise<void> {
    return (this.begun ??= this.admit(operationName, variables));
  }

  private async admit(
    operationName: string | null | undefined,
    variables: Readonly<Record<string, unknown>> | null | undefined,
  ): Promise<void> {
    const { checked, budget, signal } = this;
    this.permit = await this.gate.admit({ checked, operationName, variables, budget, signal });
  }

  /** What executing a query brings, or `late(error)` if that takes too long: what is still under way is told to stop. */
  within<T>(executing: PromiseLike<T> | T, late: (error: ExpectedError) => T): Promise<T> | T {
    const { limits, counts } = this.gate.options;
    return this.workSignal.within(limits.milliseconds, executing, () => {
      counts.timeoutTotal++;
      const words = `This was not computed within ${limits.milliseconds} milliseconds. Ask for less at once.`;
      this.late = new ExpectedError("TIMEOUT", words, { limit: "milliseconds", most: limits.milliseconds });
      return late(this.late);
    });
  }

  /** Says that the request was answered. */
  end(): void {
    this.permit?.leave();
  }

  /** For the API: what the asker has left. */
  rateLimit(): RateLimitState {
    return this.budget.state(this.permit?.estimate ?? { nodes: 0, cost: 1 });
  }
}
