import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { badInput, ExpectedError, notFound } from "../../errors";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { limitList } from "../../federation/limit-list";
import { ForwardPageArguments } from "../../federation/page-arguments";
import { Url } from "../../federation/scalars";
import { CitationFormat } from "./citation-format";
import { findReference } from "./find-reference";
import { formatBibliography } from "./format-bibliography";
import { listReferences } from "./list-references";
import { referenceById } from "./loaders";
import { Reference } from "./reference";

const AT_MOST = 500;

const ReferenceConnection = connectionType("Reference", () => Reference, "references");

@Resolver()
export class CitationsQueries {
  @Query(() => Reference, {
    nullable: true,
    description: "A work by exactly one of `key`, `doi` and `url`. Null if there is none, or none that you may see.",
  })
  reference(
    @Arg("domain", () => String, { description: "The domain's slug." }) domain: string,
    @Arg("key", () => String, { nullable: true, description: "Key of its BibTeX entry." }) key: string | null | undefined,
    @Arg("doi", () => String, { nullable: true, description: "Its DOI, in any case, with or without resolver." })
    doi: string | null | undefined,
    @Arg("url", () => Url, { nullable: true, description: "Its address; one of `doi.org` also finds it by its DOI." })
    url: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<Reference | null> | null {
    const given = Object.entries({ key, doi, url }).filter(([, value]) => value != null);
    if (given.length !== 1) {
      const got = given.map(([name]) => `\`${name}\``).join(" and ") || "none";
      throw badInput(`Exactly one of \`key\`, \`doi\` and \`url\` is needed; got ${got}.`);
    }
    const catalog = context.view.catalog.domain(domain);
    return catalog && findReference(context, catalog.domain.pk, { key, doi, url });
  }

  @Query(() => ReferenceConnection, {
    description: "The works of a domain that are cited by the domain, a benchmark or a model that you may see, by key.",
  })
  references(
    @Arg("domain", () => String, { description: "The domain's slug." }) domain: string,
    @Arg("keys", () => [String], { nullable: true, description: `Only these keys. At most ${AT_MOST}.` }) keys: string[] | null | undefined,
    @Arg("dois", () => [String], { nullable: true, description: `Only these DOIs, with or without resolver. At most ${AT_MOST}.` })
    dois: string[] | null | undefined,
    @Args(() => ForwardPageArguments) page: ForwardPageArguments,
    @Ctx() context: Context,
  ): Promise<Connection<Reference>> {
    limitList("keys", keys, { most: AT_MOST });
    limitList("dois", dois, { most: AT_MOST });
    const catalog = context.view.catalog.domain(domain);
    if (!catalog) throw notFound("domain", domain);
    return listReferences(context, catalog.domain, { keys, dois, page });
  }

  @Query(() => String, {
    description:
      "Works as one text, in the order given, each work once. Different works under one key get a, b, … behind it. " +
      "An id that is unknown, or not yours to see, is an error.",
  })
  async bibliography(
    @Arg("references", () => [ID], { description: `Ids of references. At most ${AT_MOST}.` }) ids: string[],
    @Arg("format", () => CitationFormat, { nullable: true, defaultValue: CitationFormat.BIBTEX, description: "How it is written." })
    format: CitationFormat | null,
    @Ctx() context: Context,
  ): Promise<string> {
    limitList("references", ids, { most: AT_MOST });
    const found = await Promise.all(ids.map((id) => referenceById(context, id)));
    const references = found.map((reference, index) => {
      if (reference) return reference;
      throw new ExpectedError("NOT_FOUND", `\`references[${index}]\`: there is no reference ${JSON.stringify(ids[index])}.`);
    });
    return formatBibliography(references, format ?? CitationFormat.BIBTEX);
  }
}
