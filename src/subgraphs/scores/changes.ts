import { Arg, Args, Ctx, Field, Float, InputType, Int, ObjectType, Query, Resolver } from "type-graphql";
import { allInSlices } from "../../board/in-slices";
import { badInput, invariant, notFound } from "../../errors";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import type { Key } from "../../federation/cursor";
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
    const { board } = this.basisWith((basis) => basis.slotOfId(this.id) >= 0);
    return modelOf(board, board.modelsById.get(this.id)!);
  }

  @Field(() => Benchmark, { description: "The benchmark." })
  get benchmark(): Benchmark {
    const { board } = this.basisWith(({ board: { catalog } }) => catalog.tree.find(this.identifier) >= 0);
    return benchmarkOf(board.catalog, board.catalog.tree.find(this.identifier));
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
    // By identifier: the trees of two releases need not have the same nodes.
    const gains = new Map<string, Contribution>();
    const add = (cell: Score | null, sign: number) => {
      if (cell === null) return;
      const { board, findings } = cell.basis;
      for (const { node, value } of findings.contributions(cell.node, cell.slot)) {
        const benchmark = benchmarkOf(board.catalog, node);
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

  /** The later of its moments for which something holds. */
  private basisWith(holds: (basis: Basis) => boolean): Basis {
    const basis = [this.to, this.from].find(holds);
    invariant(basis, "a change is of a model and a benchmark of one of its moments");
    return basis;
  }
}

/** A cell of a model of the population; null where the model is not counted, or the benchmark is not there. */
function cellAt(basis: Basis, identifier: string, id: string): Score | null {
  const slot = basis.slotOfId(id);
  const node = basis.board.catalog.tree.find(identifier);
  return slot < 0 || node < 0 || !basis.findings.population[slot] ? null : cellOf(basis, node, slot);
}

const sizeOf = (gain: number | null): number => (gain === null ? -1 : Math.abs(gain));

/** What changes are ordered by: size of the move in ranks, in value, −1 for who is new or gone; name; id. */
const keyOf = (change: Change): Key => [sizeOf(change.rankGain), sizeOf(change.valueGain), change.model.name, change.model.id];

/** Biggest move first: by ranks, then by value, then by name; who is new or gone comes after those who moved. */
export const byMove = ([ranksA, valueA, ...a]: Key, [ranksB, valueB, ...b]: Key): number =>
  Number(ranksB) - Number(ranksA) ||
  Number(valueB) - Number(valueA) ||
  compareCodePoints(String(a[0]), String(b[0])) ||
  compareCodePoints(String(a[1]), String(b[1]));

/** A change with what it is ordered by. */
export interface Move {
  readonly change: Change;
  readonly key: Key;
}

/** What changed on a benchmark between two bases, in no order; made one by one. */
export function* moves(from: Basis, to: Basis, identifier: string): Generator<Move> {
  const counted = ({ board, findings }: Basis) => board.models.filter((_, slot) => findings.population[slot]).map(({ id }) => id);
  for (const id of new Set([...counted(to), ...counted(from)])) {
    if (from.slotOfId(id) < 0 && to.slotOfId(id) < 0) continue;
    const change = new Change(from, to, identifier, id);
    if (change.isChange) yield { change, key: keyOf(change) };
  }
}

const ChangeConnection = connectionType("Change", () => Change, "changes");

/** Conditions at a moment. Throws BAD_USER_INPUT unless it names exactly one. */
function at(under: Conditions | null, { asOf, release }: Moment, argument: string): Conditions {
  if ((asOf == null) === (release == null)) throw badInput(`\`${argument}\` takes exactly one of asOf and release.`);
  return { ...under, asOf: asOf && (argument === "from" ? firstInstant(asOf) : asOf), release };
}

/** The benchmark that an argument names, by default the global root, which one of the moments has to know; null if there is none. */
function identifierIn(bases: readonly Basis[], benchmark: string | null | undefined): string | null {
  const trees = bases.map(({ board }) => board.catalog.tree);
  if (benchmark == null) return trees.map(({ roots, identifiers }) => identifiers[roots[0]]).find(Boolean) ?? null;
  if (trees.every((tree) => tree.find(benchmark) < 0)) throw notFound("benchmark", benchmark);
  return benchmark;
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
    const identifier = identifierIn([after, before], benchmark);
    const rows = identifier === null ? [] : await allInSlices(moves(before, after, identifier), context.signal);
    rows.sort((a, b) => byMove(a.key, b.key));
    const listing = {
      ...{ list, rows, keyOf: ({ key }: Move) => key, compare: byMove, nodeOf: ({ change }: Move) => change },
      // Releases never change, so the pages between two of them need not say when they were made.
      revision: before.release && after.release ? undefined : view.revision,
    };
    return paginate(context, listing, page);
  }
}
