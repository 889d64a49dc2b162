import { CitationFormat } from "../../subgraphs/citations/citation-format";
import { formatBibliography } from "../../subgraphs/citations/format-bibliography";
import { Reference } from "../../subgraphs/citations/reference";
import type { Subject } from "./table";

/** What the domain asks to cite, then what the benchmarks of the tree come from in tree order, as BibTeX, each work once. */
export async function* writeBibliography({ basis, context }: Subject): AsyncGenerator<Buffer> {
  const { catalog } = basis.board;
  const cited = [...catalog.ownReferences, ...catalog.citedBy(basis.listed())].map(({ id }) => id);
  const found = await context.find(Reference, "WHERE id = ANY ($1)", [cited], basis.revision);
  const byId = new Map(found.map((reference) => [reference.id, reference]));
  const references = cited.flatMap((id) => byId.get(id) ?? []);
  if (references.length > 0) yield Buffer.from(`${formatBibliography(references, CitationFormat.BIBTEX)}\n`);
}
