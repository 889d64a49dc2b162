import { type Figure, median, ROUNDS } from "./measure";
import { runChild } from "./run-child";
import type { Loaded } from "./load-board";
import type { Subject } from "./subject";

const NAMES: Readonly<Record<keyof Loaded, string>> = {
  load: "board load: from the start of reading to the board",
  firstCard: "board load: from the start of reading to the first card",
};

/** Loads the board and answers the first card, each round in a process of its own, nothing warmed up. */
export async function measureLoad({ url, size: { models } }: Subject): Promise<Figure[]> {
  const loaded: Loaded[] = [];
  for (let round = 0; round < ROUNDS; round++) loaded.push(await runChild<Loaded>("load-board", url));
  return (["load", "firstCard"] as const).map((what) => {
    const rounds = loaded.map((times) => times[what]);
    return { bench: "load", name: NAMES[what], models, unit: "ms", median: median(rounds), rounds };
  });
}
