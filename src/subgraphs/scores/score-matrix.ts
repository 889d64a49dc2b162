import { Field, Float, Int, ObjectType } from "type-graphql";
import { NullableCells } from "../../federation/cells";
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
  get states(): State[][] {
    return this.cells((node, slot) => this.basis.findings.state(node, slot));
  }

  @NullableCells()
  @Field(() => [[Float]], { description: "The value of each cell, unrounded; null unless SCORED." })
  get values(): (number | null)[][] {
    return this.cells((node, slot) => this.basis.findings.value(node, slot));
  }

  @NullableCells()
  @Field(() => [[Float]], { description: "The standard error of each value; null if unknown." })
  get errors(): (number | null)[][] {
    return this.cells((node, slot) => this.basis.findings.error(node, slot));
  }

  @NullableCells()
  @Field(() => [[Int]], { description: "The rank of each cell; null unless SCORED." })
  get ranks(): (number | null)[][] {
    return this.cells((node, slot) => this.basis.findings.ranking(node).rank(slot));
  }

  private cells<T>(cell: (node: number, slot: number) => T): T[][] {
    return this.slots.map((slot) => this.nodes.map((node) => cell(node, slot)));
  }
}
