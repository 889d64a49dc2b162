import type { ResultOf } from "gql.tada";
import { graphql } from "../graph/graphql";

/** All that a card shows at once. */
export const cardQuery = graphql(`
  query ModelCard($domain: String!, $name: String!, $under: Conditions, $states: [ScoreState!]) {
    standings(domain: $domain, under: $under) {
      revision
      populationSize
    }
    model(domain: $domain, name: $name) {
      name
      isPublic
      submittedAt
      competition
      group
      visualDegrees
      usage
      contributor {
        displayName
      }
      reference {
        label
        url
      }
      layers {
        region
        layer
      }
      metadata {
        architecture
        family
        parameterCount
        trainableParameterCount
        layerCount
        trainableLayerCount
        sizeMegabytes
        trainingDataset
        taskSpecialization
        isRunnable
        sourceUrl
        huggingFaceUrl
        notes
      }
      bibliography
      scores(under: $under, states: $states) {
        benchmark {
          identifier
          shortName
          isLeaf
          isRaw
          reference {
            label
            url
          }
        }
        parent {
          benchmark {
            identifier
          }
        }
        version {
          number
          ceiling
          recording {
            sites
            region
          }
          stimuli {
            samples(first: 10) {
              position
              url
            }
          }
        }
        state
        value
        display
        error
        rank
        tiedWith
        rankInterval {
          best
          worst
        }
        coverage {
          scored
          leaves
        }
        observation {
          endedAt
          comment
        }
        statistics {
          count
          min
          median
          max
        }
      }
    }
  }
`);

/** A model's value and rank on one benchmark through time. */
export const trendQuery = graphql(`
  query ModelTrend($domain: String!, $name: String!, $benchmark: String, $under: Conditions) {
    model(domain: $domain, name: $name) {
      trend(benchmark: $benchmark, every: QUARTER, under: $under) {
        at
        value
        rank
        of
        coverage {
          scored
          leaves
        }
        newLeaves {
          identifier
        }
        newVersions {
          number
          benchmark {
            identifier
          }
        }
      }
    }
  }
`);

/** A model as its card shows it. */
export type CardModel = NonNullable<ResultOf<typeof cardQuery>["model"]>;

/** A cell of a card. */
export type CardScore = CardModel["scores"][number];

/** A point of a trend. */
export type TrendPoint = NonNullable<ResultOf<typeof trendQuery>["model"]>["trend"][number];
