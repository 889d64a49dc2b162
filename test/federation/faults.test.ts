import { Directive, Field, ObjectType, Query, Resolver } from "type-graphql";
import { compose } from "../../src/federation/compose";
import { foreign, keyed, owned, type Class } from "../../src/federation/entity";
import { joinSubgraphs } from "../../src/federation/join";
import { Node } from "../../src/federation/node";
import { buildSubgraph, type Subgraph } from "../../src/federation/subgraph";

/** A subgraph that knows a Thing: with a query of its own name, and a shared field if wanted. */
function thing(name: string, entity: (type: Class) => Subgraph["entities"][string], isShared = false) {
  @ObjectType("Thing", { implements: Node, description: "A thing." })
  @Directive('@key(fields: "id")')
  class Thing extends Node {}
  if (isShared) {
    Field(() => String, { nullable: true, description: "Its colour." })(Thing.prototype, "colour");
    Directive("@shareable")(Thing.prototype, "colour");
  }
  @Resolver()
  class Queries {
    [name](): Thing {
      return new Thing();
    }
  }
  Query(() => Thing, { nullable: true, description: "One." })(
    Queries.prototype,
    name,
    Object.getOwnPropertyDescriptor(Queries.prototype, name)!,
  );
  return buildSubgraph({ name, resolvers: [Queries], entities: { Thing: entity(Thing) } });
}
const own = (type: Class) => owned(type, () => null);

const join = (...subgraphs: ReturnType<typeof thing>[]) => joinSubgraphs(subgraphs, compose(subgraphs).api);

test("an entity without an owner cannot be joined", () => {
  expect(() => join(thing("a", foreign), thing("b", foreign))).toThrow("The entity Thing must have one owner; it has 0.");
});

test("an entity with two owners cannot be joined", () => {
  expect(() => join(thing("a", own), thing("b", own))).toThrow("The entity Thing must have one owner; it has 2.");
});

test("a class cannot stand for an entity in two subgraphs", () => {
  const a = thing("a", own);
  const b = { ...thing("b", foreign), entities: { Thing: foreign(a.entities.Thing.type) } };
  expect(() => join(a, b)).toThrow("The class Thing stands for an entity in two subgraphs");
});

test("a shared property that no loader fills cannot be joined", () => {
  expect(() =>
    join(
      thing("a", own, true),
      thing("b", (type) => foreign(type), true),
    ),
  ).toThrow("Subgraph b answers Thing.colour from a property, but declares no loader that fills it.");
});

test("an entity without an id cannot be joined", () => {
  const byName = thing("b", (type) => keyed(type, () => null));
  expect(() => join(thing("a", own), byName)).toThrow("The entity Thing of subgraph b has no id: subgraphs are joined by ids alone.");
});

test("an entity that the schema does not have is refused", () => {
  const { resolvers, entities } = thing("a", own);
  expect(() => buildSubgraph({ name: "a", resolvers, entities: { ...entities, Other: entities.Thing } })).toThrow(
    "Subgraph a declares the entity Other",
  );
});

test("subgraphs that do not compose are refused with the composer's words", () => {
  const a = thing("a", own);
  const b = { ...thing("b", foreign), sdl: `type Query { c: Int } type Thing @key(fields: "id") { id: Int! }` };
  expect(() => compose([a, b])).toThrow(
    expect.objectContaining({ code: "CONFIGURATION", message: expect.stringMatching(/Thing\.id/) as string }) as Error,
  );
});
