import type { FastifyReply } from "fastify";
import type { Budget } from "./budgets";

/** Cost of any request, and all that an answer costs which is kept. */
export const ANY_REQUEST = 1;

/** Tells in the headers of an answer what its asker has left. */
export function nameBudget(reply: FastifyReply, budget: Budget): void {
  for (const [name, value] of budget.headers()) void reply.header(name, value);
}
