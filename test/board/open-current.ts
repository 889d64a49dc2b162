import { CurrentBoard } from "../../src/board/current";
import type { TestDatabase } from "../support/database";

/** A current board with all that it was told to go wrong. */
export async function openCurrent(
  { dataSource, url }: TestDatabase,
  keptBoards?: number,
): Promise<{ current: CurrentBoard; errors: unknown[] }> {
  const errors: unknown[] = [];
  const current = await CurrentBoard.open(dataSource, { url, onError: (error) => errors.push(error), keptBoards });
  return { current, errors };
}

/** Waits until something holds, looking every few milliseconds. Throws after a quarter of a minute. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let patience = 1_500; !(await holds()); patience--) {
    if (patience === 0) throw new Error("This did not come about in a quarter of a minute.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
