import { notFound } from "../../errors";
import { type Table } from "../columns";
import { type Dataset, type ModelRow } from "../dataset";
import { type Faults } from "../faults";
import { keyOf } from "../held";
import { type Folder } from "../read-folder";
import { type Journal } from "./journal";
import { mapBenchmarks, type MappedTree } from "./map-benchmarks";
import { mapModels, type MappedModels } from "./map-models";
import { mapReferences } from "./map-references";
import { mapScores, type MappedScores } from "./map-scores";
import { mapVersions } from "./map-versions";
import { type Source, type SourceTable } from "./source";

/** Which table of a source the rows of a data set's file come from. */
export const ORIGINS: Readonly<Record<string, SourceTable>> = {
  "benchmarks.csv": "benchmarktype",
  "versions.csv": "benchmarkinstance",
  "accounts.csv": "user",
  "models.csv": "model",
  "layers.csv": "score",
  "submissions.csv": "submission",
  "scores.csv": "score",
  "references.bib": "reference",
};

/**
 * A Brain-Score site as data sets, one a domain, as if they had been read from folders; their lines are places in the source. What has to be put right or cannot be
 * taken is told in the journal; a tree that is none is a fault. Throws NOT_FOUND if `domain` is named and the source does not have it.
 */
export async function mapSource(
  source: Source,
  journal: Journal,
  faults: Faults,
  { domain, now }: { readonly domain?: string; readonly now: number },
): Promise<Folder[]> {
  const { trees, domains } = mapBenchmarks(source, journal, faults);
  const versions = mapVersions(source, journal, { trees, domains });
  if (trees.size === 0) faults.add("benchmarks.csv", null, null, "expected benchmarks in the source");
  if (domain !== undefined && !trees.has(domain)) throw notFound(`domain in the source (it has ${[...trees.keys()].join(", ")})`, domain);
  const chosen = new Map([...trees].filter(([slug]) => domain === undefined || slug === domain));
  const mapped = mapModels(source, journal, new Set(trees.keys()));
  const scores = await mapScores({ source, journal, models: mapped.models, versions, domains: new Set(chosen.keys()), now });
  const cited = new Set<string>();
  const folders = [...chosen.values()].map((tree) =>
    folderOf(tree, { source, journal, faults, mapped, scores: scores.get(tree.domain), cited }),
  );
  for (const { key, at, values } of source.rows.reference)
    if (domain === undefined && !cited.has(key))
      journal.leaveOut("a reference that no benchmark and no model cites", () => source.placeOf("reference", at), values.url);
  return folders;
}

interface Gathered {
  readonly source: Source;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly mapped: MappedModels;
  readonly scores: MappedScores | undefined;
  /** Keys of the source's references that some domain cites. */
  readonly cited: Set<string>;
}

const NO_SCORES: MappedScores = { rows: [], places: [], layers: [], layerPlaces: [] };

function folderOf(tree: MappedTree, { source, journal, faults, mapped, scores = NO_SCORES, cited }: Gathered): Folder {
  const { domain } = tree;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(domain))
    faults.add(
      "benchmarks.csv",
      tree.benchmarkPlaces[0],
      "domain",
      `expected letters, digits, ., - and _, got ${JSON.stringify(domain.slice(0, 80))}`,
    );
  const models = [...mapped.models.values()].filter((model) => model.domain === domain);
  const own = new Set([...tree.references, ...models.map(({ reference }) => reference)].filter((key) => typeof key === "string"));
  for (const key of own) cited.add(key);
  const { entries, keys } = mapReferences(source, own, journal);
  const keyFor = (reference: string | null | undefined): string | null | undefined =>
    typeof reference === "string" ? (keys.get(reference) ?? null) : reference;

  const used = new Map(models.flatMap(({ submission }) => (submission ? [[keyOf(submission.owner, submission.key), submission]] : [])));
  const submissions = [...used.values()];
  const owners = new Set([...models.map(({ row }) => row.owner), ...submissions.map(({ owner }) => owner)]);
  const accounts = [...mapped.accounts.values()].filter(({ row }) => owners.has(row.key));
  const modelRows = models.map(({ row, reference }): ModelRow => ({ ...row, reference: keyFor(reference) }));
  const title = domain.charAt(0).toUpperCase() + domain.slice(1);
  const dataset: Dataset = {
    name: `Brain-Score ${domain}`,
    domain: { slug: domain, name: title },
    roots: tree.roots,
    benchmarks: tree.benchmarks.map((row, index) => ({ ...row, reference: keyFor(tree.references[index]) })),
    versions: tree.versions,
    samples: [],
    accounts: accounts.map(({ row }) => row),
    models: modelRows,
    layers: scores.layers,
    submissions,
    scores: scores.rows,
    references: entries.map(({ key, text }) => ({ key, bibtex: text })),
    files: [],
  };
  const lines: Record<Table, number[]> = {
    benchmarks: [...tree.benchmarkPlaces],
    versions: tree.versionPlaces,
    samples: [],
    accounts: accounts.map(({ at }) => at),
    models: models.map(({ at }) => at),
    layers: scores.layerPlaces,
    submissions: submissions.map(({ key }) => mapped.submissionPlaces.get(key) ?? 0),
    scores: scores.places,
  };
  const { benchmarks, versions, layers, references, ...counted } = dataset;
  journal.domains.push({
    domain,
    globalRoot: tree.roots.at(0)?.benchmark ?? null,
    rawRoots: tree.roots.flatMap(({ benchmark, raw }) => (raw ? benchmark : [])),
    rows: {
      benchmarks: benchmarks.length,
      versions: versions.length,
      accounts: counted.accounts.length,
      references: references.length,
      models: counted.models.length,
      submissions: submissions.length,
      layers: layers.length,
      scores: counted.scores.length,
    },
  });
  const columns = Object.fromEntries(Object.keys(lines).map((table) => [table, []])) as unknown as Record<Table, string[]>;
  return { dataset, lines, columns, entries, hasAccounts: true, hasNames: false, lineOf: () => tree.benchmarkPlaces[0] ?? 0 };
}
