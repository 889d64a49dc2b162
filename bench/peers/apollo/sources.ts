import DataLoader from "dataloader";
import { type DataSource, type EntityTarget, In, IsNull, type ObjectLiteral } from "typeorm";
import { groupBy } from "../../../src/board/group-by";
import { Benchmark, Model, Reference, Score, Statistics } from "./entities";

/** One cell that is asked for. */
export interface CellKey {
  readonly model: number;
  readonly benchmark: number;
}

/** The data sources of one request, as Apollo Server's page "Fetching Data" has them: a class over the database, DataLoaders within. */
export class Sources {
  readonly models = this.loader<number, Model>(Model, "pk");
  readonly references = this.loader<number, Reference>(Reference, "pk");
  readonly benchmarks = this.loader<number, Benchmark>(Benchmark, "pk");
  readonly benchmarksByIdentifier = this.loader<string, Benchmark>(Benchmark, "identifier");
  readonly statistics = this.loader<number, Statistics>(Statistics, "benchmarkPk");

  /** One key a cell, all cells of one turn in one statement. */
  readonly cells = new DataLoader<CellKey, Score, string>(
    async (keys) => {
      const found = await this.dataSource
        .getRepository(Score)
        .createQueryBuilder("score")
        .where("(score.model_pk, score.benchmark_pk) IN (SELECT * FROM unnest(:models::integer[], :benchmarks::integer[]))", {
          models: keys.map(({ model }) => model),
          benchmarks: keys.map(({ benchmark }) => benchmark),
        })
        .getMany();
      const byKey = new Map(found.map((score) => [nameOf({ model: score.modelPk, benchmark: score.benchmarkPk }), score]));
      return keys.map((key) => byKey.get(nameOf(key)) ?? new Error(`There is no cell ${nameOf(key)}.`));
    },
    { cacheKeyFn: nameOf },
  );

  /** The children of a benchmark in tree order; the roots of −1. */
  readonly children = new DataLoader<number, Benchmark[]>(async (parents) => {
    const below = parents.filter((pk) => pk >= 0);
    const found = await this.dataSource.getRepository(Benchmark).find({
      where: parents.includes(ROOTS) ? [{ parentPk: IsNull() }, { parentPk: In(below) }] : { parentPk: In(below) },
      order: { position: "ASC" },
    });
    const byParent = groupBy(found, ({ parentPk }) => parentPk ?? ROOTS);
    return parents.map((pk) => byParent.get(pk) ?? []);
  });

  constructor(private readonly dataSource: DataSource) {}

  findModel(name: string): Promise<Model | null> {
    return this.dataSource.getRepository(Model).findOneBy({ name });
  }

  allBenchmarks(): Promise<Benchmark[]> {
    return this.dataSource.getRepository(Benchmark).find({ order: { position: "ASC" } });
  }

  /** The first rows of the leaderboard of a benchmark; of the models that a filter leaves. */
  async leaderboard(benchmarkPk: number, first: number, where: ModelFilter | null): Promise<Score[]> {
    const rows = this.dataSource
      .getRepository(Score)
      .createQueryBuilder("score")
      .where("score.benchmark_pk = :benchmarkPk AND score.place IS NOT NULL", { benchmarkPk });
    if (where)
      rows
        .innerJoin(Model, "model", "model.pk = score.model_pk")
        .andWhere("model.architecture = ANY (:architecture) AND model.parameter_count >= :least", {
          architecture: where.architecture,
          least: where.parameterCount.min,
        });
    return rows.orderBy("score.place").limit(first).getMany();
  }

  private loader<K, T extends ObjectLiteral>(entity: EntityTarget<T>, column: keyof T & string): DataLoader<K, T> {
    return new DataLoader<K, T>(async (keys) => {
      const found = await this.dataSource.getRepository(entity).findBy({ [column]: In(keys) } as never);
      const byKey = new Map(found.map((row) => [row[column] as K, row]));
      return keys.map((key) => byKey.get(key) ?? new Error(`There is no ${column} ${String(key)}.`));
    });
  }
}

/** The filter of the bench's question. */
export interface ModelFilter {
  readonly architecture: readonly string[];
  readonly parameterCount: { readonly min: number };
}

/** As the parent of those that have none. */
export const ROOTS = -1;

function nameOf({ model, benchmark }: CellKey): string {
  return `${model}:${benchmark}`;
}
