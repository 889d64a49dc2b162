import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { ModelPlace } from "../../board/board";
import { notFound } from "../../errors";
import type { Context } from "../../federation/context";
import { limitList } from "../../federation/limit-list";
import { FAILED, SCORED, type State } from "../../scoring/column";
import { type Basis, basisOf } from "./basis";
import { ScoreState } from "./enums";
import { Model, Reference, referenceOf } from "./foreign";
import { cellOf, Score } from "./score";

const BENCHMARKS_AT_MOST = 500;

/** Where a model stands that another subgraph may have named. Throws NOT_FOUND for one that the viewer does not see. */
function placeOf({ id }: Model, { view }: Context): ModelPlace & { basis: Basis } {
  const place = view.modelById(id);
  if (!place) throw notFound("model", id);
  return { ...place, basis: basisOf(view, place.board) };
}

@Resolver(() => Model)
export class ModelFields {
  @FieldResolver(() => [Score], { description: "Its cells on the visible benchmarks, in tree order over all roots." })
  scores(
    @Arg("benchmarks", () => [String], { nullable: true, description: "Only these benchmarks." }) benchmarks: string[] | null,
    @Arg("states", () => [ScoreState], { nullable: true, defaultValue: [SCORED, FAILED], description: "Only cells in these states." })
    states: State[] | null,
    @Arg("leavesOnly", () => Boolean, { nullable: true, defaultValue: false, description: "Leaves out the parents." })
    leavesOnly: boolean | null,
    @Arg("maxDepth", () => Int, { nullable: true, description: "Leaves out what stands deeper; 0 shows the roots only." })
    maxDepth: number | null,
    @Root() model: Model,
    @Ctx() context: Context,
  ): Score[] {
    limitList("benchmarks", benchmarks, { most: BENCHMARKS_AT_MOST });
    const { basis, slot } = placeOf(model, context);
    const asked = benchmarks && new Set(benchmarks.map((identifier) => basis.node(identifier)));
    const wanted = new Set(states ?? [SCORED, FAILED]);
    const { isLeaf } = basis.board.catalog.tree;
    return basis
      .listed(maxDepth)
      .filter((node) => (!asked || asked.has(node)) && (!leavesOnly || isLeaf[node]) && wanted.has(basis.findings.state(node, slot)))
      .map((node) => new Score(basis, node, slot));
  }

  @FieldResolver(() => Score, { nullable: true, description: "Its cell on one benchmark; null for a benchmark outside the tree." })
  score(
    @Arg("benchmark", () => String, { description: "The benchmark's identifier." }) benchmark: string,
    @Root() model: Model,
    @Ctx() context: Context,
  ): Score | null {
    const { basis, slot } = placeOf(model, context);
    return cellOf(basis, basis.node(benchmark), slot);
  }

  @FieldResolver(() => [Reference], {
    description: "The works of the benchmarks that it was run on, whether it scored or failed there: in tree order, each once.",
  })
  citedReferences(@Root() model: Model, @Ctx() context: Context): Reference[] {
    const { basis, slot } = placeOf(model, context);
    const run = basis.listed().filter((node) => basis.findings.state(node, slot) !== ScoreState.NOT_RUN);
    return basis.board.catalog.citedBy(run).map(referenceOf);
  }
}
