import { Ctx, Field, ObjectType } from "type-graphql";
import type { Step } from "../../board/rounds";
import type { Context } from "../../federation/context";
import type { LiveEvent } from "../../federation/live-event";
import { boardOf, presentBasis } from "./basis-under";
import { Change } from "./changes";
import { Benchmark, benchmarkOf } from "./foreign";
import { chooseMovers, type Moved } from "./moved-models";

@ObjectType({ description: "What became of the standings on one benchmark since what was told before." })
export class StandingsChange implements LiveEvent {
  constructor(
    readonly step: Step,
    private readonly slug: string,
    private readonly identifier: string,
    private readonly moved: Moved,
  ) {}

  @Field(() => String, { description: "The revision of the facts that everything here is computed from." })
  revision(@Ctx() { view }: Context): string {
    return view.revision;
  }

  @Field(() => Benchmark, { description: "The benchmark." })
  get benchmark(): Benchmark {
    const { catalog } = this.step.to.domain(this.slug)!;
    return benchmarkOf(catalog, catalog.tree.find(this.identifier));
  }

  @Field(() => [Change], {
    description:
      "Who moved there since what was told before, the biggest move first, then who is new or gone; at most 50. A model that was made private is not named.",
  })
  movers(@Ctx() { view }: Context): Change[] {
    const earlier = view.on(this.step.from);
    const before = presentBasis(earlier, boardOf(earlier, this.slug), view);
    const after = presentBasis(view, boardOf(view, this.slug));
    return chooseMovers(this.moved, (id) => view.modelById(id) !== null).map((id) => new Change(before, after, this.identifier, id));
  }
}
