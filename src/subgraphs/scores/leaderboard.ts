import { Arg, Field, Int, ObjectType } from "type-graphql";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { limitList } from "../../federation/limit-list";
import type { PageArguments } from "../../federation/page-arguments";
import { paginate } from "../../federation/paginate";
import type { Basis } from "./basis";
import { Model, modelOf } from "./foreign";
import { matchModel } from "./match-model";
import type { ModelFilter } from "./model-filter";
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
    return (asked ?? shown).flatMap((node) => cellOf(this.basis, node, this.slot) ?? []);
  }
}

export const LeaderboardConnection = connectionType("Leaderboard", () => LeaderboardRow, "rows of a leaderboard");

export interface LeaderboardOptions {
  readonly where?: ModelFilter | null;
  readonly page: PageArguments;
  readonly context: Context;
}

/** A page of the leaderboard of a node (§5); empty outside the tree, and for −1, which is no node. */
export function leaderboardPage(basis: Basis, node: number, { where, page, context }: LeaderboardOptions): Connection<LeaderboardRow> {
  const { findings, board, view } = basis;
  const matches = matchModel(where ?? {});
  const slots = node < 0 || !findings.has(node) ? [] : Array.from(findings.leaderboard(node));
  return paginate(
    context,
    {
      list: ["leaderboard", board.catalog.domain.slug, board.catalog.tree.identifiers[node] ?? null, where ?? null],
      rows: slots.filter((slot) => matches(board.models[slot], slot)),
      keyOf: (slot) => [board.models[slot].id],
      nodeOf: (slot) => new LeaderboardRow(basis, node, slot),
      revision: view.revision,
    },
    page,
  );
}
