import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import type { DomainBoard } from "../../board/domain-board";
import type { DomainCatalog } from "../../board/domain-catalog";
import type { ReferenceFacts, VersionFacts } from "../../board/facts";
import { Node } from "../../federation/node";

// Types that another subgraph owns: their keys, and the few fields that the board answers too, so that a leaderboard of names and
// values needs no second fetch.

@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Domain extends Node {}

@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Reference extends Node {}

@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Contributor extends Node {}

@ObjectType()
@Directive('@key(fields: "id")')
export class Submission {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  @Directive("@external")
  revision!: string;
}

@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class BenchmarkVersion extends Node {
  @Field(() => Int)
  @Directive("@shareable")
  number!: number;
}

@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Benchmark extends Node {
  @Field(() => String)
  @Directive("@shareable")
  identifier!: string;

  @Field(() => String)
  @Directive("@shareable")
  shortName!: string;

  @Field(() => Int)
  @Directive("@shareable")
  depth!: number;

  @Field(() => Boolean)
  @Directive("@shareable")
  isLeaf!: boolean;

  @Field(() => Int)
  @Directive("@shareable")
  leafCount!: number;

  @Field(() => Boolean)
  @Directive("@shareable")
  isVisible!: boolean;
}

@ObjectType({ implements: Node })
@Directive('@key(fields: "id")')
export class Model extends Node {
  @Field(() => String)
  @Directive("@shareable")
  name!: string;

  @Field(() => Boolean)
  @Directive("@shareable")
  isPublic!: boolean;
}

const make = <T extends object>(type: new () => T, fields: T): T => Object.assign(new type(), fields);

export const domainOf = ({ domain }: DomainCatalog): Domain => make(Domain, { id: domain.id });
export const referenceOf = ({ id }: ReferenceFacts): Reference => make(Reference, { id });
export const versionOf = ({ id, number }: VersionFacts): BenchmarkVersion => make(BenchmarkVersion, { id, number });

const benchmarks = new WeakMap<DomainCatalog, Benchmark[]>();
const models = new WeakMap<DomainBoard["models"], Model[]>();

/** The benchmark of a node, one object a catalog. */
export function benchmarkOf(catalog: DomainCatalog, node: number): Benchmark {
  let made = benchmarks.get(catalog);
  if (!made) {
    const { tree, scope, shortNames } = catalog;
    made = catalog.benchmarks.map(({ id, identifier, isVisible }, at) =>
      Object.freeze(
        make(Benchmark, {
          id,
          identifier,
          isVisible,
          shortName: shortNames[at],
          depth: tree.depth[at],
          isLeaf: tree.isLeaf[at] === 1,
          leafCount: scope.leafCount[at],
        }),
      ),
    );
    benchmarks.set(catalog, made);
  }
  return made[node];
}

/** The model of a slot, one object a list of models, which boards share as long as none of them changes. The caller has made sure that the viewer sees it. */
export function modelOf(board: DomainBoard, slot: number): Model {
  let made = models.get(board.models);
  if (!made) models.set(board.models, (made = board.models.map(({ id, name, isPublic }) => make(Model, { id, name, isPublic }))));
  return made[slot];
}
