import type { GraphQLSchema } from "graphql";
import { compose, type Composition } from "../federation/compose";
import { joinSubgraphs } from "../federation/join";
import { buildSubgraph, type BuiltSubgraph } from "../federation/subgraph";
import { SUBGRAPHS } from "./subgraphs";

/** The platform's schema in all its shapes. */
export interface PlatformSchema extends Composition {
  readonly subgraphs: readonly BuiltSubgraph[];
  /** All subgraphs joined in one process. */
  readonly schema: GraphQLSchema;
}

/** Builds the subgraphs, composes them and joins them; some hundred milliseconds, so do it once a process. */
export function buildSchema(): PlatformSchema {
  const subgraphs = SUBGRAPHS.map(buildSubgraph);
  const composition = compose(subgraphs);
  return { ...composition, subgraphs, schema: joinSubgraphs(subgraphs, composition.api) };
}
