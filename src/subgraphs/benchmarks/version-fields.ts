import { Arg, Ctx, FieldResolver, Int, ObjectType, Field, Resolver, Root } from "type-graphql";
import type { BenchmarkPlace } from "../../board/catalog";
import type { VersionFacts } from "../../board/facts";
import { invariant } from "../../errors";
import type { Context } from "../../federation/context";
import { Lasting } from "../../federation/lasting";
import { limitNumber } from "../../federation/limit-list";
import { Url } from "../../federation/scalars";
import { Benchmark } from "./benchmark";
import { BenchmarkVersion } from "./benchmark-version";
import { benchmarkOf } from "./from-catalog";
import { Metric } from "./metric";
import { Recording } from "./recording";
import { Stimuli, type StoredSample } from "./stimuli";

const SAMPLES_AT_MOST = 100;

@ObjectType({ description: "One stimulus to show as an example." })
export class StimulusSample {
  @Field(() => Int, { description: "Its place among the examples." })
  position!: number;

  @Field(() => Url, { description: "Where the picture, film or sound is." })
  url!: string;
}

function placeOf({ id }: BenchmarkVersion, { view }: Context): BenchmarkPlace & { version: VersionFacts } {
  const place = view.catalog.versionById(id);
  invariant(place, "a version that a request found is in its catalog");
  return place;
}

/** Null instead of an object in which nothing is known. */
const unlessEmpty = <T extends object>(value: T): T | null => (Object.values(value).some((property) => property !== null) ? value : null);

/** A path as it stands in a URL. Nearly all paths are of plain characters, and a card shows hundreds. */
const encodePath = (path: string): string => (/^[\w./-]*$/.test(path) ? path : path.split("/").map(encodeURIComponent).join("/"));

/** Stimuli that know their samples and the domain that files of it are served under. */
class StimuliWithSamples extends Stimuli {
  slug!: string;
  stored!: readonly StoredSample[];
}

@Resolver(() => BenchmarkVersion)
export class BenchmarkVersionFields {
  @FieldResolver(() => Benchmark, { description: "The leaf that it is a version of." })
  benchmark(@Root() version: BenchmarkVersion, @Ctx() context: Context): Benchmark {
    const { catalog, node } = placeOf(version, context);
    return benchmarkOf(catalog, node);
  }

  @Lasting()
  @FieldResolver(() => Boolean, { description: "Whether it is the version that counts now: the highest one." })
  isCurrent(@Root() version: BenchmarkVersion, @Ctx() context: Context): boolean {
    const { catalog, node } = placeOf(version, context);
    return catalog.currentVersions[node] === version.number;
  }

  @Lasting()
  @FieldResolver(() => Stimuli, { nullable: true, description: "What was shown. Null if nothing is known of it." })
  stimuli(@Root() version: BenchmarkVersion, @Ctx() context: Context): Stimuli | null {
    const { stimuli, samples } = version;
    if (samples.length === 0 && !unlessEmpty(stimuli)) return null;
    const { slug } = placeOf(version, context).catalog.domain;
    return Object.assign(new StimuliWithSamples(), stimuli, { slug, stored: samples });
  }

  @Lasting()
  @FieldResolver(() => Recording, {
    nullable: true,
    description: "The data that models are compared with. Null if nothing is known of them.",
  })
  recording(@Root() { recording }: BenchmarkVersion): Recording | null {
    return unlessEmpty(recording);
  }

  @Lasting()
  @FieldResolver(() => Metric, { nullable: true, description: "How models are compared with the data. Null if nothing is known of it." })
  metric(@Root() { metric }: BenchmarkVersion): Metric | null {
    return unlessEmpty(metric);
  }
}

@Resolver(() => Stimuli)
export class StimuliFields {
  @Lasting()
  @FieldResolver(() => [StimulusSample], { description: "Examples, in their order." })
  samples(
    @Arg("first", () => Int, { nullable: true, defaultValue: 10, description: "How many, at most 100." }) first: number | null,
    @Root() { stored, slug }: StimuliWithSamples,
    @Ctx() { baseUrl }: Context,
  ): StimulusSample[] {
    limitNumber("first", first, { most: SAMPLES_AT_MOST });
    const folder = `${baseUrl}/samples/${encodeURIComponent(slug)}/`;
    const absolute = (url: string) => (/^https?:/i.test(url) ? url : folder + encodePath(url));
    return [...stored]
      .sort((a, b) => a.position - b.position)
      .slice(0, first ?? 10)
      .map(({ position, url }) => ({ position, url: absolute(url) }));
  }
}
