import { Ctx, Field, Float, Int, ObjectType } from "type-graphql";
import { eachInSlices } from "../../board/in-slices";
import { NullableCells } from "../../federation/cells";
import type { Context } from "../../federation/context";
import type { State } from "../../scoring/column";
import type { Basis } from "./basis";
import { ScoreState } from "./enums";
import { Benchmark, benchmarkOf, Model, modelOf } from "./foreign";

@ObjectType({ description: "Many cells at once: row i is `models[i]`, column j is `benchmarks[j]`." })
export class ScoreMatrix {
  constructor(
    private readonly basis: Basis,
    private readonly slots: readonly number[],
    private readonly nodes: readonly number[],
  ) {}

  @Field(() => [Model], { description: "The models of the rows, by name." })
  get models(): Model[] {
    return this.slots.map((slot) => modelOf(this.basis.board, slot));
  }

  @Field(() => [Benchmark], { description: "The benchmarks of the columns, as asked, else in tree order." })
  get benchmarks(): Benchmark[] {
    return this.nodes.map((node) => benchmarkOf(this.basis.board.catalog, node));
  }

  @Field(() => [[ScoreState]], { description: "Whether each cell has a value." })
  states(@Ctx() { signal }: Context): Rows<State> {
    return this.inRows((node) => (slot) => this.basis.findings.state(node, slot), signal);
  }

  @NullableCells()
  @Field(() => [[Float]], { description: "The value of each cell, unrounded; null unless SCORED." })
  values(@Ctx() { signal }: Context): Rows<number | null> {
    return this.inRows((node) => (slot) => this.basis.findings.value(node, slot), signal);
  }

  @NullableCells()
  @Field(() => [[Float]], { description: "The standard error of each value; null if unknown." })
  errors(@Ctx() { signal }: Context): Rows<number | null> {
    return this.inRows((node) => (slot) => this.basis.findings.error(node, slot), signal);
  }

  @NullableCells()
  @Field(() => [[Int]], { description: "The rank of each cell; null unless SCORED." })
  ranks(@Ctx() { signal }: Context): Rows<number | null> {
    return this.inRows((node) => {
      const ranking = this.basis.findings.ranking(node);
      return (slot) => ranking.rank(slot);
    }, signal);
  }

  /** `column`: makes ready one benchmark and gives its cells. */
  private inRows<Cell>(column: (node: number) => (slot: number) => Cell, signal: AbortSignal | undefined): Rows<Cell> {
    const { slots, nodes } = this;
    function* rows(): Generator<Cell[] | void, void> {
      const columns: ((slot: number) => Cell)[] = [];
      for (const node of nodes) {
        columns.push(column(node));
        yield;
      }
      for (const slot of slots) yield columns.map((cell) => cell(slot));
    }
    return eachInSlices(rows(), slots.length, signal);
  }
}

/** A row a model, each made in its turn: all rows of a large domain at once would hold up everybody else. */
type Rows<Cell> = Promise<Cell[]>[];
