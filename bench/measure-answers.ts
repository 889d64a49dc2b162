import { readBoard } from "../src/board/read-facts";
import { createAsk, writeByGraphqlJs } from "./ask";
import { type Figure, median, ROUNDS, timed } from "./measure";
import { peerQuestions } from "./peers/peer-questions";
import { card, leaderboard } from "./questions";
import type { Subject } from "./subject";

const TIMES = 20;
const WARM_UP = 100;

/** Cards and a leaderboard in this process, from the parsed query to the answer as JSON: by our plans, and by graphql-js in turn. */
export async function measureAnswers({ dataSource, size: { models }, columns }: Subject): Promise<Figure[]> {
  const board = await readBoard(dataSource);
  const ask = createAsk(() => board, dataSource);
  const askGraphqlJs = createAsk(() => board, dataSource, writeByGraphqlJs);
  const figures: Figure[] = [];
  const questions = {
    "one card": card(),
    "card of all benchmarks": peerQuestions(columns)["card, flat"].ours,
    "leaderboard 50 x 20": leaderboard(columns),
  };
  for (const [name, question] of Object.entries(questions)) {
    const [first] = await timed(() => ask(question), { rounds: 1 });
    const note = `${Buffer.byteLength(await ask(question))} bytes; the first one ${first.toFixed(1)} ms`;
    for (const warm of [ask, askGraphqlJs]) await timed(() => warm(question), { rounds: WARM_UP });
    const [ours, other]: number[][] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(...(await timed(() => ask(question), { times: TIMES, rounds: 1 })));
      other.push(...(await timed(() => askGraphqlJs(question), { times: TIMES, rounds: 1 })));
    }
    const figure = (what: string, rounds: number[]): Figure => ({
      ...{ bench: "answers", name: `${name}, ${what}`, models, unit: "ms", median: median(rounds), rounds },
    });
    figures.push({ ...figure("in process", ours), note }, figure("in process by graphql-js", other));
  }
  return figures;
}
