import { isWebAddress } from "../../database/texts";
import { readUrl } from "../../subgraphs/citations/read-url";
import { type AccountRow, type ModelRow, type SubmissionRow } from "../dataset";
import { keyOf } from "../held";
import { domainOf } from "./domain-of";
import { fitRow } from "./fit-row";
import { followLink } from "./follow-link";
import { type Journal } from "./journal";
import { type Source, type SourceRow } from "./source";
import { valuesOf } from "./values-of";

/** A model of the source. */
export interface MappedModel {
  readonly domain: string;
  readonly row: ModelRow;
  readonly at: number;
  /** Key of its reference in the source. */
  readonly reference: string | null | undefined;
  /** The submission that it came with; null if there is none, or it is of another account than the model. */
  readonly submission: SubmissionRow | null;
}

/** The models by their keys in the source, and what is known of their owners and submissions. */
export interface MappedModels {
  readonly models: ReadonlyMap<string, MappedModel>;
  /** By account key. */
  readonly accounts: ReadonlyMap<string, { readonly row: AccountRow; readonly at: number }>;
  /** Where submissions stand, by their keys. */
  readonly submissionPlaces: ReadonlyMap<string, number>;
}

/** The models of the source. Of two of one name and owner one is left out; of two public ones of one name the later one becomes private. */
export function mapModels(source: Source, journal: Journal, domains: ReadonlySet<string>): MappedModels {
  const accounts = mapAccounts(source, journal);
  const submissions = mapSubmissions(source, journal, accounts);
  const users = new Map(source.rows.user.map((row) => [row.key, row]));
  const references = new Map(source.rows.reference.map((row) => [row.key, row]));
  const metas = new Map(source.rows.modelmeta.map((row) => [typeof row.links.model === "string" ? row.links.model : row.key, row]));
  const found: (MappedModel & { key: string })[] = [];
  for (const row of source.rows.model) {
    const where = (): string => source.placeOf("model", row.at);
    const domain = domainOf(row, where, journal);
    if (!domains.has(domain)) {
      journal.leaveOut("a model of a domain without benchmarks", where, `${String(row.values.name)} of ${domain}`);
      continue;
    }
    const owner = followLink(row.links.owner, users, { what: "an owner who is not there: the model has none", where, journal });
    const cites = followLink(row.links.reference, references, {
      what: "a reference that is not there: the model cites none",
      where,
      journal,
    });
    const link = row.links.submission;
    const came = typeof link === "string" ? submissions.get(link) : undefined;
    if (link && !came) journal.leaveOut("a submission that is not there", where, typeof link === "string" ? link : link.unknown);
    const accountKey = owner === undefined ? undefined : owner === null ? null : accountOf(owner);
    const given = modelOf(row, metas.get(row.key), { source, journal, owner: accountKey, submittedAt: came?.row.submitted_at });
    const fitted = fitRow("models", given, { journal, where });
    if ("unfit" in fitted) {
      journal.leaveOut(`a model whose ${fitted.unfit.column} is not ${fitted.unfit.expected}, with its scores`, where, fitted.unfit.got);
      continue;
    }
    const isOwn = came !== undefined && came.row.owner === accountKey;
    if (came && !isOwn) journal.leaveOut("a submission of another account than the model's: its time is kept", where, came.row.key);
    found.push({ key: row.key, domain, row: fitted.row, at: row.at, reference: cites, submission: isOwn ? came.row : null });
  }
  const models = new Map(distinguish(found, source, journal).map(({ key, ...model }) => [key, model]));
  const submissionPlaces = new Map([...submissions.values()].map(({ row, at }) => [row.key, at]));
  return { models, accounts, submissionPlaces };
}

const accountOf = (userKey: string): string => `user-${userKey}`;

function mapAccounts(source: Source, journal: Journal): Map<string, { row: AccountRow; at: number }> {
  const accounts = new Map<string, { row: AccountRow; at: number }>();
  for (const row of source.rows.user) {
    const where = (): string => source.placeOf("user", row.at);
    const name = valuesOf(row, where, journal).text("display_name")?.trim();
    const isAddress = name !== undefined && /.@./.test(name);
    if (isAddress) journal.repair("a display name that is an e-mail address: unknown", where, name);
    const given = { key: accountOf(row.key), display_name: isAddress ? null : name === undefined ? undefined : name || null };
    const fitted = fitRow("accounts", given, { journal, where });
    if ("unfit" in fitted) journal.leaveOut(`a user whose key is not ${fitted.unfit.expected}`, where, fitted.unfit.got);
    else accounts.set(fitted.row.key, { row: fitted.row, at: row.at });
  }
  return accounts;
}

function mapSubmissions(
  source: Source,
  journal: Journal,
  accounts: ReadonlyMap<string, unknown>,
): Map<string, { row: SubmissionRow; at: number }> {
  const users = new Map(source.rows.user.map((row) => [row.key, row]));
  const submissions = new Map<string, { row: SubmissionRow; at: number }>();
  for (const row of source.rows.submission) {
    const where = (): string => source.placeOf("submission", row.at);
    const submitter = followLink(row.links.submitter, users, { what: "a submitter who is not there", where, journal });
    const owner = typeof submitter === "string" ? accountOf(submitter) : null;
    const submittedAt = valuesOf(row, where, journal).instant("timestamp");
    if (owner === null || !accounts.has(owner) || !submittedAt) {
      journal.leaveOut("a submission without a submitter or a time", where, row.key);
      continue;
    }
    const fitted = fitRow("submissions", { key: `submission-${row.key}`, owner, submitted_at: submittedAt }, { journal, where });
    if ("unfit" in fitted)
      journal.leaveOut(`a submission whose ${fitted.unfit.column} is not ${fitted.unfit.expected}`, where, fitted.unfit.got);
    else submissions.set(row.key, { row: fitted.row, at: row.at });
  }
  return submissions;
}

function modelOf(
  row: SourceRow,
  meta: SourceRow | undefined,
  told: { source: Source; journal: Journal; owner: string | null | undefined; submittedAt: string | null | undefined },
): ModelRow {
  const { source, journal } = told;
  const values = valuesOf(row, () => source.placeOf("model", row.at), journal);
  const more = meta && valuesOf(meta, () => source.placeOf("modelmeta", meta.at), journal);
  const name = values.text("name");
  if (name && name !== name.trim()) journal.repair("a name with spaces at its edges: without them", values.where, name);
  const isPublic = values.truth("public") ?? null;
  if (isPublic === null) journal.repair("a model of which it is not said whether it is public: private", values.where, name);
  const address = (column: string): string | null | undefined => {
    const text = more?.text(column);
    return typeof text === "string" && !isWebAddress(text) ? (readUrl(text) ?? text) : text;
  };
  return {
    name: name?.trim() ?? "",
    public: isPublic ?? false,
    owner: told.owner,
    submitted_at: told.submittedAt ?? null,
    competition: values.text("competition"),
    group: values.text("group"),
    visual_degrees: values.number("visual_degrees"),
    architecture: more?.text("architecture"),
    family: more?.text("model_family"),
    parameters: more?.number("total_parameter_count"),
    trainable_parameters: more?.number("trainable_parameter_count"),
    layers: more?.number("total_layers"),
    trainable_layers: more?.number("trainable_layers"),
    size_megabytes: more?.number("model_size_mb"),
    training_dataset: more?.text("training_dataset"),
    task_specialization: more?.text("task_specialization"),
    runnable: more?.truth("runnable"),
    source_url: address("brainscore_link"),
    hugging_face_url: address("hugging_face_link"),
    notes: more?.text("extra_notes"),
  };
}

/** A name is unique among the public models of a domain, and among those of one owner (§10). The source's order decides, public ones first. */
function distinguish(
  found: readonly (MappedModel & { key: string })[],
  source: Source,
  journal: Journal,
): (MappedModel & { key: string })[] {
  const names = new Set<string>();
  const owned = new Set<string>();
  const kept: (MappedModel & { key: string })[] = [];
  for (const isPublic of [true, false])
    for (const model of found) {
      const { domain, row, at } = model;
      if (row.public !== isPublic) continue;
      const where = (): string => source.placeOf("model", at);
      const own = keyOf(domain, row.name, row.owner);
      if (owned.has(own)) {
        journal.leaveOut("a model whose owner has another of its name, with its scores", where, row.name);
        continue;
      }
      owned.add(own);
      const isTaken = row.public && names.has(keyOf(domain, row.name));
      if (isTaken) journal.repair("a public model whose name another public model has: private", where, row.name);
      if (row.public) names.add(keyOf(domain, row.name));
      kept.push(isTaken ? { ...model, row: { ...row, public: false } } : model);
    }
  const order = new Map(found.map(({ key }, index) => [key, index]));
  return kept.sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
}
