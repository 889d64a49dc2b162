import { readBoard } from "../src/board/read-facts";
import { createAsk } from "./ask";
import { type Figure, median, timed } from "./measure";
import { card, leaderboard } from "./questions";
import type { Subject } from "./subject";

/** A card and a leaderboard in this process: parsed, validated, executed and written as JSON every time. */
export async function measureAnswers({ dataSource, size: { models }, columns }: Subject): Promise<Figure[]> {
  const board = await readBoard(dataSource);
  const ask = createAsk(() => board, dataSource);
  const figures: Figure[] = [];
  for (const [name, question] of Object.entries({ "one card": card(), "leaderboard 50 x 20": leaderboard(columns) })) {
    let bytes = 0;
    const answer = async (): Promise<void> => {
      bytes = Buffer.byteLength(JSON.stringify(await ask(question)));
    };
    const [first] = await timed(answer, { rounds: 1 });
    const rounds = await timed(answer, { times: 20, warmUp: 100 });
    const note = `${bytes} bytes; the first one ${first.toFixed(1)} ms`;
    figures.push({ bench: "answers", name: `${name}, in process`, models, unit: "ms", median: median(rounds), rounds, note });
  }
  return figures;
}
