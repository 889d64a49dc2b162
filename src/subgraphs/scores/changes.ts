import { Arg, Args, Ctx, Field, Float, InputType, Int, ObjectType, Query, Resolver } from "type-graphql";
import { badInput, invariant } from "../../errors";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { firstInstant } from "../../federation/date-only";
import { limitNumber } from "../../federation/limit-list";
import { ForwardPageArguments } from "../../federation/page-arguments";
import { paginate } from "../../federation/paginate";
import { DateTime } from "../../federation/scalars";
import { compareCodePoints } from "../../scoring/compare-code-points";
import type { Basis } from "./basis";
import { basisUnder } from "./basis-under";
import { Conditions, UNDER } from "./conditions";
import { Benchmark, benchmarkOf, Model, modelOf } from "./foreign";
import { pinnedView } from "./pinned-view";
import { cellOf, Contribution, CONTRIBUTIONS_AT_MOST, Score } from "./score";
import { refuseMoments } from "./trend";

@InputType({ description: "A moment: exactly one of its fields." })
export class Moment {
  @Field(() => DateTime, {
    nullable: true,
    description: "As of this instant. A date means its last instant in UTC; where changes begin, its first.",
  })
  asOf?: Date | null;

  @Field(() => String, { nullable: true, description: "When the release of this name was made." })
  release?: string | null;
}

@ObjectType({ description: "What became of one model on one benchmark between two moments." })
export class Change {
  constructor(
    private readonly from: Basis,
    private readonly to: Basis,
    private readonly identifier: string,
    private readonly id: string,
  ) {
    this.before = cellAt(from, identifier, id);
    this.after = cellAt(to, identifier, id);
  }

  @Field(() => Score, { nullable: true, description: "Its cell at the first moment; null if the model or the benchmark was not there." })
  readonly before: Score | null;

  @Field(() => Score, { nullable: true, description: "Its cell at the second moment; null if the model or the benchmark is not there." })
  readonly after: Score | null;

  @Field(() => Model, { description: "The model." })
  get model(): Model {
    const { board, slot } = this.either();
    return modelOf(board, slot);
  }

  @Field(() => Benchmark, { description: "The benchmark." })
  get benchmark(): Benchmark {
    const { board, node } = this.either();
    return benchmarkOf(board.catalog, node);
  }

  @Field(() => Int, {
    nullable: true,
    description: "How many ranks it went up; negative: down. Null unless it was ranked at both moments.",
  })
  get rankGain(): number | null {
    const [before, after] = [this.before?.rank ?? null, this.after?.rank ?? null];
    return before === null || after === null ? null : before - after;
  }

  @Field(() => Float, { nullable: true, description: "How much its value rose; negative: fell. Null unless it had one at both moments." })
  get valueGain(): number | null {
    const [before, after] = [this.before?.value ?? null, this.after?.value ?? null];
    return before === null || after === null ? null : after - before;
  }

  @Field(() => [Contribution], { description: "What each leaf adds to the gain in value, largest in size first. All of them sum to it." })
  contributions(
    @Arg("first", () => Int, { nullable: true, defaultValue: 20, description: "How many, at most 1000." }) first: number | null,
  ): Contribution[] {
    limitNumber("first", first, { most: CONTRIBUTIONS_AT_MOST });
    const gains = new Map<string, Contribution>();
    const add = (cell: Score | null, sign: number) => {
      for (const { benchmark, value } of cell?.contributions(CONTRIBUTIONS_AT_MOST) ?? []) {
        const known = gains.get(benchmark.identifier)?.value ?? 0;
        gains.set(benchmark.identifier, { benchmark, value: known + sign * value });
      }
    };
    add(this.after, 1);
    add(this.before, -1);
    return [...gains.values()]
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || compareCodePoints(a.benchmark.identifier, b.benchmark.identifier))
      .slice(0, first ?? 20);
  }

  /** True if the cell is not what it was. */
  get isChange(): boolean {
    const [before, after] = [this.before, this.after];
    return before?.state !== after?.state || before?.value !== after?.value || before?.rank !== after?.rank;
  }

  private either() {
    const basis = [this.to, this.from].find((candidate) => candidate.slotOfId(this.id) >= 0);
    invariant(basis, "a change is of a model of one of its moments");
    return { board: basis.board, slot: basis.slotOfId(this.id), node: basis.board.catalog.tree.find(this.identifier) };
  }
}

/** A cell of a model of the population; null where the model is not counted, or the benchmark is not there. */
function cellAt(basis: Basis, identifier: string, id: string): Score | null {
  const slot = basis.slotOfId(id);
  const node = basis.board.catalog.tree.find(identifier);
  return slot < 0 || node < 0 || !basis.findings.population[slot] ? null : cellOf(basis, node, slot);
}

/** Biggest move first: by ranks, then by value, then by name; who is new or gone comes after those who moved. */
function byMove(a: Change, b: Change): number {
  const size = (gain: number | null) => (gain === null ? -1 : Math.abs(gain));
  return size(b.rankGain) - size(a.rankGain) || size(b.valueGain) - size(a.valueGain) || compareCodePoints(a.model.name, b.model.name);
}

/** What changed on a benchmark between two bases, the biggest move first. */
export function changesBetween(from: Basis, to: Basis, identifier: string): Change[] {
  const counted = ({ board, findings }: Basis) => board.models.filter((_, slot) => findings.population[slot]).map(({ id }) => id);
  return [...new Set([...counted(to), ...counted(from)])]
    .filter((id) => from.slotOfId(id) >= 0 || to.slotOfId(id) >= 0)
    .map((id) => new Change(from, to, identifier, id))
    .filter(({ isChange }) => isChange)
    .sort(byMove);
}

const ChangeConnection = connectionType("Change", () => Change, "changes");

/** Conditions at a moment. Throws BAD_USER_INPUT unless it names exactly one. */
function at(under: Conditions | null, { asOf, release }: Moment, argument: string): Conditions {
  if ((asOf == null) === (release == null)) throw badInput(`\`${argument}\` takes exactly one of asOf and release.`);
  return { ...under, asOf: asOf && (argument === "from" ? firstInstant(asOf) : asOf), release };
}

@Resolver()
export class ChangesQueries {
  @Query(() => ChangeConnection, { description: "Who moved on a benchmark between two moments, the biggest move first." })
  async changes(
    @Arg("domain", () => String, { description: "The domain's slug." }) domain: string,
    @Arg("from", () => Moment, { description: "The first moment." }) from: Moment,
    @Arg("to", () => Moment, { nullable: true, description: "The second moment. Default: now." }) to: Moment | null,
    @Arg("benchmark", () => String, { nullable: true, description: "The benchmark's identifier. Default: the global root." })
    benchmark: string | null,
    @Arg("under", () => Conditions, { nullable: true, description: `${UNDER} Neither asOf nor release.` }) under: Conditions | null,
    @Args(() => ForwardPageArguments) page: ForwardPageArguments,
    @Ctx() context: Context,
  ): Promise<Connection<Change>> {
    refuseMoments(under, "A list of changes");
    const list = ["changes", domain, from, to, benchmark, under];
    const view = pinnedView(context, list, page);
    const before = await basisUnder(context, domain, at(under, from, "from"), view);
    const after = await basisUnder(context, domain, to ? at(under, to, "to") : under, view);
    const node = after.nodeOrRoot(benchmark);
    const rows = node < 0 ? [] : changesBetween(before, after, after.board.catalog.tree.identifiers[node]);
    return paginate(context, { list, rows, keyOf: ({ model }) => [model.id], revision: view.revision }, page);
  }
}
