import { appendFacts } from "../../src/database/append-facts";
import { idOf, type Kind } from "../../src/database/identify";
import type { Database } from "../../src/federation/context";
import { CARD_MODEL } from "../questions";

/** Of all benchmarks, those that only average others. */
const PARENT_SHARE = 0.14;

const SECTIONS = ["neural", "behavior", "geometry", "robustness"];
const REFERENCES = 60;

/** How many facts of each kind a world is to have. */
export interface WorldSize {
  readonly models: number;
  /** Benchmarks: two roots, sections, groups of some seven leaves. */
  readonly nodes: number;
}

/**
 * Fills a migrated, empty database with a domain `vision`: its tree, a version of each leaf, references and public models, the first of which
 * is the one whose card is asked for. Observations are none of it.
 */
export async function makeWorld(dataSource: Database, { models, nodes }: WorldSize): Promise<void> {
  await appendFacts(dataSource, { source: "bench" }, async ({ idKey, add }) => {
    const id = (kind: Kind, name: string): string => idOf(idKey, kind, "vision", name);
    const [domain] = await add("domain", [{ id: id("Domain", ""), slug: "vision", name: "Vision" }]);
    const references = await add(
      "reference",
      Array.from({ length: REFERENCES }, (_, position) => referenceRow(domain, position, id)),
    );

    const benchmark = (identifier: string, order: number, parent: number | null) => ({
      ...{ id: id("Benchmark", identifier), domain_pk: domain, identifier, order, parent_pk: parent },
    });
    const roots = await add("benchmark", [
      { ...benchmark("average_vision", 0, null), root_position: 0, is_raw: false },
      { ...benchmark("engineering_vision", 1, null), root_position: 1, is_raw: true },
    ]);
    const sections = await add(
      "benchmark",
      SECTIONS.map((name, order) => benchmark(name, order, roots[0])),
    );
    const above = [...sections, roots[1]];
    const groupCount = Math.max(above.length, Math.round(nodes * PARENT_SHARE) - roots.length - sections.length);
    const groups = await add(
      "benchmark",
      Array.from({ length: groupCount }, (_, order) => benchmark(`group_${order}`, order, above[order % above.length])),
    );
    const leafCount = nodes - roots.length - sections.length - groupCount;
    const leaves = await add(
      "benchmark",
      Array.from({ length: leafCount }, (_, order) => ({
        ...benchmark(`benchmark.${order}-measure`, order, groups[order % groupCount]),
        reference_pk: references[order % REFERENCES],
      })),
    );
    await add(
      "benchmark_version",
      leaves.map((leaf, place) => ({
        ...{ id: id("BenchmarkVersion", String(leaf)), benchmark_pk: leaf, number: 1, ceiling: 0.5 + (place % 50) / 100 },
        ...{ stimuli_count: 100 + place, recording_region: "V4", recording_species: "macaque", metric_name: "pls" },
      })),
    );
    await add(
      "model",
      Array.from({ length: models }, (_, place) => {
        const name = place === 0 ? CARD_MODEL : `model-${String(place).padStart(7, "0")}`;
        const architecture = ["DCNN", "Transformer", "RNN", "other"][place % 4];
        const known = { architecture, family: `family ${place % 500}`, parameter_count: 1e6 + place, training_dataset: "ImageNet" };
        return { id: id("Model", name), domain_pk: domain, name, is_public: true, layers: [{ region: "V4", layer: "layer3.2" }], ...known };
      }),
    );
  });
  await dataSource.query("VACUUM ANALYZE");
}

function referenceRow(domain: number, position: number, id: (kind: Kind, name: string) => string): Record<string, unknown> {
  const key = `author${position}`;
  const [title, author, year] = [
    `A measure of vision, part ${position}`,
    { family: `Author${position}`, given: "A." },
    2000 + (position % 25),
  ];
  return {
    ...{ id: id("Reference", key), domain_pk: domain, key, position, work: key, title, authors: [`Author${position}, A.`], year },
    bibtex: `@article{${key}, title={${title}}, author={Author${position}, A.}, year={${year}}}`,
    csl: { id: key, type: "article-journal", title, author: [author], issued: { "date-parts": [[year]] } },
  };
}
