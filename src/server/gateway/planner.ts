import { type ChildProcess, fork } from "node:child_process";
import type { FastifyBaseLogger } from "fastify";
import { LRUCache } from "lru-cache";
import type { QueryPlan } from "@graphql-hive/router-query-planner";
import type { ToPlanner } from "./plan-process";

/** How long a plan may take, in milliseconds. */
const PATIENCE = 1_000;

/** How soon after it ended the planner is started again, in milliseconds. */
const PAUSE = 1_000;

/** How many plans are kept. */
const KEPT = 1_000;

interface Pending {
  readonly key: string;
  resolve(plan: QueryPlan | null): void;
}

/**
 * Plans operations over a supergraph, by Hive's native planner in a process of its own. What it cannot plan, or does not survive, has no
 * plan, and is not tried again: such operations are answered without one.
 */
export class Planner {
  private child: ChildProcess | null = null;
  private readonly pending = new Map<number, Pending>();
  private readonly kept = new LRUCache<string, { plan: QueryPlan | null }>({ max: KEPT });
  private count = 0;
  private isStopped = false;

  constructor(
    private readonly supergraph: string,
    private readonly logger: Pick<FastifyBaseLogger, "warn">,
  ) {
    this.start();
  }

  /** The plan of an operation; null if there is none. */
  async plan(text: string, operationName: string | null): Promise<QueryPlan | null> {
    const key = `${operationName ?? ""}\n${text}`;
    const kept = this.kept.get(key);
    if (kept) return kept.plan;
    const { child } = this;
    if (!child?.connected) return null;
    const id = this.count++;
    return new Promise((resolve) => {
      // It is answered without a plan, this once: what comes later is kept for the next time.
      const late = setTimeout(() => resolve(null), PATIENCE).unref();
      this.pending.set(id, {
        key,
        resolve: (plan) => {
          clearTimeout(late);
          resolve(plan);
        },
      });
      child.send({ id, text, operationName } satisfies ToPlanner);
    });
  }

  stop(): void {
    this.isStopped = true;
    for (const id of [...this.pending.keys()]) this.take(id)?.resolve(null);
    this.child?.kill();
  }

  private start(): void {
    if (this.isStopped) return;
    const child = fork(require.resolve("./plan-process"), { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    this.child = child;
    child.unref();
    child.channel?.unref();
    child.on("message", ({ id, plan }: { id: number; plan: QueryPlan | null }) => this.settle(id, plan));
    child.on("error", () => undefined);
    child.once("exit", () => {
      this.child = null;
      if (this.isStopped) return;
      // It works on one operation after the other: the oldest is what ended it. The others are answered without a plan, this once.
      const [oldest, ...others] = [...this.pending.keys()];
      if (oldest !== undefined) this.settle(oldest, null);
      for (const id of others) this.take(id)?.resolve(null);
      this.logger.warn("The planner ended. Operations that have no plan yet are answered without one until it is there again.");
      setTimeout(() => this.start(), PAUSE).unref();
    });
    child.send({ supergraph: this.supergraph } satisfies ToPlanner);
  }

  private settle(id: number, plan: QueryPlan | null): void {
    const pending = this.take(id);
    if (!pending) return;
    this.kept.set(pending.key, { plan });
    pending.resolve(plan);
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }
}
