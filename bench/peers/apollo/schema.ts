import type { Benchmark, Model, Score } from "./entities";
import { type ModelFilter, ROOTS, type Sources } from "./sources";

/** The fields of the platform's own API that the bench asks for. */
export const typeDefs = `#graphql
  type Query { model(domain: String!, name: String!): Model  standings(domain: String!): Standings! }
  enum ScoreState { SCORED FAILED NOT_RUN }
  input FloatRange { min: Float }
  input ModelFilter { architecture: [String!]!  parameterCount: FloatRange! }
  type Model { name: String!  metadata: ModelMetadata!  scores(states: [ScoreState!]!, maxDepth: Int): [Score!]! }
  type ModelMetadata { architecture: String  parameterCount: Float }
  type Score {
    benchmark: Benchmark!  state: ScoreState!  value: Float  rank: Int  statistics: Statistics!  children: [Score!]!
  }
  type Benchmark { identifier: String!  reference: Reference }
  type Reference { key: String!  title: String  year: Int  doi: String  url: String }
  type Statistics { count: Int!  min: Float  max: Float  mean: Float  median: Float }
  type Standings { leaderboard(where: ModelFilter, first: Int!): Leaderboard! }
  type Leaderboard { nodes: [LeaderboardRow!]! }
  type LeaderboardRow { rank: Int  model: Model!  score: Score!  scores(benchmarks: [String!]!): [Score!]! }
`;

interface WithSources {
  readonly sources: Sources;
}

const cellsOf = (sources: Sources, modelPk: number, benchmarks: readonly Benchmark[]): Promise<Score[]> =>
  Promise.all(benchmarks.map(({ pk }) => sources.cells.load({ model: modelPk, benchmark: pk })));

export const resolvers = {
  Query: {
    model: (_: unknown, { name }: { name: string }, { sources }: WithSources) => sources.findModel(name),
    standings: () => ({}),
  },
  Model: {
    metadata: (model: Model) => model,
    async scores(model: Model, { states, maxDepth }: { states: string[]; maxDepth?: number }, { sources }: WithSources) {
      const benchmarks = maxDepth === 0 ? await sources.children.load(ROOTS) : await sources.allBenchmarks();
      return (await cellsOf(sources, model.pk, benchmarks)).filter(({ state }) => states.includes(state));
    },
  },
  Score: {
    benchmark: (score: Score, _: unknown, { sources }: WithSources) => sources.benchmarks.load(score.benchmarkPk),
    statistics: (score: Score, _: unknown, { sources }: WithSources) => sources.statistics.load(score.benchmarkPk),
    children: async (score: Score, _: unknown, { sources }: WithSources) =>
      cellsOf(sources, score.modelPk, await sources.children.load(score.benchmarkPk)),
  },
  Benchmark: {
    reference: ({ referencePk }: Benchmark, _: unknown, { sources }: WithSources) =>
      referencePk === null ? null : sources.references.load(referencePk),
  },
  Standings: {
    async leaderboard(_: unknown, { first, where }: { first: number; where?: ModelFilter }, { sources }: WithSources) {
      const [root] = await sources.children.load(ROOTS);
      return { nodes: await sources.leaderboard(root.pk, first, where ?? null) };
    },
  },
  LeaderboardRow: {
    model: (score: Score, _: unknown, { sources }: WithSources) => sources.models.load(score.modelPk),
    score: (score: Score) => score,
    async scores(score: Score, { benchmarks }: { benchmarks: string[] }, { sources }: WithSources) {
      const asked = await Promise.all(benchmarks.map((identifier) => sources.benchmarksByIdentifier.load(identifier)));
      return cellsOf(sources, score.modelPk, asked);
    },
  },
};
