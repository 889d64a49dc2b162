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

/** Waits until something holds, looking every few milliseconds. Throws after a minute. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds());) {
    if (performance.now() > end) throw new Error("This did not come about in a minute.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
