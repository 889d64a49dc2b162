import type { DomainCatalog } from "../../board/domain-catalog";
import type { BenchmarkFacts, VersionFacts } from "../../board/facts";
import { notFound } from "../../errors";
import type { BenchmarkFilter } from "./benchmark-filter";
import { combinations, contains, type FilterFields, isOneOf, type Predicate, predicateOfFilter } from "./predicate";
import { isWithin } from "./ranges";

/** The predicate that a filter asks of a domain's benchmarks (§7). `versionOf` tells the version of a node that counts; null where none does. Throws NOT_FOUND for an unknown benchmark (§3). */
export function matchBenchmark(
  filter: BenchmarkFilter,
  { tree }: DomainCatalog,
  versionOf: (node: number) => VersionFacts | null,
): Predicate<BenchmarkFacts> {
  const ofVersion =
    (holds: (version: VersionFacts) => boolean): Predicate<BenchmarkFacts> =>
    (_, node) => {
      const version = versionOf(node);
      return version !== null && holds(version);
    };
  const oneOf = (values: readonly string[], property: (version: VersionFacts) => string | null) => {
    const matches = isOneOf(values, property);
    return ofVersion((version) => matches(version, 0));
  };

  const nodeOf = (identifier: string): number => {
    const node = tree.find(identifier);
    if (node < 0) throw notFound("benchmark", identifier);
    return node;
  };

  const fields: FilterFields<BenchmarkFilter, BenchmarkFacts> = {
    identifiers: (identifiers) => {
      const nodes = new Set(identifiers.map(nodeOf));
      return (_, node) => nodes.has(node);
    },
    below: (identifiers) => {
      const tops = identifiers.map(nodeOf);
      return (_, node) => tops.some((top) => top <= node && node < tree.end[top]);
    },
    search: (text) => contains(text, ({ identifier }) => [identifier]),
    isLeaf: (value) => (_, node) => Boolean(tree.isLeaf[node]) === value,
    region: (values) => oneOf(values, ({ region }) => region),
    species: (values) => oneOf(values, ({ species }) => species),
    task: (values) => oneOf(values, ({ task }) => task),
    dataIsPublic: (value) => ofVersion((version) => version.dataIsPublic === value),
    stimulusCount: (range) => ofVersion((version) => isWithin(version.stimulusCount, range)),
    ceiling: (range) => ofVersion((version) => isWithin(version.ceiling, range)),
    ...combinations((inner: BenchmarkFilter) => predicateOfFilter(inner, fields)),
  };
  return predicateOfFilter(filter, fields);
}
