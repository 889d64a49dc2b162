import { Directive, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import { compareCodePoints } from "../../scoring/compare-code-points";
import { Contributor, Domain } from "./foreign";
import { Model, type StoredLayer } from "./model";
import { writeUsage } from "./write-usage";

@ObjectType({ description: "The layer of a model that stands for a region of the brain." })
export class LayerCommitment {
  @Field({ description: "The region, such as `V4`." })
  region!: string;

  @Field({ description: "The layer, as the model names it." })
  layer!: string;
}

/** The order of the ventral stream; other regions come after these, by name. */
const STREAM = ["V1", "V2", "V4", "IT"];

const place = (region: string): number => (STREAM.includes(region) ? STREAM.indexOf(region) : STREAM.length);

const byRegion = (a: StoredLayer, b: StoredLayer): number => place(a.region) - place(b.region) || compareCodePoints(a.region, b.region);

@Resolver(() => Model)
export class ModelFields {
  @FieldResolver(() => Domain, { description: "The domain that it belongs to." })
  domain(@Root() { domainId, domainSlug }: Model): Domain {
    return Object.assign(new Domain(), { id: domainId, slug: domainSlug });
  }

  @FieldResolver(() => Contributor, { nullable: true, description: "Who contributed it. Null if unknown." })
  contributor(@Root() { contributorId }: Model): Contributor | null {
    return contributorId === null ? null : Object.assign(new Contributor(), { id: contributorId });
  }

  @FieldResolver(() => [LayerCommitment], { description: "Which layer stands for which region: V1, V2, V4, IT, then the rest by name." })
  layers(@Root() { layers }: Model): LayerCommitment[] {
    return [...layers].sort(byRegion);
  }

  @Directive('@requires(fields: "domain { usage }")')
  @FieldResolver(() => String, { nullable: true, description: "How to use it, as a snippet of Python. Null if its domain has none." })
  usage(@Root() { name, domain }: Model & { domain: Pick<Domain, "usage"> }): string | null {
    return domain.usage === null ? null : writeUsage(domain.usage, name);
  }
}
