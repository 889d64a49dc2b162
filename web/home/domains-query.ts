import { graphql } from "../graph/graphql";

/** All domains, each with its first models. */
export const domainsQuery = graphql(`
  query Domains {
    domains {
      slug
      name
      modelCount
      leafCount
      roots {
        identifier
        leaderboard(first: 5) {
          nodes {
            rank
            model {
              name
            }
            score {
              display
            }
          }
        }
      }
    }
  }
`);
