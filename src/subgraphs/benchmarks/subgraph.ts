import { foreign, owned, slugIn } from "../../federation/entity";
import type { Subgraph } from "../../federation/subgraph";
import { Benchmark } from "./benchmark";
import { BenchmarkFields } from "./benchmark-fields";
import { BenchmarkVersion } from "./benchmark-version";
import { Domain } from "./domain";
import { DomainFields } from "./domain-fields";
import { Reference } from "./foreign";
import { benchmarkById, benchmarkByName, domainOf } from "./from-catalog";
import { versionById } from "./loaders";
import { BenchmarksMutations } from "./mutations";
import { BenchmarksQueries } from "./queries";
import { ReferenceFields } from "./reference-fields";
import { BenchmarkVersionFields, StimuliFields } from "./version-fields";

/** Domains, their trees of benchmarks, and the versions of leaves with stimuli, recordings and metrics. */
export const benchmarks: Subgraph = {
  name: "benchmarks",
  resolvers: [
    BenchmarksQueries,
    BenchmarksMutations,
    DomainFields,
    BenchmarkFields,
    BenchmarkVersionFields,
    StimuliFields,
    ReferenceFields,
  ],
  entities: {
    Domain: owned(
      Domain,
      (id, { view }) => {
        const catalog = view.catalog.domainById(id);
        return catalog && domainOf(catalog);
      },
      ({ slug }, { view }) => {
        const catalog = view.catalog.domain(String(slug));
        return catalog && domainOf(catalog);
      },
    ),
    Benchmark: owned(
      Benchmark,
      (id, { view }) => benchmarkById(view.catalog, id),
      (key, { view }) => benchmarkByName(view.catalog, slugIn(key), String(key.identifier)),
    ),
    BenchmarkVersion: owned(BenchmarkVersion, (id, context) => versionById(context, id)),
    Reference: foreign(Reference),
  },
  work: {
    sizes: {
      "Query.domains": 3,
      "Domain.roots": 3,
      // Of all benchmarks each has one parent but the roots: a level deeper there are no more of them.
      "Benchmark.children": 1,
      "Benchmark.ancestors": 4,
      "Benchmark.descendants": 150,
      "Benchmark.versions": 2,
      "Reference.benchmarks": 5,
    },
  },
};
