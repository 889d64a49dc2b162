/** The rooms of src, each importing only from those to its right. */
const CHAIN = ["cli", "server", "dataset", "subgraphs", "federation", "board", "database", "scoring", "statistics"];

const room = (name) => `^src/${name}/`;

module.exports = {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    ...CHAIN.slice(1).map((name, place) => ({
      name: `chain-${name}`,
      severity: "error",
      from: { path: room(name) },
      to: { path: CHAIN.slice(0, place + 1).map(room) },
    })),
    {
      name: "subgraphs-stand-alone",
      comment: "No subgraph imports another: they meet by entity keys and fact tables only.",
      severity: "error",
      from: { path: "^src/subgraphs/([^/]+)/" },
      to: { path: "^src/subgraphs/", pathNot: "^src/subgraphs/$1/" },
    },
    {
      name: "pure-core",
      comment: "The core imports no package and does no I/O.",
      severity: "error",
      from: { path: "^src/(scoring|statistics)/" },
      to: { pathNot: "^src/(scoring|statistics|errors)" },
    },
    {
      name: "type-graphql-in-its-rooms",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(federation|subgraphs)/" },
      to: { path: "node_modules/type-graphql/" },
    },
    {
      name: "typeorm-in-its-rooms",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(database|subgraphs)/|^src/board/read-facts" },
      to: { path: "node_modules/typeorm/", dependencyTypesNot: ["type-only"] },
    },
    { name: "no-test-in-src", severity: "error", from: { path: "^src/" }, to: { path: "^(test|bench|data|examples|web)/" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { conditionNames: ["import", "require", "node", "default"], extensions: [".ts", ".js", ".json"] },
  },
};
