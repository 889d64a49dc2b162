import { graphql } from "../graph/graphql";

/** Tells when the standings on the global root of a domain change. */
export const changedSubscription = graphql(`
  subscription NewScores($domain: String!) {
    standingsChanged(domain: $domain) {
      revision
    }
  }
`);

/** The revision that a domain is at. */
export const revisionQuery = graphql(`
  query NewestRevision($domain: String!) {
    standings(domain: $domain) {
      revision
    }
  }
`);
