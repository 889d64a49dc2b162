import type { GraphQLResolveInfo, OperationDefinitionNode } from "graphql";
import type { Variables } from "./plan";

type Data = Record<string, unknown>;

/** Nobody waits for it, and if it fails nobody minds. */
const forget = (): void => undefined;

/** One execution of a plan: what its fields share, and what is still promised. Its first failure ends it. */
export class Run {
  /** Arguments that depend on variables and infos, by the numbers of their fields: made once a run. */
  readonly args: unknown[] = [];
  readonly infos: GraphQLResolveInfo[] = [];
  private awaited = 0;
  private hasFailed = false;
  private settle: { resolve(data: Data): void; reject(error: unknown): void } | null = null;
  private data: Data | null = null;
  private failure: unknown;

  constructor(
    readonly context: unknown,
    readonly rootValue: unknown,
    readonly variables: Variables,
    readonly operation: OperationDefinitionNode,
  ) {}

  /** Has `put` called with what a promise brings, and the answer wait for that. */
  wait(promise: PromiseLike<unknown>, put: (value: unknown) => void): void {
    this.awaited++;
    promise.then(
      (value) => {
        if (this.hasFailed) return;
        try {
          put(value);
        } catch (error) {
          return this.fail(error);
        }
        if (--this.awaited === 0) this.settle?.resolve(this.data!);
      },
      (error: unknown) => this.fail(error),
    );
  }

  /** The data, at once if nothing in it is promised. Rejects with the first failure; what is still promised then is forgotten. */
  finish(data: Data): Data | Promise<Data> {
    if (this.awaited === 0) return data;
    this.data = data;
    return new Promise((resolve, reject) => {
      if (this.hasFailed) reject(this.failure as Error);
      else this.settle = { resolve, reject };
    });
  }

  /** Ends the run. */
  fail(error: unknown): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.failure = error;
    this.settle?.reject(error);
  }

  /** Looks after promises that a failed run leaves behind: rejected ones that nobody waits for would end the process. */
  static forget(promise: PromiseLike<unknown>): void {
    promise.then(forget, forget);
  }
}
