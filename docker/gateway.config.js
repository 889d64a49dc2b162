// Hive Gateway over the same supergraph. It does not keep one operation at one revision (§9); our gateway does.

// Subgraphs check the caller's own credential. Name here every subgraph that may see it, and none of others.
const OURS = ["benchmarks", "models", "scores", "citations", "submissions"];

export const gatewayConfig = {
  supergraph: "/supergraph/supergraph.graphql",
  propagateHeaders: {
    fromClientToSubgraphs: ({ request, subgraphName }) =>
      OURS.includes(subgraphName) ? { authorization: request.headers.get("authorization") } : {},
  },
  // Codes and paths of errors are part of the API. Unexpected ones are masked by the subgraphs already.
  maskedErrors: false,
};
