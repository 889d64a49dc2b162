import type { GraphQLFieldResolver } from "graphql";
import type { Context } from "../context";
import { readingLike } from "../property";

/**
 * The same resolver, whose failures are promised ones. A failure at once would end a list whose earlier items are still promised, and
 * graphql-js forgets those: when they fail too, nobody waits for them, which ends a Node process.
 */
export const failLater = (resolve: GraphQLFieldResolver<object, Context>): GraphQLFieldResolver<object, Context> =>
  readingLike<GraphQLFieldResolver<object, Context>>((parent, args, context, info) => {
    try {
      return resolve(parent, args, context, info);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }, resolve);
