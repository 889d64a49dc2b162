import type { GraphQLFieldResolver } from "graphql";

/** Resolvers that read a property and do nothing else, with its name. */
const names = new WeakMap<object, string>();

/** The property that a resolver reads and gives as it is; undefined for one that does more. */
export const propertyOf = (resolve: object): string | undefined => names.get(resolve);

/** The same resolver, known to read no more than what `as` reads, if that is known to read a property. */
export function readingLike<Resolve extends object>(resolve: Resolve, as: object): Resolve {
  const name = names.get(as);
  if (name !== undefined) names.set(resolve, name);
  return resolve;
}

/** A resolver that reads a property, be it held or computed by a getter. */
export function readProperty<Context>(name: string): GraphQLFieldResolver<Record<string, unknown>, Context> {
  const resolve: GraphQLFieldResolver<Record<string, unknown>, Context> = (source) => source[name];
  names.set(resolve, name);
  return resolve;
}
