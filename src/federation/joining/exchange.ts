import { getNamedType, isObjectType, type GraphQLResolveInfo } from "graphql";
import { invariant } from "../../errors";
import type { Context } from "../context";
import { after, afterEach, isPromise } from "../promised";
import { asksBeyond } from "./asks-beyond";
import { placeOf, type Places } from "./places";

/**
 * Exchanges the entities in a field's value for their owner's, as a gateway would fetch them: only if more is asked than their own
 * subgraph answers, at once if the owner has them in memory. Where the owner knows of none, the reference stays: fields that the
 * owner alone has are then null.
 */
export function exchange(places: Places, value: unknown, context: Context, info: GraphQLResolveInfo): unknown {
  if (value === null || typeof value !== "object" || value instanceof Error) return value;
  if (isPromise<unknown>(value)) return value.then((later) => exchange(places, later, context, info));
  if (Array.isArray(value)) return afterEach(value, (element) => exchange(places, element, context, info));
  const place = placeOf(places, value);
  invariant(
    place || !isObjectType(getNamedType(info.returnType)),
    `${info.parentType.name}.${info.fieldName} gave an object of no entity class.`,
  );
  if (!place) return value;
  const { entity, owner } = place;
  if (entity.isOwned || !owner.load || !info.fieldNodes.some((node) => asksBeyond(place, node, info))) return value;
  const { id } = value as { id?: unknown };
  invariant(typeof id === "string", `${info.parentType.name}.${info.fieldName} gave a ${place.typeName} without an id.`);
  return after(owner.load(id, context), (found) => found ?? value);
}
