import "reflect-metadata";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { type DefinitionNode, type GraphQLSchema, isObjectType, isTypeDefinitionNode, parse, print } from "graphql";
import { buildSchemaSync, getMetadataStorage, type BuildSchemaOptions, type NonEmptyArray } from "type-graphql";
import { invariant } from "../errors";
import { compareCodePoints } from "../scoring/compare-code-points";
import { allowNullableCells } from "./cells";
import { type Class, type Entity, isKeyed } from "./entity";
import { readProperty } from "./property";
import { DateTime } from "./scalars";
import { makeArgumentsSynchronous } from "./synchronous-arguments";
import { tellWork, type Work } from "./tell-work";

/** What one subgraph is made of: the content of a `subgraph.ts`. */
export interface Subgraph {
  readonly name: string;
  /** Its resolver classes. */
  readonly resolvers: readonly Class[];
  /** Object types that no field leads to, such as those that only a field of type Node returns. */
  readonly types?: readonly Class[];
  /** The entities that it knows, its own and others', by GraphQL name. */
  readonly entities: Readonly<Record<string, Entity>>;
  /** What fields cost before they are asked. Default: an object 1, a list 10 of them, a page 25. */
  readonly work?: Work;
  /**
   * What its SDL begins with: the links to the specifications of the directives that it uses, and the definitions of its own directives.
   * Default: federation 2.9 with the directives of this project. Directives that are not named here are no directives of the SDL.
   */
  readonly head?: string;
}

export interface BuiltSubgraph extends Subgraph {
  readonly schema: GraphQLSchema;
  /** Its schema with federation directives: what a composer reads. */
  readonly sdl: string;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@cost", "@listSize"])`;

/**
 * Leaves plain properties without a resolver of their own: graphql-js reads them itself, and the join can tell what a subgraph
 * computes from what it just holds. (type-graphql calls this `simpleResolvers`, and asks for it type by type.)
 */
function leavePlainFieldsPlain(): void {
  for (const field of getMetadataStorage().fields) field.simple ??= field.schemaName === field.name;
}

/**
 * Has getters read as the properties that they are. type-graphql calls each through what it needs for methods, which takes ten times as
 * long, and a card has a thousand of them.
 */
function readGetters(schema: GraphQLSchema): void {
  const getters = new Map<string, boolean>();
  for (const { kind, methodName, schemaName, getObjectType } of getMetadataStorage().fieldResolvers) {
    const type = getObjectType?.();
    const typeName = getMetadataStorage().objectTypes.find(({ target }) => target === type)?.name;
    const isGetter = kind === "internal" && !!Object.getOwnPropertyDescriptor(type?.prototype, methodName)?.get;
    const path = `${typeName}.${schemaName}`;
    // Classes of other subgraphs have the same names.
    getters.set(path, isGetter && methodName === schemaName && getters.get(path) !== false);
  }
  for (const type of Object.values(schema.getTypeMap()))
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : [])
      if (getters.get(`${type.name}.${field.name}`)) field.resolve = readProperty(field.name);
}

/** Says what the root types are, which type-graphql has no place for. Every subgraph says the same. */
function describeRoots(schema: GraphQLSchema): void {
  const describe = (type: { description?: string | null } | null | undefined, description: string) =>
    type && (type.description = description);
  describe(schema.getQueryType(), "Everything that can be asked. An answer is computed from the facts of one revision, which it names.");
  describe(schema.getMutationType(), "Everything that can be written. Each mutation is one transaction: all of it or nothing.");
  describe(schema.getSubscriptionType(), "Everything that is told as it happens.");
}

function noTopics(): never {
  throw new Error("This must not happen: a subscription says itself where its events are from.");
}

/** type-graphql wants one wherever there is a subscription, though ours have sources of their own: nobody publishes here. */
const NO_PUB_SUB: BuildSchemaOptions["pubSub"] = { publish: noTopics, subscribe: noTopics };

/** Prints a schema, its types by name: type-graphql has them in the order in which files happened to be loaded. */
function printByName(schema: GraphQLSchema): string {
  const { definitions } = parse(printSchemaWithDirectives(schema));
  const nameOf = (node: DefinitionNode) => (isTypeDefinitionNode(node) ? node.name.value : "");
  return [...definitions]
    .sort((a, b) => compareCodePoints(nameOf(a), nameOf(b)))
    .map(print)
    .join("\n\n");
}

/** Builds a subgraph's schema and prints it. Throws on an entity that its schema does not have, or that has neither `id` nor another key. */
export function buildSubgraph(subgraph: Subgraph): BuiltSubgraph {
  makeArgumentsSynchronous();
  leavePlainFieldsPlain();
  const schema = buildSchemaSync({
    resolvers: [...subgraph.resolvers] as unknown as NonEmptyArray<NewableFunction>,
    orphanedTypes: [...(subgraph.types ?? []), ...Object.values(subgraph.entities).map(({ type }) => type)],
    scalarsMap: [{ type: Date, scalar: DateTime }],
    validate: false,
    pubSub: NO_PUB_SUB,
  });
  allowNullableCells(schema);
  readGetters(schema);
  describeRoots(schema);
  if (subgraph.head === undefined) tellWork(schema, subgraph.work ?? {});
  for (const [name, entity] of Object.entries(subgraph.entities)) {
    const type = schema.getType(name);
    invariant(
      isObjectType(type) && (type.getFields().id || isKeyed(entity)),
      `Subgraph ${subgraph.name} declares the entity ${name} but has no such type with an id.`,
    );
  }
  return { ...subgraph, schema, sdl: `${subgraph.head ?? LINK}\n\n${printByName(schema)}\n` };
}
