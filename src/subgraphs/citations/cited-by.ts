import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../../federation/context";
import { Lasting } from "../../federation/lasting";
import type { MaybePromise } from "../../federation/promised";
import { CitationFormat } from "./citation-format";
import { Benchmark, Domain, Model } from "./foreign";
import { formatBibliography } from "./format-bibliography";
import { referenceById, referencePkOf, referencesOfIds } from "./loaders";
import { Reference } from "./reference";

// Who cites what is on the board, so that all references of a request are read by id, in one statement.

@Resolver(() => Domain)
export class DomainFields {
  @FieldResolver(() => [Reference], { description: "The works to cite when you use the domain as such." })
  references(@Root() { id }: Domain, @Ctx() context: Context): Promise<Reference[]> | Reference[] {
    const catalog = context.view.catalog.domainById(id);
    return referencesOfIds(
      context,
      (catalog?.ownReferences ?? []).map((reference) => reference.id),
    );
  }
}

@Resolver(() => Benchmark)
export class BenchmarkFields {
  @Lasting()
  @FieldResolver(() => Reference, { nullable: true, description: "The work that it comes from. Null if unknown." })
  reference(@Root() { id }: Benchmark, @Ctx() context: Context): MaybePromise<Reference | null> {
    const place = context.view.catalog.benchmarkById(id);
    const reference = place?.catalog.reference(place.node);
    return reference ? referenceById(context, reference.id) : null;
  }
}

@Resolver(() => Model)
export class ModelFields {
  @FieldResolver(() => Reference, { nullable: true, description: "The work that describes it. Null if unknown." })
  async reference(@Root() { id }: Model, @Ctx() context: Context): Promise<Reference | null> {
    const pk = await referencePkOf(context, id);
    const reference = pk === null ? null : context.view.catalog.referenceByPk(pk);
    return reference ? referenceById(context, reference.id) : null;
  }

  @Directive('@requires(fields: "citedReferences { id }")')
  @FieldResolver(() => String, {
    description:
      "The works of the benchmarks that it was run on, whether it scored or failed there, as one text: in tree order, each once. " +
      "Different works under one key get a, b, … behind it.",
  })
  async bibliography(
    @Arg("format", () => CitationFormat, { nullable: true, defaultValue: CitationFormat.BIBTEX, description: "How it is written." })
    format: CitationFormat | null,
    @Root() { citedReferences }: Model,
    @Ctx() context: Context,
  ): Promise<string> {
    // Behind a gateway the ids are only the caller's claim: reading them leaves out what the viewer may not see.
    const references = await referencesOfIds(
      context,
      citedReferences.map(({ id }) => id),
    );
    return formatBibliography(references, format ?? CitationFormat.BIBTEX);
  }
}
