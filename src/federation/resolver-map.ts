import type { IResolvers } from "@graphql-tools/utils";
import type { GraphQLSchema } from "graphql";
import { createResolversMap } from "type-graphql";
import type { Context } from "./context";

/** The resolvers of a schema by type and field, without the empty entries that input types leave. */
export const resolverMap = (schema: GraphQLSchema): IResolvers<unknown, Context> =>
  Object.fromEntries(Object.entries(createResolversMap(schema)).filter(([, resolvers]) => resolvers)) as IResolvers<unknown, Context>;
