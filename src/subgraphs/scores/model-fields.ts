import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { notFound } from "../../errors";
import type { Context } from "../../federation/context";
import { limitList } from "../../federation/limit-list";
import { after, type MaybePromise } from "../../federation/promised";
import { FAILED, SCORED, type State } from "../../scoring/column";
import { basisUnder, boardOf, presentBasis } from "./basis-under";
import { Conditions, UNDER } from "./conditions";
import { ScoreState } from "./enums";
import { Model, Reference, referenceOf } from "./foreign";
import { cellOf, Score } from "./score";

const BENCHMARKS_AT_MOST = 500;

/** The slug of the domain of a model that another subgraph may have named. Throws NOT_FOUND for one that the viewer does not see. */
function domainOf({ id }: Model, { view }: Context): string {
  const place = view.modelById(id);
  if (!place) throw notFound("model", id);
  return place.board.catalog.domain.slug;
}

@Resolver(() => Model)
export class ModelFields {
  @FieldResolver(() => [Score], { description: "Its cells on the visible benchmarks, in tree order over all roots." })
  scores(
    @Arg("under", () => Conditions, { nullable: true, description: UNDER }) under: Conditions | null,
    @Arg("benchmarks", () => [String], { nullable: true, description: "Only these benchmarks." }) benchmarks: string[] | null,
    @Arg("states", () => [ScoreState], { nullable: true, defaultValue: [SCORED, FAILED], description: "Only cells in these states." })
    states: State[] | null,
    @Arg("leavesOnly", () => Boolean, { nullable: true, defaultValue: false, description: "Leaves out the parents." })
    leavesOnly: boolean | null,
    @Arg("maxDepth", () => Int, { nullable: true, description: "Leaves out what stands deeper; 0 shows the roots only." })
    maxDepth: number | null,
    @Root() model: Model,
    @Ctx() context: Context,
  ): MaybePromise<Score[]> {
    limitList("benchmarks", benchmarks, { most: BENCHMARKS_AT_MOST });
    return after(basisUnder(context, domainOf(model, context), under), (basis) => {
      const asked = benchmarks && new Set(benchmarks.map((identifier) => basis.node(identifier)));
      const wanted = new Set(states ?? [SCORED, FAILED]);
      const { isLeaf } = basis.board.catalog.tree;
      const slot = basis.slotOfId(model.id);
      return basis
        .listed(maxDepth)
        .filter((node) => slot >= 0 && (!asked || asked.has(node)) && (!leavesOnly || isLeaf[node]))
        .filter((node) => wanted.has(basis.findings.state(node, slot)))
        .map((node) => new Score(basis, node, slot));
    });
  }

  @FieldResolver(() => Score, { nullable: true, description: "Its cell on one benchmark; null for a benchmark outside the tree." })
  score(
    @Arg("benchmark", () => String, { description: "The benchmark's identifier." }) benchmark: string,
    @Arg("under", () => Conditions, { nullable: true, description: UNDER }) under: Conditions | null,
    @Root() model: Model,
    @Ctx() context: Context,
  ): MaybePromise<Score | null> {
    return after(basisUnder(context, domainOf(model, context), under), (basis) =>
      cellOf(basis, basis.node(benchmark), basis.slotOfId(model.id)),
    );
  }

  @FieldResolver(() => [Reference], {
    description: "The works of the benchmarks that it was run on, whether it scored or failed there: in tree order, each once.",
  })
  citedReferences(@Root() model: Model, @Ctx() context: Context): Reference[] {
    const basis = presentBasis(context.view, boardOf(context.view, domainOf(model, context)));
    const slot = basis.slotOfId(model.id);
    const run = basis.listed().filter((node) => basis.findings.state(node, slot) !== ScoreState.NOT_RUN);
    return basis.board.catalog.citedBy(run).map(referenceOf);
  }
}
