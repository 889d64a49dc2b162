import { type Query } from "../database/write-rows";
import { type Faults } from "./faults";
import { NOTHING_HELD, readHeld, type Held } from "./held";
import { mergeAccounts, mergeSubmissions } from "./merge-accounts";
import { mergeBenchmarks } from "./merge-benchmarks";
import { mergeDomain } from "./merge-domain";
import { mergeFiles } from "./merge-files";
import { mergeModels } from "./merge-models";
import { mergeReferences } from "./merge-references";
import { mergeScores, type ScorePlan } from "./merge-scores";
import { mergeVersions } from "./merge-versions";
import { type Merge, type Plan } from "./merge";
import { type Folder } from "./read-folder";

/** Everything that an import would add and change. */
export interface ImportPlan {
  readonly held: Held;
  /** In the order in which they can be written. */
  readonly tables: readonly Plan[];
  readonly scores: ScorePlan;
}

/** Checks a folder against itself and what the database holds, and says what an import changes; faults are added to `faults`. */
export async function planImport(query: Query, folder: Folder, faults: Faults, now: number): Promise<ImportPlan> {
  return plan({ folder, held: await readHeld(query, folder.dataset.domain.slug), faults, now }, query);
}

/** Checks a folder by itself, as if it were imported into an empty database; faults are added to `faults`. */
export async function checkFolder(folder: Folder, faults: Faults, now: number): Promise<void> {
  await plan({ folder, held: NOTHING_HELD, faults, now }, () => Promise.resolve([]));
}

async function plan(given: Merge, query: Query): Promise<ImportPlan> {
  const references = mergeReferences(given);
  const merge = { ...given, held: references.held };
  const domain = mergeDomain(merge);
  const accounts = mergeAccounts(merge);
  const tree = mergeBenchmarks(merge);
  const versions = mergeVersions(merge, tree);
  const files = mergeFiles(merge);
  const models = mergeModels(merge);
  const submissions = mergeSubmissions(merge);
  const scores = await mergeScores(merge, { tree, versions, find: models.find }, query);
  return {
    held: merge.held,
    tables: [domain, accounts, references.plan, tree.plan, versions.plan, files, models.plan, submissions],
    scores,
  };
}
