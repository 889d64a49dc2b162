import { graphql } from "../graph/graphql";

/** Who moved on a benchmark between two moments, and by which leaves. */
export const changesQuery = graphql(`
  query Changes($domain: String!, $from: Moment!, $to: Moment, $benchmark: String, $under: Conditions, $after: String) {
    releases(domain: $domain) {
      name
      createdAt
    }
    benchmarks(domain: $domain, first: 100, filter: { isLeaf: false }) {
      nodes {
        identifier
      }
    }
    changes(domain: $domain, from: $from, to: $to, benchmark: $benchmark, under: $under, first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        model {
          name
        }
        rankGain
        valueGain
        before {
          display
          rank
        }
        after {
          display
          rank
        }
        contributions(first: 3) {
          benchmark {
            identifier
          }
          value
        }
      }
    }
  }
`);
