import { type Context, databaseOf } from "./context";

/**
 * Answers from the request's board and, if that gives nothing, from the newest facts there are: a reference may be to what another process
 * has just written and this one has not read yet. `ask` gives null for what it does not know.
 */
export async function askAgain<T>(context: Context, ask: () => Promise<T | null>): Promise<T | null> {
  const asked = context.view.catalog.ledger.revision;
  const answer = await ask();
  if (answer !== null) return answer;
  const [{ revision }] = (await databaseOf(context).query(`SELECT last_revision AS "revision" FROM ledger`)) as { revision: number }[];
  if (revision > context.view.catalog.ledger.revision) await context.reach(revision);
  return context.view.catalog.ledger.revision > asked ? ask() : null;
}
