import type { ResultOf } from "gql.tada";
import { graphql } from "../graph/graphql";

/** The tree of a leaderboard, and who is ranked. */
export const frameQuery = graphql(`
  query LeaderboardFrame($domain: String!, $under: Conditions) {
    domain(slug: $domain) {
      slug
      name
      license
    }
    standings(domain: $domain, under: $under) {
      revision
      populationSize
      tree {
        benchmark {
          identifier
          shortName
          isLeaf
          isRaw
        }
        parent {
          identifier
        }
        depth
        leafCount
        weight
        version {
          number
          validFrom
          recording {
            region
            species
          }
        }
        statistics {
          count
          failed
          min
          max
        }
      }
    }
  }
`);

/** Whole columns of a leaderboard: a row a model, all of the population. */
export const columnsQuery = graphql(`
  query LeaderboardColumns($domain: String!, $under: Conditions, $benchmarks: [String!]) {
    standings(domain: $domain, under: $under) {
      revision
      matrix(benchmarks: $benchmarks) {
        models {
          name
        }
        benchmarks {
          identifier
        }
        values
        ranks
        states
      }
    }
  }
`);

/** A node of the tree of a leaderboard. */
export type LeaderboardNode = ResultOf<typeof frameQuery>["standings"]["tree"][number];

/** The answer with whole columns. */
export type ColumnsAnswer = ResultOf<typeof columnsQuery>["standings"];
