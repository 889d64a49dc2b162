import { isObjectType, type GraphQLObjectType } from "graphql";
import { invariant } from "../../errors";
import { type Entity, isKeyed } from "../entity";
import { isExternal, requirement } from "../requirement";
import type { BuiltSubgraph } from "../subgraph";

/** One entity as one subgraph sees it. */
export interface Place {
  readonly typeName: string;
  readonly subgraph: string;
  readonly entity: Entity;
  readonly owner: Entity;
  /** The fields that cannot be answered from here: the owner alone has them, or what they require. Empty for the owner itself. */
  readonly beyond: ReadonlySet<string>;
  /** Whether a part of a document asks for something beyond: found once for each, and kept with it. */
  readonly asked: WeakMap<object, boolean>;
}

/** Every entity in every subgraph that knows it, by its class there. */
export type Places = ReadonlyMap<unknown, Place>;

/** The place of a value, by its class; undefined for what is no entity. */
export const placeOf = (places: Places, value: object): Place | undefined => places.get(value.constructor);

interface View {
  readonly subgraph: BuiltSubgraph;
  readonly entity: Entity;
  readonly type: GraphQLObjectType;
}

/** The fields of an entity that `from` cannot answer without the owner. Conditions of the document (@skip, @include) play no part. */
function fieldsBeyond(from: View, views: readonly View[]): ReadonlySet<string> {
  const fieldsOf = ({ type }: View) => Object.values(type.getFields()).filter((field) => !isExternal(field));
  const here = new Set(["id", ...fieldsOf(from).flatMap((field) => (requirement(field) ? [] : [field.name]))]);
  const isBeyond = (name: string): boolean => {
    if (here.has(name)) return false;
    const providers = views.flatMap((view) => fieldsOf(view).flatMap((field) => (field.name === name ? [{ view, field }] : [])));
    const required = providers.map(({ field }) => requirement(field)).find((nodes) => nodes !== null);
    if (required) return required.some((node) => isBeyond(node.name.value));
    return providers.some(({ view }) => view.entity.isOwned);
  };
  const names = new Set(views.flatMap((view) => fieldsOf(view).map((field) => field.name)));
  return new Set([...names].filter((name) => !from.entity.isOwned && isBeyond(name)));
}

/** Throws unless a foreign entity's shared plain fields are filled by a loader: taken at its word, a reference holds the id alone. */
function checkForeign({ subgraph, entity, type }: View): void {
  if (entity.isOwned || entity.load) return;
  for (const field of Object.values(type.getFields()))
    invariant(
      field.name === "id" || field.resolve || isExternal(field),
      `Subgraph ${subgraph.name} answers ${type.name}.${field.name} from a property, but declares no loader that fills it.`,
    );
}

/** Finds the places of all entities. Throws on an entity that is owned by none or by two, on a class that stands in two places, and on one without an id. */
export function findPlaces(subgraphs: readonly BuiltSubgraph[]): Places {
  const views = subgraphs.flatMap((subgraph) =>
    Object.entries(subgraph.entities).map(([name, entity]): View => {
      const type = subgraph.schema.getType(name);
      invariant(isObjectType(type), `${name} is no object type in subgraph ${subgraph.name}.`);
      invariant(!isKeyed(entity), `The entity ${name} of subgraph ${subgraph.name} has no id: subgraphs are joined by ids alone.`);
      return { subgraph, entity, type };
    }),
  );
  const places = new Map<unknown, Place>();
  for (const view of views) {
    const { subgraph, entity, type } = view;
    checkForeign(view);
    const same = views.filter((other) => other.type.name === type.name);
    const owners = same.filter((other) => other.entity.isOwned);
    invariant(owners.length === 1, `The entity ${type.name} must have one owner; it has ${owners.length}.`);
    invariant(!places.has(entity.type), `The class ${entity.type.name} stands for an entity in two subgraphs: each needs one of its own.`);
    const beyond = fieldsBeyond(view, same);
    const asked = new WeakMap<object, boolean>();
    places.set(entity.type, { typeName: type.name, subgraph: subgraph.name, entity, owner: owners[0].entity, beyond, asked });
  }
  return places;
}
