import { Field, Float, Int, ObjectType } from "type-graphql";
import type { Basis } from "./basis";
import { Benchmark, benchmarkOf, BenchmarkVersion, versionOf } from "./foreign";
import { Statistics } from "./statistics";

@ObjectType({ description: "A benchmark's place in the standings." })
export class StandingsNode {
  constructor(
    private readonly basis: Basis,
    private readonly node: number,
  ) {}

  @Field(() => Benchmark, { description: "The benchmark." })
  get benchmark(): Benchmark {
    return benchmarkOf(this.basis.board.catalog, this.node);
  }

  @Field(() => Benchmark, { nullable: true, description: "The nearest visible benchmark above; null at the top." })
  get parent(): Benchmark | null {
    const { catalog } = this.basis.board;
    const parent = catalog.tree.visibleParent[this.node];
    return parent < 0 ? null : benchmarkOf(catalog, parent);
  }

  @Field(() => Int, { description: "How many visible benchmarks stand above it." })
  get depth(): number {
    return this.basis.board.catalog.tree.depth[this.node];
  }

  @Field(() => Int, { description: "The counting leaves at or below it." })
  get leafCount(): number {
    return this.basis.findings.scope.leafCount[this.node];
  }

  @Field(() => Float, { description: "Its weight among its siblings; 1 unless the conditions say otherwise." })
  get weight(): number {
    return this.basis.findings.scope.weights[this.node];
  }

  @Field(() => BenchmarkVersion, { nullable: true, description: "The version of the leaf that counts; null on a parent." })
  get version(): BenchmarkVersion | null {
    const version = this.basis.version(this.node);
    return version && versionOf(version);
  }

  @Field(() => Statistics, { description: "The statistics over the population." })
  get statistics(): Statistics {
    return this.basis.statistics(this.node);
  }
}
