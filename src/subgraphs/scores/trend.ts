import { Arg, Ctx, Field, FieldResolver, Float, Int, ObjectType, registerEnumType, Resolver, Root } from "type-graphql";
import { timelineOf } from "../../board/derived";
import type { DomainBoard } from "../../board/domain-board";
import { allInSlices } from "../../board/in-slices";
import { badInput, notFound } from "../../errors";
import type { Context } from "../../federation/context";
import { firstInstant } from "../../federation/date-only";
import { DateTime } from "../../federation/scalars";
import type { Snapshot } from "../../scoring/as-of";
import { periodEnds } from "../../scoring/periods";
import { Standings as Findings } from "../../scoring/standings";
import { trend, type TrendConditions, type TrendPoint as Point } from "../../scoring/trend";
import { boardOf, presentBasis, resolve } from "./basis-under";
import { Conditions, UNDER } from "./conditions";
import { Benchmark, benchmarkOf, BenchmarkVersion, Model, versionOf } from "./foreign";
import { nodesLookedAt } from "./match-model";
import { Coverage } from "./score";

export enum Period {
  DAY = "DAY",
  WEEK = "WEEK",
  MONTH = "MONTH",
  QUARTER = "QUARTER",
  YEAR = "YEAR",
}

registerEnumType(Period, {
  name: "Period",
  description: "How far apart the points of a trend are. Periods are of the calendar in UTC.",
  valuesConfig: {
    DAY: { description: "A day." },
    WEEK: { description: "A week of ISO 8601: it begins on Monday." },
    MONTH: { description: "A month." },
    QUARTER: { description: "A quarter of a year." },
    YEAR: { description: "A year." },
  },
});

@ObjectType({ description: "One model on one benchmark as of the end of a period." })
export class TrendPoint {
  constructor(
    private readonly board: DomainBoard,
    private readonly point: Point,
  ) {}

  @Field(() => DateTime, { description: "The instant that everything here is as of." })
  get at(): Date {
    return new Date(this.point.at);
  }

  @Field(() => Float, { nullable: true, description: "The value then; null if there was none." })
  get value(): number | null {
    return this.point.value;
  }

  @Field(() => Int, { nullable: true, description: "The rank then; null without a value." })
  get rank(): number | null {
    return this.point.rank;
  }

  @Field(() => Int, { description: "The number of models with a value there then: those that the rank is counted among." })
  get of(): number {
    return this.point.of;
  }

  @Field(() => Coverage, { description: "How many of the leaves below were scored then." })
  get coverage(): Coverage {
    return this.point.coverage;
  }

  @Field(() => [Benchmark], {
    description: "The leaves that began to count since the point before, in tree order. Empty at the first point.",
  })
  get newLeaves(): Benchmark[] {
    return this.point.newLeaves.map((node) => benchmarkOf(this.board.catalog, node));
  }

  @Field(() => [BenchmarkVersion], {
    description: "The versions that took the place of an older one since the point before, in tree order. Empty at the first point.",
  })
  get newVersions(): BenchmarkVersion[] {
    const { catalog } = this.board;
    return this.point.newVersions.flatMap(({ node, number }) => {
      const version = catalog.version(node, number);
      return version ? [versionOf(version)] : [];
    });
  }
}

@Resolver(() => Model)
export class TrendFields {
  @FieldResolver(() => [TrendPoint], {
    description:
      "How it came to where it is on one benchmark: a point for each period that overlaps the time asked about, as of its end; at most 1,000.",
  })
  async trend(
    @Arg("benchmark", () => String, { nullable: true, description: "The benchmark's identifier. Default: the global root." })
    benchmark: string | null,
    @Arg("every", () => Period, { nullable: true, defaultValue: Period.MONTH, description: "How far apart the points are." })
    every: Period | null,
    @Arg("from", () => DateTime, {
      nullable: true,
      description: "Default: the end of the model's first run. A date means its first instant.",
    })
    from: Date | null,
    @Arg("to", () => DateTime, {
      nullable: true,
      description: "Default: the end of the newest run of a public model in the domain, which is then the last point.",
    })
    to: Date | null,
    @Arg("under", () => Conditions, { nullable: true, description: `${UNDER} Neither asOf nor release.` }) under: Conditions | null,
    @Root() { id }: Model,
    @Ctx() context: Context,
  ): Promise<TrendPoint[]> {
    const place = context.view.modelById(id);
    if (!place) throw notFound("model", id);
    const { board, slot } = place;
    const basis = presentBasis(context.view, boardOf(context.view, board.catalog.domain.slug));
    const node = basis.nodeOrRoot(benchmark);
    refuseMoments(under, "A trend");
    const line = await timelineOf(board, context.signal);
    const begin = from ? firstInstant(from).getTime() : line.firstEnd(slot);
    const end = to?.getTime() ?? line.newestEnd;
    if (node < 0 || begin === null || end === null) return [];
    const ends = periodEnds(every ?? Period.MONTH, begin, end, to == null);
    const moments = to == null ? snapshotsToNow(board, line.passing(ends.slice(0, -1)), ends) : line.passing(ends);
    const steps = trend(board.catalog.tree, moments, node, slot, trendConditions(board, under));
    const points = await allInSlices(steps, context.signal);
    return points.map((point) => new TrendPoint(board, point));
  }
}

/** Throws BAD_USER_INPUT if conditions name a moment where moments are asked about already (§8). */
export function refuseMoments(under: Conditions | null | undefined, what: string): void {
  if (under?.asOf || under?.release != null)
    throw badInput(`${what} is about moments itself: its conditions take neither asOf nor release.`);
}

/** What counted as of each instant; at the last one what counts now, observations of unknown end and versions not run yet included (§8). */
function* snapshotsToNow(board: DomainBoard, before: Iterable<Snapshot | void>, instants: readonly number[]): Generator<Snapshot | void> {
  yield* before;
  const { columns, winners, population } = board.standings();
  for (const at of instants.slice(-1)) yield { at, columns, winners, population, currentVersion: board.catalog.currentVersions };
}

/** Conditions as a trend takes them: `among` is asked at each point, and `scored` looks at the values of that time. */
function trendConditions(board: DomainBoard, under: Conditions | null): TrendConditions {
  if (!under) return {};
  const { only, weights, missing, among } = resolve(board, under);
  const { names } = board;
  const chosen: TrendConditions["among"] = ({ winners, population }, { scope, columns }) => {
    const isCounted = among!(new Findings({ scope, columns, winners, population, names, missing }));
    return population.map((counted, slot) => (counted && isCounted(slot) ? 1 : 0));
  };
  return {
    ...{ weights: weights ?? undefined, missing, matches: only ?? undefined },
    ...(among && { among: chosen, lookedAt: nodesLookedAt(board.catalog.tree, under.among!) }),
  };
}
