import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./graphql-env";

/** Makes a document whose answer and variables are typed by the schema. What it says is checked by `npm run check:graph`. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { DateTime: string; URL: string };
}>();
