import type { Query } from "../database/write-rows";
import { type Context, databaseOf } from "./context";
import { type Mutation, openMutation, type Payload, TakenBack, type Writing } from "./mutate";

/** What a mutation of keys works with: its transaction, and where it tells what is wrong with its input. */
export interface KeyWriting extends Pick<Writing, "account" | "refuse" | "isRefused" | "idKey"> {
  /** Runs any SQL within the transaction. */
  readonly query: Query;
}

/**
 * Runs a mutation of API keys as one transaction, all or nothing, and makes its payload. Keys are no facts: no revision moves, and nobody
 * waits for whoever writes facts, so that a key can be revoked while a long import runs. `write` gives back what makes the payload's
 * fields once it is done.
 */
export async function mutateKeys<P extends Payload>(
  context: Context,
  mutation: Omit<Mutation<P>, "name" | "isDryRun">,
  write: (writing: KeyWriting) => Promise<() => Promise<Partial<P>>>,
): Promise<P> {
  const { answer, refuse, account } = openMutation(context, mutation);
  if (account === null) return answer;
  try {
    const fields = await databaseOf(context).transaction("READ COMMITTED", async (manager) => {
      const query: Query = (sql, parameters) => manager.query(sql, parameters);
      const writing = {
        ...{ account, refuse, idKey: context.idKey, query },
        get isRefused() {
          return answer.userErrors.length > 0;
        },
      };
      const made = await write(writing);
      if (writing.isRefused) throw new TakenBack();
      return made;
    });
    return Object.assign(answer, await fields());
  } catch (error) {
    if (error instanceof TakenBack) return answer;
    throw error;
  }
}
