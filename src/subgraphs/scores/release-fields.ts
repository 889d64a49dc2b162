import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { notFound } from "../../errors";
import type { Context } from "../../federation/context";
import { boardOf } from "./basis-under";
import { Domain, domainOf } from "./foreign";
import { Release, releaseFrom } from "./release";

@Resolver(() => Release)
export class ReleaseFields {
  @FieldResolver(() => Domain, { description: "The domain whose facts it covers." })
  domain(@Root() { id }: Release, @Ctx() { view }: Context): Domain {
    const place = view.catalog.releaseById(id);
    if (!place) throw notFound("release", id);
    return domainOf(place.catalog);
  }

  @FieldResolver(() => String, { description: "The revision that its facts are of." })
  revision(@Root() { atPublicRevision }: Release): string {
    return String(atPublicRevision);
  }

  @Query(() => [Release], { description: "The releases of a domain, the newest first." })
  releases(@Arg("domain", () => String, { description: "The domain's slug." }) domain: string, @Ctx() { view }: Context): Release[] {
    const { catalog } = boardOf(view, domain);
    return catalog.releases.map((release) => releaseFrom(catalog.domain.pk, release)).reverse();
  }
}

/** The release of an id; null if there is none. */
export function findRelease(id: string, { view }: Context): Release | null {
  const place = view.catalog.releaseById(id);
  return place && releaseFrom(place.catalog.domain.pk, place.release);
}
