/** Slugs that no domain can have, in lower case: the server has something else at these addresses. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  ...["account", "assets", "exports", "graphiql", "graphql", "health", "metrics", "samples"],
  ...["favicon.ico", "icon.svg", "index.html", "robots.txt", "schema.graphql", "theme.js"],
]);
