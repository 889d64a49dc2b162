import { groupBy } from "../board/group-by";
import { type createDataSource } from "../database/data-source";
import { type Query } from "../database/write-rows";
import { atRevision } from "../database/at-revision";
import { type FactTable } from "../database/fact-tables";
import { badInput, ExpectedError, notFound } from "../errors";
import { chooseSubmission } from "./choose-submission";
import { type AccountRow, type Dataset, type FileRow, type SubmissionRow } from "./dataset";
import { isPath } from "./cells";
import { withFolderKeys } from "./folder-keys";
import { refuseOtherDomain } from "./refuse-other-domain";
import { readHeld, readHeldScores, type Held, type KeptModel, type KeptReference, type KeptScore } from "./held";
import { writeDataset } from "./write-dataset";

type Database = Awaited<ReturnType<typeof createDataSource>>;

/** What is exported. */
export interface ExportOptions {
  /** Slug of the domain. Default: the only one there is. */
  readonly domain?: string;
  /** True takes what outsiders may not see too: private models, comments, submissions, references that nothing public cites. Default false. */
  readonly includesPrivate?: boolean;
  /** Name of a release of the domain: the public facts as they stood when it was made. Default: as they are now. */
  readonly release?: string;
}

/** What an export wrote. */
export interface ExportReport {
  readonly domain: string;
  /** Last revision of the snapshot; with a release, the one that it names. */
  readonly revision: number;
  readonly models: number;
  readonly observations: number;
  /** Submissions that were left out, because a folder cannot say which account's they are. */
  readonly ambiguousSubmissions: number;
}

const MODELS = 100;

/**
 * Writes a domain as it is now, or as a release has it, into a folder, read in one snapshot. Throws NOT_FOUND for an unknown domain or
 * release, and BAD_USER_INPUT if no domain is named and there are several, or if private models are asked for of a release, or if the folder holds another
 * domain's data set.
 */
export async function exportDataset(database: Database, folder: string, options: ExportOptions = {}): Promise<ExportReport> {
  const { dataset, ...report } = await readDatabase(database, options);
  await refuseOtherDomain(folder, dataset.domain.slug);
  await writeDataset(folder, dataset);
  return report;
}

/** Reads a domain as it is now, or as a release has it, in one snapshot. Throws as `exportDataset` does. */
export function readDatabase(database: Database, options: ExportOptions = {}): Promise<ExportReport & { dataset: Dataset }> {
  return database.transaction("REPEATABLE READ", async (manager) => {
    await manager.query("SET TRANSACTION READ ONLY");
    const query: Query = (sql, parameters) => manager.query(sql, parameters);
    const slug = options.domain ?? (await onlyDomain(query));
    if (options.release === undefined) {
      const [{ last_revision: revision }] = await query("SELECT last_revision FROM ledger");
      return read(query, slug, revision, options.includesPrivate ?? false);
    }
    if (options.includesPrivate) throw badInput("A release covers what was public when it was made: it has no private models.");
    const revision = await revisionOf(query, slug, options.release);
    return read(asAt(query, revision), slug, revision, false);
  });
}

async function revisionOf(query: Query, slug: string, release: string): Promise<number> {
  const [domain]: { pk: number }[] = await query("SELECT pk FROM domain WHERE slug = $1", [slug]);
  if (!domain) throw notFound("domain", slug);
  const [found]: { revision: number }[] = await query(`SELECT at_revision AS "revision" FROM release WHERE domain_pk = $1 AND name = $2`, [
    domain.pk,
    release,
  ]);
  if (!found) throw notFound("release", release);
  return found.revision;
}

/** The tables that an export reads. */
const TABLES: readonly FactTable[] = [
  "domain",
  "account",
  "reference",
  "benchmark",
  "benchmark_version",
  "sample_file",
  "model",
  "submission",
  "observation",
];

/** Every SELECT as it would have been answered at a revision. */
const asAt =
  (query: Query, revision: number): Query =>
  (sql, parameters = []) =>
    query(`${atRevision(TABLES, parameters.length + 1)} ${sql}`, [...parameters, revision]);

/** What of a score only the owner of its model and admins may read, or who handed it in (§10). */
const FOR_OWNERS = { comment: null, submission: null, submissionPk: null };

async function read(query: Query, slug: string, revision: number, includesPrivate: boolean): Promise<ExportReport & { dataset: Dataset }> {
  const held = withFolderKeys(await readHeld(query, slug));
  if (!held.domain) throw notFound("domain", slug);
  const models = held.models.filter((model) => includesPrivate || model.public);
  const scores: KeptScore[] = [];
  for (let start = 0; start < models.length; start += MODELS)
    for (const score of await readHeldScores(query, models.slice(start, start + MODELS)))
      scores.push(includesPrivate ? score : { ...score, ...FOR_OWNERS });
  const samples = held.versions.flatMap(({ benchmark, version, samples: own }) => own.map((sample) => ({ benchmark, version, ...sample })));
  const paths = new Set(samples.flatMap(({ url }) => (isPath(url) ? url : [])));
  const files: FileRow[] = await query(`SELECT path, content FROM sample_file WHERE domain_pk = $1 AND path = ANY ($2)`, [
    held.domain.pk,
    [...paths],
  ]);
  const people = await peopleOf(query, held, models, scores, includesPrivate);
  const { usage, name, license, notes, references } = held.domain;
  const dataset: Dataset = {
    name: held.domain.dataset_name ?? name,
    license,
    notes,
    domain: { slug, name, usage, references },
    roots: held.benchmarks
      .filter(({ root }) => root !== null)
      .sort((a, b) => (a.root as number) - (b.root as number))
      .map(({ identifier, isRaw }) => ({ benchmark: identifier, raw: isRaw })),
    benchmarks: held.benchmarks,
    versions: held.versions,
    samples,
    accounts: people.accounts,
    models,
    layers: models.flatMap(({ name: model, owner, commitments }) => commitments.map((commitment) => ({ model, owner, ...commitment }))),
    submissions: people.submissions,
    scores: scores.map((score) => (people.ambiguous.has(score) ? { ...score, submission: null } : score)),
    references: referencesOf(held, models, includesPrivate),
    files,
  };
  return {
    dataset,
    domain: slug,
    revision,
    models: models.length,
    observations: scores.length,
    ambiguousSubmissions: people.ambiguous.size,
  };
}

/** With private models all references; else those that the domain, a benchmark or a model of the folder cites (§10). */
function referencesOf({ domain, benchmarks, references }: Held, exported: readonly KeptModel[], includesPrivate: boolean): KeptReference[] {
  const cited = new Set([...(domain?.references ?? []), ...[...benchmarks, ...exported].map(({ reference }) => reference)]);
  return references.filter(({ key }) => includesPrivate || cited.has(key));
}

interface People {
  readonly accounts: AccountRow[];
  readonly submissions: SubmissionRow[];
  /** Scores whose submission the folder cannot name. */
  readonly ambiguous: ReadonlySet<KeptScore>;
}

/** The submissions of the scores, and the owners of these and of the models; with private ones also who has neither, and what is of nothing. */
async function peopleOf(
  query: Query,
  held: Held,
  models: readonly KeptModel[],
  scores: readonly KeptScore[],
  includesPrivate: boolean,
): Promise<People> {
  const idle = includesPrivate
    ? {
        accounts: await query(`SELECT pk FROM account WHERE NOT EXISTS (SELECT FROM model WHERE owner_pk = account.pk)`),
        submissions: await query(
          `SELECT pk FROM submission WHERE NOT EXISTS (SELECT FROM observation WHERE submission_pk = submission.pk)`,
        ),
      }
    : { accounts: [], submissions: [] };
  const used = new Set([...scores.map(({ submissionPk }) => submissionPk), ...idle.submissions.map(({ pk }) => pk)]);
  const submissions = held.submissions.filter(({ pk }) => used.has(pk));
  const owners = new Set([...models, ...submissions].map(({ owner }) => owner));
  const idleAccounts = new Set(idle.accounts.map(({ pk }) => pk));
  const byName = groupBy(submissions, ({ key }) => key);
  const isLost = ({ submission, submissionPk, owner }: KeptScore): boolean =>
    typeof submission === "string" && chooseSubmission(byName.get(submission) ?? [], owner)?.pk !== submissionPk;
  return {
    accounts: held.accounts.filter(({ pk, key }) => owners.has(key) || idleAccounts.has(pk)),
    submissions,
    ambiguous: new Set(scores.filter(isLost)),
  };
}

async function onlyDomain(query: Query): Promise<string> {
  const domains: { slug: string }[] = await query("SELECT slug FROM domain ORDER BY slug");
  if (domains.length === 1) return domains[0].slug;
  const slugs = domains.map(({ slug }) => slug).join(", ");
  throw new ExpectedError(
    "BAD_USER_INPUT",
    slugs ? `Say which domain with --domain: ${slugs}.` : "The database has no domain yet: import a data set first.",
  );
}
