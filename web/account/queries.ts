import type { ResultOf } from "gql.tada";
import { graphql } from "../graph/graphql";

/** The account that is signed in, with what is its own. */
export const accountQuery = graphql(`
  query Account {
    viewer {
      key
      displayName
      role
      apiKeys {
        id
        name
        prefix
        createdAt
        lastUsedAt
        expiresAt
        revokedAt
      }
      models(first: 100) {
        totalCount
        nodes {
          id
          name
          isPublic
          domain {
            slug
          }
        }
      }
      submissions(first: 50) {
        totalCount
        nodes {
          id
          key
          submittedAt
          scoreCount
        }
      }
    }
  }
`);

/** Shows a model to everybody. */
export const publishMutation = graphql(`
  mutation Publish($model: ID!) {
    updateModel(input: { model: $model, isPublic: true }) {
      model {
        id
        isPublic
      }
      userErrors {
        message
      }
    }
  }
`);

/** Makes a key. */
export const createKeyMutation = graphql(`
  mutation CreateKey($name: String!) {
    createApiKey(input: { name: $name }) {
      secret
      apiKey {
        id
      }
      userErrors {
        message
      }
    }
  }
`);

/** Makes a key good no longer. */
export const revokeKeyMutation = graphql(`
  mutation RevokeKey($apiKey: ID!) {
    revokeApiKey(input: { apiKey: $apiKey }) {
      apiKey {
        id
        revokedAt
      }
      userErrors {
        message
      }
    }
  }
`);

/** An account as its page shows it. */
export type AccountShown = NonNullable<ResultOf<typeof accountQuery>["viewer"]>;
