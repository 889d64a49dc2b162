import { graphql } from "../graph/graphql";

/** What models and benchmarks of a domain can be filtered by, under no conditions. `benchmarks`: one, whose column is not looked at. */
export const facetsQuery = graphql(`
  query Facets($domain: String!) {
    releases(domain: $domain) {
      name
      createdAt
    }
    standings(domain: $domain) {
      tree {
        benchmark {
          identifier
        }
        version {
          validFrom
          recording {
            region
            species
          }
        }
      }
      matrix(benchmarks: []) {
        models {
          name
          group
          competition
          metadata {
            family
            architecture
            trainingDataset
            taskSpecialization
          }
          contributor {
            displayName
          }
        }
      }
    }
  }
`);
