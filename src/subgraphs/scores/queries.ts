import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { limitList } from "../../federation/limit-list";
import { Node } from "../../federation/node";
import { PageArguments } from "../../federation/page-arguments";
import { paginate } from "../../federation/paginate";
import { after, type MaybePromise } from "../../federation/promised";
import { basisUnder, boardOf } from "./basis-under";
import { BenchmarkFilter } from "./benchmark-filter";
import { Conditions, UNDER } from "./conditions";
import { findNode } from "./find-node";
import { Benchmark, benchmarkOf, Model, modelOf } from "./foreign";
import { matchBenchmark } from "./match-benchmark";
import { matchModel } from "./match-model";
import { ModelFilter } from "./model-filter";
import { compareOrderKeys, ModelOrder, ModelOrderField, OrderDirection, orderKey } from "./model-order";
import { Standings } from "./standings";

const IDS_AT_MOST = 100;

const BenchmarkConnection = connectionType("Benchmark", () => Benchmark, "benchmarks");
const ModelConnection = connectionType("Model", () => Model, "models", { isShared: true });

@Resolver()
export class ScoresQueries {
  @Query(() => Node, { nullable: true, description: "Whatever has this id. Null if nothing has, or nothing that you may see." })
  node(
    @Arg("id", () => ID, { description: "An id that an earlier answer gave." }) id: string,
    @Ctx() context: Context,
  ): Node | null | Promise<Node | null> {
    return findNode(id, context);
  }

  @Query(() => [Node], {
    nullable: "items",
    description: "Whatever has these ids, in their order; null for each that nothing has, or nothing that you may see.",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "At most 100 ids." }) ids: string[],
    @Ctx() context: Context,
  ): (Node | null | Promise<Node | null>)[] {
    limitList("ids", ids, { most: IDS_AT_MOST });
    return ids.map((id) => findNode(id, context));
  }

  @Query(() => BenchmarkConnection, { description: "The visible benchmarks of a domain, in tree order." })
  benchmarks(
    @Arg("domain", () => String, { description: "The domain's slug." }) domain: string,
    @Arg("filter", () => BenchmarkFilter, { nullable: true, description: "Only these." }) filter: BenchmarkFilter | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Connection<Benchmark> {
    const { catalog } = boardOf(context.view, domain);
    const matches = matchBenchmark(filter ?? {}, catalog, (node) => catalog.currentVersion(node));
    return paginate(
      context,
      {
        list: ["benchmarks", domain, filter ?? null],
        rows: catalog.visible.filter((node) => matches(catalog.benchmarks[node], node)),
        keyOf: (node) => [catalog.benchmarks[node].id],
        nodeOf: (node) => benchmarkOf(catalog, node),
      },
      page,
    );
  }

  @Query(() => ModelConnection, { description: "The models of a domain that you may see: public ones and your own." })
  models(
    @Arg("domain", () => String, { description: "The domain's slug." }) domain: string,
    @Arg("filter", () => ModelFilter, { nullable: true, description: "Only these." }) filter: ModelFilter | null,
    @Arg("orderBy", () => ModelOrder, { nullable: true, description: "Default: by name." }) orderBy: ModelOrder | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Connection<Model> {
    const board = boardOf(context.view, domain);
    const order = orderBy ?? { by: ModelOrderField.NAME, direction: OrderDirection.ASC };
    const matches = matchModel(filter ?? {}, board.standings());
    const rows = context.view
      .models(board)
      .filter((slot) => matches(board.models[slot], slot))
      .map((slot) => ({ slot, key: orderKey(board, slot, order) }))
      .sort((a, b) => compareOrderKeys(a.key, b.key, order));
    return paginate(
      context,
      {
        list: ["models", domain, filter ?? null, order],
        rows,
        keyOf: ({ key }) => key,
        compare: (a, b) => compareOrderKeys(a, b, order),
        nodeOf: ({ slot }) => modelOf(board, slot),
      },
      page,
    );
  }

  @Query(() => Standings, { description: "A domain's whole tree with values and ranks for every public model." })
  standings(
    @Arg("domain", () => String, { description: "The domain's slug." }) domain: string,
    @Arg("under", () => Conditions, { nullable: true, description: UNDER }) under: Conditions | null,
    @Ctx() context: Context,
  ): MaybePromise<Standings> {
    return after(basisUnder(context, domain, under), (basis) => new Standings(basis, under));
  }
}
