import type { GraphQLField } from "graphql";
import { Extensions } from "type-graphql";

const LASTING = "lasting";

/**
 * Marks a resolver that answers whoever has no account the same each time it is asked of the same parent with the same arguments on the same
 * board, down to the properties of what it gives: it looks at the view and at `baseUrl`, and at nothing else of the request. So what was
 * written of it once may be written again.
 */
export const Lasting = (): PropertyDecorator & MethodDecorator => Extensions({ [LASTING]: true });

/** True for a field whose resolver is marked. */
export const isMarkedLasting = ({ extensions }: Pick<GraphQLField<object, never>, "extensions">): boolean => extensions[LASTING] === true;

const lasting = new WeakSet<object>();

/** The same resolver, known to be made of marked ones only. */
export function asLasting<Resolve extends object>(resolve: Resolve): Resolve {
  lasting.add(resolve);
  return resolve;
}

/** True for a resolver that is known to last. */
export const isLasting = (resolve: object): boolean => lasting.has(resolve);
