import { foreign, owned } from "../../federation/entity";
import type { Subgraph } from "../../federation/subgraph";
import { BenchmarkFields, DomainFields, ModelFields } from "./cited-by";
import { Benchmark, Domain, Model } from "./foreign";
import { referenceById } from "./loaders";
import { CitationsMutations } from "./mutations";
import { CitationsQueries } from "./queries";
import { Reference } from "./reference";
import { ReferenceFields } from "./reference-fields";

/** References, citations and bibliographies. */
export const citations: Subgraph = {
  name: "citations",
  resolvers: [CitationsQueries, CitationsMutations, ReferenceFields, DomainFields, BenchmarkFields, ModelFields],
  entities: {
    Reference: owned(Reference, (id, context) => referenceById(context, id)),
    Domain: foreign(Domain),
    Benchmark: foreign(Benchmark),
    Model: foreign(Model),
  },
  work: {
    sizes: { "Domain.references": 3 },
    costs: { "Query.bibliography": 500 },
  },
};
