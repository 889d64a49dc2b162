import type { Context } from "./context";

/**
 * Answers from the request's board and, if that gives nothing, from the newest facts there are: a reference may be to what another process
 * has just written and this one has not read yet. `ask` gives null for what it does not know.
 */
export async function askAgain<T>(context: Context, ask: () => T | null | Promise<T | null>): Promise<T | null> {
  return (await ask()) ?? ((await context.catchUp()) ? ask() : null);
}
