import { Arg, Field, Int, ObjectType } from "type-graphql";
import { badInput, notFound } from "../../errors";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { cursorWriter, type Key } from "../../federation/cursor";
import { limitList } from "../../federation/limit-list";
import { DEFAULT_PAGE, type PageArguments } from "../../federation/page-arguments";
import { type Listing, paginate } from "../../federation/paginate";
import { after, type MaybePromise } from "../../federation/promised";
import type { Basis } from "./basis";
import { basisUnder } from "./basis-under";
import type { Conditions } from "./conditions";
import { Model, modelOf } from "./foreign";
import { matchModel } from "./match-model";
import type { ModelFilter } from "./model-filter";
import { pinnedView } from "./pinned-view";
import { cellOf, Score } from "./score";

/** Columns that a row may be asked for by name. */
const COLUMNS_AT_MOST = 500;

@ObjectType({ description: "One model's place in a leaderboard." })
export class LeaderboardRow {
  constructor(
    private readonly basis: Basis,
    private readonly node: number,
    readonly slot: number,
  ) {}

  @Field(() => Int, { nullable: true, description: "Its rank on the benchmark that orders; null if it failed there." })
  get rank(): number | null {
    return this.basis.findings.ranking(this.node).rank(this.slot);
  }

  @Field(() => Model, { description: "The model." })
  get model(): Model {
    return modelOf(this.basis.board, this.slot);
  }

  @Field(() => Score, { description: "Its cell on the benchmark that orders." })
  get score(): Score {
    return new Score(this.basis, this.node, this.slot);
  }

  @Field(() => [Score], {
    description:
      "Further columns, whatever their state. What is outside the tree is left out, so match cells by `benchmark`, not by place.",
  })
  scores(
    @Arg("benchmarks", () => [String], { nullable: true, description: "Only these, in this order. Default: all, in tree order." })
    benchmarks: string[] | null,
    @Arg("maxDepth", () => Int, { nullable: true, description: "Leaves out what stands deeper; 0 shows the roots only." })
    maxDepth: number | null,
  ): Score[] {
    limitList("benchmarks", benchmarks, { most: COLUMNS_AT_MOST });
    const shown = this.basis.listed(maxDepth);
    const asked = benchmarks?.map((identifier) => this.basis.node(identifier)).filter((node) => maxDepth == null || shown.includes(node));
    const cells: Score[] = [];
    for (const node of asked ?? shown) {
      const cell = cellOf(this.basis, node, this.slot);
      if (cell) cells.push(cell);
    }
    return cells;
  }
}

export const LeaderboardConnection = connectionType("Leaderboard", () => LeaderboardRow, "rows of a leaderboard");

export interface LeaderboardOptions {
  readonly context: Context;
  /** Slug of the domain. */
  readonly domain: string;
  /** Default: the global root. */
  readonly benchmark?: string | null;
  readonly under?: Conditions | null;
  readonly where?: ModelFilter | null;
  /** Name of a model: its page, instead of the first. */
  readonly around?: string | null;
  readonly page: PageArguments;
}

/**
 * A page of a leaderboard (§5); empty for a benchmark outside the tree. A page that follows another is made from the same revision,
 * which its cursor carries, so a score that comes in between neither repeats nor drops a model. Throws EXPIRED_CURSOR once that
 * revision is no longer kept.
 */
export function leaderboardPage(options: LeaderboardOptions): MaybePromise<Connection<LeaderboardRow>> {
  const { context, domain, benchmark = null, under = null, where = null, page } = options;
  const list = ["leaderboard", domain, benchmark, under, where];
  const view = pinnedView(context, list, page);
  return after(basisUnder(context, domain, under, view), (basis) => pageOf(basis, list, options));
}

function pageOf(
  basis: Basis,
  list: readonly unknown[],
  { context, benchmark, where, around, page }: LeaderboardOptions,
): Connection<LeaderboardRow> {
  const { findings, board, view } = basis;
  const node = basis.nodeOrRoot(benchmark);
  const matches = where && matchModel(where, findings);
  const slots = node < 0 || !findings.has(node) ? NOBODY : findings.leaderboard(node);
  // Rows are places among all of its revision, which hold even where a model is not shown any more.
  const listing = {
    list,
    rows: placesOf(slots, (slot) => basis.shows(slot) && (!matches || matches(board.models[slot], slot))),
    keyOf: (place: number) => [place],
    compare: ([a]: Key, [b]: Key) => Number(a) - Number(b),
    nodeOf: (place: number) => new LeaderboardRow(basis, node, slots[place]),
    // A release never changes, so its pages need not say when they were made.
    revision: basis.release ? undefined : view.revision,
  };
  if (around == null) return paginate(context, listing, page);
  if (page.after != null || page.before != null || page.last != null) throw badInput("`around` goes with `first` only.");
  const slot = basis.slotOfName(around);
  if (slot < 0) throw notFound("model", around);
  return paginate(context, listing, pageAround(listing, context, slots.indexOf(slot), page));
}

const NOBODY = new Int32Array(0);

/** The places of the models that are shown. In a loop: an iterator over all models takes longer than all else of a page. */
function placesOf(slots: Int32Array, isShown: (slot: number) => boolean): number[] {
  const places: number[] = [];
  for (let place = 0; place < slots.length; place++) if (isShown(slots[place])) places.push(place);
  return places;
}

/** The arguments that give the page, counted from the first, that holds a row; an empty page if the list does not hold it. */
function pageAround(
  { list, rows, keyOf, revision }: Listing<number, LeaderboardRow>,
  context: Context,
  row: number,
  page: PageArguments,
): PageArguments {
  const first = page.first ?? DEFAULT_PAGE;
  const place = Array.prototype.indexOf.call(rows, row);
  if (place < 0 || first === 0) return { first: 0 };
  const start = place - (place % first);
  return { first, after: start > 0 ? cursorWriter(context, list, revision)(keyOf(rows[start - 1])) : null };
}
