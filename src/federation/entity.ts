import { badInput } from "../errors";
import type { Context } from "./context";

/** A class that stands for a GraphQL type. Type-graphql's own word for its instances is any. */
export type Class = abstract new (...args: never[]) => object;

type Found = object | null | Promise<object | null>;

/** The entity of an id, now or later; null if there is none, or none that the viewer sees (§10): the two are not told apart. */
export type Load = (id: string, context: Context) => Found;

/** The same by the fields of another key, such as `{ slug: "vision" }`, just as a client wrote them: unchecked. */
export type LoadByKey = (key: Readonly<Record<string, unknown>>, context: Context) => Found;

/** An entity as one subgraph knows it. */
export interface Entity {
  /** Its class in this subgraph. The class of a value tells which subgraph's view of the entity it is. */
  readonly type: Class;
  /** One subgraph owns it: there it is known whether it exists. */
  readonly isOwned: boolean;
  /** Null: a reference is taken at its word; with `loadByKey` alone, the entity has no id. */
  readonly load: Load | null;
  readonly loadByKey: LoadByKey | null;
}

/** The slug in a key that names a domain, `domain { slug }`, which a client may have written in any shape. */
export const slugIn = ({ domain }: Readonly<Record<string, unknown>>): string => String((domain as { slug?: unknown } | null)?.slug);

/** Declares an entity in the subgraph that owns it. `loadByKey` serves its further `@key`s. */
export const owned = (type: Class, load: Load, loadByKey: LoadByKey | null = null): Entity => ({ type, isOwned: true, load, loadByKey });

/**
 * Declares an entity that has no `id`: it is known by other keys alone. Behind a gateway that is all that it needs; subgraphs with such
 * entities cannot be joined in one process.
 */
export const keyed = (type: Class, loadByKey: LoadByKey): Entity => ({ type, isOwned: true, load: null, loadByKey });

/** True for an entity that has no `id`. */
export const isKeyed = ({ load, loadByKey }: Entity): boolean => load === null && loadByKey !== null;

/**
 * Declares an entity that another subgraph owns. Without `load` its class is made with nothing but the id (and what `@requires`
 * sends along); a subgraph that shares fields of it as plain properties needs `load` to fill them.
 */
export const foreign = (type: Class, load: Load | null = null): Entity => ({ type, isOwned: false, load, loadByKey: null });

/** An entity taken at its word: its class with the id alone. */
export const stub = ({ type }: Entity, id: string): object => Object.assign(Object.create(type.prototype) as object, { id });

/**
 * The same entity with what `@requires` asked for, under the names of the required fields. What is given is left as it is: it may be
 * shared with others.
 */
export const withRequired = (entity: object, required: Readonly<Record<string, unknown>>): object =>
  Object.create(entity, Object.getOwnPropertyDescriptors(required)) as object;

/** What a subgraph makes of a reference from a gateway. Throws BAD_USER_INPUT if it holds no key that this subgraph takes. */
export function resolveReference(entity: Entity, reference: Readonly<Record<string, unknown>>, context: Context): Found {
  const { id } = reference;
  if (entity.loadByKey && (id === undefined || isKeyed(entity))) return entity.loadByKey(reference, context);
  if (typeof id === "string") return entity.load ? entity.load(id, context) : stub(entity, id);
  throw badInput(`A reference to an entity of type ${String(reference.__typename)} needs the \`id\` of one, as text.`);
}
