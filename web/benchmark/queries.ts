import type { ResultOf } from "gql.tada";
import { graphql } from "../graph/graphql";

/** All that the page of a benchmark shows at once. */
export const benchmarkQuery = graphql(`
  query Benchmark($domain: String!, $identifier: String!, $under: Conditions) {
    standings(domain: $domain, under: $under) {
      revision
    }
    benchmark(domain: $domain, identifier: $identifier) {
      identifier
      isLeaf
      isRaw
      isVisible
      rankDecimals
      leafCount
      ancestors {
        identifier
      }
      parent {
        children {
          identifier
        }
      }
      children {
        identifier
        leafCount
      }
      reference {
        title
        label
        url
        citation
      }
      versions {
        number
        ceiling
        ceilingError
        isCurrent
        validFrom
        validTo
        metric {
          name
        }
        recording {
          sites
          region
          hemisphere
          species
          subjects
          kind
          task
        }
        stimuli {
          count
          kind
          samples(first: 10) {
            position
            url
          }
        }
      }
      statistics(under: $under) {
        count
        failed
        notRun
        min
        max
        mean
        median
        lowerQuartile
        upperQuartile
        standardDeviation
        histogram(bins: 40) {
          min
          max
          count
        }
      }
      leaderboard(first: 25, under: $under) {
        totalCount
        nodes {
          rank
          model {
            name
          }
          score {
            display
            value
          }
        }
      }
    }
  }
`);

/** How benchmarks go together: the first row is of the first one. */
export const correlationsQuery = graphql(`
  query Correlations($domain: String!, $benchmarks: [String!]!, $method: CorrelationMethod, $under: Conditions) {
    standings(domain: $domain, under: $under) {
      correlations(benchmarks: $benchmarks, method: $method) {
        x {
          identifier
        }
        y {
          identifier
        }
        r
        count
        pValue
      }
    }
  }
`);

/** A benchmark as its page shows it. */
export type BenchmarkShown = NonNullable<ResultOf<typeof benchmarkQuery>["benchmark"]>;
