import { readFileSync } from "node:fs";
import path from "node:path";

/** The checkout, seen from `bench`, or from `dist/bench` where it was built to. */
export const ROOT = path.resolve(__dirname, path.basename(path.dirname(__dirname)) === "dist" ? "../.." : "..");

/** The model whose card is asked for: the same facts in a database of any size. */
export const CARD_MODEL = "resnet-50x2_untrained";

/** What a client sends. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What is in here keeps the answer from being kept: it is computed each time. Default: nothing. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** One card with the statistics and references of all its nodes. */
export const card = (): Question => ({
  query: readFileSync(path.join(ROOT, "examples/model-card.graphql"), "utf8"),
  variables: { name: CARD_MODEL },
});

/** The same question, whose answer is computed each time. */
export const anew = (question: Question): Question => ({ ...question, extensions: { anew: true } });

/** 50 rows of the global leaderboard, with the given columns. */
export const leaderboard = (benchmarks: readonly string[]): Question => ({
  query: `query Leaderboard($benchmarks: [String!]!) {
    standings(domain: "vision") {
      leaderboard(first: 50) {
        totalCount
        nodes {
          rank
          model { name }
          scores(benchmarks: $benchmarks) { benchmark { identifier } display value rank }
        }
      }
    }
  }`,
  variables: { benchmarks },
});
