import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { invariant } from "../../errors";
import type { Context } from "../../federation/context";
import { Lasting } from "../../federation/lasting";
import { CitationFormat } from "./citation-format";
import { Domain } from "./foreign";
import { formatCitation } from "./format-citation";
import { labelReference } from "./label-reference";
import { Reference } from "./reference";

/** Labels of references that were read: a card names each of them many times. */
const labels = new WeakMap<Reference, string>();

@Resolver(() => Reference)
export class ReferenceFields {
  @FieldResolver(() => Domain, { description: "The domain that it is registered in." })
  domain(@Root() { domainPk }: Reference, @Ctx() { view }: Context): Domain {
    const catalog = view.catalog.domains.find(({ domain }) => domain.pk === domainPk);
    invariant(catalog, `domain ${domainPk} has a reference and is not in the catalog`);
    return Object.assign(new Domain(), { id: catalog.domain.id });
  }

  @Lasting()
  @FieldResolver(() => String, {
    description:
      "How it is named in running text: `Marques et al., 2021`. Without authors the title stands for them, without a title the key.",
  })
  label(@Root() reference: Reference): string {
    let label = labels.get(reference);
    if (label === undefined) labels.set(reference, (label = labelReference(reference)));
    return label;
  }

  @FieldResolver(() => String, { description: "The whole citation." })
  citation(
    @Arg("format", () => CitationFormat, { nullable: true, defaultValue: CitationFormat.BIBTEX, description: "How it is written." })
    format: CitationFormat | null,
    @Root() reference: Reference,
  ): string {
    return formatCitation(reference, format ?? CitationFormat.BIBTEX);
  }
}
