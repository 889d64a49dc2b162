import type { Answering } from "../asking";
import type { Budget } from "./budgets";

/** Cost of any request, and all that an answer costs which is kept. */
export const ANY_REQUEST = 1;

/** Tells in the headers of an answer what its asker has left. */
export function nameBudget(reply: Pick<Answering, "header">, budget: Budget): void {
  for (const [name, value] of budget.headers()) void reply.header(name, value);
}
