import { type Figure, median, ROUNDS } from "./measure";
import { runChild } from "./run-child";
import type { Loaded } from "./load-board";
import type { Subject } from "./subject";
import type { Weighed } from "./weigh-board";

const TIMES: Readonly<Record<keyof Loaded, string>> = {
  load: "board load: from the start of reading to the board",
  firstCard: "board load: from the start of reading to the first card",
};

const WEIGHTS: Readonly<Record<keyof Weighed, string>> = {
  standings: "a cell: its value, error, winner and place in a sorted column",
  board: "a cell, and its part of all else that a board holds, observations first",
};

/** Loads the board and answers the first card, each round in a process of its own, nothing warmed up; then weighs what a board holds. */
export async function measureLoad({ url, size: { models } }: Subject): Promise<Figure[]> {
  const loaded: Loaded[] = [];
  for (let round = 0; round < ROUNDS; round++) loaded.push(await runChild<Loaded>("load-board", url));
  const times = (["load", "firstCard"] as const).map((what): Figure => {
    const rounds = loaded.map((each) => each[what]);
    return { bench: "load", name: TIMES[what], models, unit: "ms", median: median(rounds), rounds };
  });
  // The same facts take the same room each time.
  const weighed = await runChild<Weighed>("weigh-board", url);
  const weights = (["standings", "board"] as const).map((what): Figure => {
    return { bench: "load", name: WEIGHTS[what], models, unit: "bytes", median: weighed[what], rounds: [weighed[what]] };
  });
  return [...times, ...weights];
}
