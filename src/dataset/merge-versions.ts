import { type SampleRow } from "./dataset";
import { quote } from "./faults";
import { byKey, keyOf, type KeptVersion } from "./held";
import { type MergedTree } from "./merge-benchmarks";
import { differs, planOf, refuseRepeats, valuesOf, type Change, type Merge, type Plan } from "./merge";

/** The editions after the merge. */
export interface MergedVersions {
  readonly plan: Plan;
  /** Keys (benchmark, version) of all that are known. */
  readonly keys: ReadonlySet<string>;
}

const keyOfVersion = ({ benchmark, version }: { benchmark: string; version: number }): string => keyOf(benchmark, version);

/** The editions of leaves with their sample stimuli. */
export function mergeVersions(merge: Merge, { nodes, parents }: MergedTree): MergedVersions {
  const { folder, held, faults } = merge;
  const { dataset, lines } = folder;
  const kept = new Map(held.versions.map((version) => [keyOfVersion(version), version]));
  refuseRepeats(merge, "versions", dataset.versions, keyOfVersion);
  refuseRepeats(merge, "samples", dataset.samples, ({ benchmark, version, position }) => keyOf(benchmark, version, position));
  for (const [index, { benchmark }] of dataset.versions.entries()) {
    const wrong = !nodes.has(benchmark) ? "a benchmark that is known" : parents.has(benchmark) ? "a leaf: parents have no versions" : null;
    if (wrong) faults.add("versions.csv", lines.versions[index], "benchmark", `expected ${wrong}, got ${quote(benchmark)}`);
  }
  refuseBelowLeaves(merge);

  const keys = new Set([...kept.keys(), ...dataset.versions.map(keyOfVersion)]);
  for (const [index, { benchmark, version }] of dataset.samples.entries())
    if (!keys.has(keyOf(benchmark, version)))
      faults.add(
        "samples.csv",
        lines.samples[index],
        "version",
        `expected a version that is known, got version ${version} of ${quote(benchmark)}`,
      );

  const samples = byKey(
    dataset.samples,
    ({ benchmark }) => benchmark,
    ({ version }) => version,
  );
  const changes = dataset.versions.map((row): Change | null => {
    const key = keyOfVersion(row);
    const own = kept.get(key);
    const shown = mergeSamples(own, samples.get(key));
    samples.delete(key);
    if (own && !shown && !differs("versions", row, own)) return null;
    return {
      key,
      pk: own?.pk ?? null,
      naturalKey: [dataset.domain.slug, row.benchmark, row.version],
      values: { ...valuesOf("versions", row), samples: shown ?? own?.samples ?? [] },
      links: { benchmark_pk: row.benchmark },
    };
  });
  for (const [key, rows] of samples) {
    const own = kept.get(key);
    const shown = mergeSamples(own, rows);
    if (own && shown) changes.push({ key, pk: own.pk, naturalKey: [], values: { samples: shown }, links: {} });
  }
  return { plan: planOf("benchmark_version", changes), keys };
}

/** A leaf with versions that only the database has becomes a parent by a row of the folder: the row is at fault. */
function refuseBelowLeaves({ folder: { dataset, lines }, held, faults }: Merge): void {
  const leaves = new Set(held.versions.map(({ benchmark }) => benchmark));
  const mentioned = new Set(dataset.versions.map(({ benchmark }) => benchmark));
  for (const [index, { parent }] of dataset.benchmarks.entries())
    if (parent && leaves.has(parent) && !mentioned.has(parent))
      faults.add(
        "benchmarks.csv",
        lines.benchmarks[index],
        "parent",
        `expected a parent without versions; the database has versions of ${quote(parent)}`,
      );
}

/** The samples by position, those of the folder over those of the database; null if that changes nothing. */
function mergeSamples(own: KeptVersion | undefined, rows: readonly SampleRow[] = []): { position: number; url: string }[] | null {
  const earlier = new Map(own?.samples.map(({ position, url }) => [position, url]));
  if (rows.every(({ position, url }) => earlier.get(position) === url)) return null;
  for (const { position, url } of rows) earlier.set(position, url);
  return [...earlier].map(([position, url]) => ({ position, url })).sort((a, b) => a.position - b.position);
}
