import tseslint from "typescript-eslint";

/** What each room of src may import from: itself and what stands to its right in the chain. */
const CHAIN = ["cli", "server", "dataset", "subgraphs", "federation", "board", "database", "scoring", "statistics"];

const forbid = (names, message) => ({ group: names, message });

/** One block a room: it may not import from the rooms on its left. */
const rooms = CHAIN.map((room, place) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          ...CHAIN.slice(0, place).map((left) => forbid([`**/${left}/*`, `**/${left}/**`], `${room} stands to the right of ${left}.`)),
          ...(["subgraphs", "federation"].includes(room)
            ? []
            : [forbid(["type-graphql"], "Only federation and subgraphs speak type-graphql.")]),
          ...(["database", "subgraphs", "board"].includes(room)
            ? []
            : [forbid(["typeorm"], "Only database, subgraphs and the board's fact reader speak TypeORM.")]),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["dist/**", "node_modules/**", ".scoretree/**", "web/dist/**", "web/graph/graphql-env.d.ts"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx", "**/*.mts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports", disallowTypeAnnotations: false }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-restricted-properties": ["error", { object: "process", property: "env", message: "Only src/config.ts reads the environment." }],
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  ...rooms,
  { files: ["src/config.ts", "test/**", "bench/**", "data/make/**"], rules: { "no-restricted-properties": "off" } },
  { files: [".ci/**", "web/**", "test/**/global-*.ts", "**/*.config.*"], rules: { "no-restricted-exports": "off" } },
);
