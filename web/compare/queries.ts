import { graphql } from "../graph/graphql";

/** The tree, to choose benchmarks from. */
export const treeQuery = graphql(`
  query CompareTree($domain: String!, $under: Conditions) {
    standings(domain: $domain, under: $under) {
      tree {
        benchmark {
          identifier
          isLeaf
        }
        parent {
          identifier
        }
        depth
        statistics {
          min
          max
        }
      }
    }
  }
`);

/** Models side by side on given benchmarks. */
export const compareQuery = graphql(`
  query Compare($domain: String!, $under: Conditions, $models: [String!]!, $benchmarks: [String!]) {
    standings(domain: $domain, under: $under) {
      compare(models: $models, benchmarks: $benchmarks) {
        models {
          name
        }
        sharedLeaves
        pairs {
          a {
            name
          }
          b {
            name
          }
          aWins
          bWins
          ties
          pearson
          spearman
        }
        rows {
          benchmark {
            identifier
          }
          scores {
            model {
              name
            }
            display
            value
            rank
            state
          }
        }
      }
    }
  }
`);

/** Two benchmarks against each other: a point a model, and the line through them. */
export const scatterQuery = graphql(`
  query Scatter($domain: String!, $under: Conditions, $x: String!, $y: String!, $method: CorrelationMethod) {
    standings(domain: $domain, under: $under) {
      scatter(x: $x, y: $y) {
        model {
          name
        }
        x
        y
      }
      correlation(x: $x, y: $y, method: $method) {
        r
        count
        pValue
        slope
        intercept
      }
    }
  }
`);

/** Names of models that have a text in them. */
export const namesQuery = graphql(`
  query ModelNames($domain: String!, $search: String!) {
    models(domain: $domain, first: 20, filter: { search: $search }) {
      nodes {
        name
      }
    }
  }
`);
