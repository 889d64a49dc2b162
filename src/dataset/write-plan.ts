import { setImmediate } from "node:timers/promises";
import { type Append } from "../database/append-facts";
import { freeIds } from "../database/free-id";
import { idOf, type Kind } from "../database/identify";
import { type Query } from "../database/write-rows";
import { invariant } from "../errors";
import { keyOf, type Held } from "./held";
import { type Change, type FolderTable, type Plan } from "./merge";
import { type ScorePlan } from "./merge-scores";

/** Observations that are written at a time. */
const CHUNK = 5_000;

const KINDS: Readonly<Record<FolderTable, Kind>> = {
  domain: "Domain",
  account: "Account",
  reference: "Reference",
  benchmark: "Benchmark",
  benchmark_version: "BenchmarkVersion",
  sample_file: "SampleFile",
  model: "Model",
  submission: "Submission",
  observation: "Observation",
};

/** Which table a column of pks points into. */
const LINKED: Readonly<Record<string, FolderTable>> = {
  domain_pk: "domain",
  reference_pk: "reference",
  parent_pk: "benchmark",
  benchmark_pk: "benchmark",
  owner_pk: "account",
  account_pk: "account",
};

interface Fact {
  readonly pk: number;
  readonly id: string;
}

/** Where facts are found by their natural keys: those that were there, and those that were just added. */
export type Places = Record<FolderTable, Map<string, Fact>>;

/** The facts that the database holds. Models are found by the key that they have after the merge, which `writePlan` is told. */
export function placesOf(held: Held): Places {
  return {
    domain: new Map(held.domain ? [[held.domain.slug, held.domain]] : []),
    account: new Map(held.accounts.map((fact) => [fact.key, fact])),
    reference: new Map(held.references.map((fact) => [fact.key, fact])),
    benchmark: new Map(held.benchmarks.map((fact) => [fact.identifier, fact])),
    benchmark_version: new Map(held.versions.map((fact) => [keyOf(fact.benchmark, fact.version), fact])),
    sample_file: new Map(),
    model: new Map(),
    submission: new Map(held.submissions.map((fact) => [keyOf(fact.owner, fact.key), fact])),
    observation: new Map(),
  };
}

/** Lets uniqueness be broken within the transaction, as when roots change places. */
export const deferUniqueness = (query: Query): Promise<unknown> => query("SET CONSTRAINTS ALL DEFERRED");

/**
 * Writes what a plan adds and changes to one table. Parents are added before their children. Of models, what becomes private goes first and
 * what is added last, so that a public name is free before it is taken.
 */
export async function writePlan(append: Append, { table, changes }: Plan, places: Places): Promise<void> {
  const changed = changes.flatMap((change) => (change.pk === null ? [] : [{ ...change, pk: change.pk }]));
  const change = async (those: readonly (Change & { pk: number })[]): Promise<void> => {
    if (those.length > 0)
      await append.change(
        table,
        those.map((each) => ({ pk: each.pk, ...rowOf(each, places) })),
      );
  };
  if (table === "model") {
    await change(changed.filter(({ values }) => values.is_public === false));
    await change(changed.filter(({ values }) => values.is_public !== false));
  }
  let waiting = changes.filter(({ pk }) => pk === null);
  while (waiting.length > 0) {
    const ready = waiting.filter(({ links }) => typeof links.parent_pk !== "string" || places.benchmark.has(links.parent_pk));
    invariant(ready.length > 0, `no place for ${waiting[0].key} in ${table}`);
    await add(append, table, ready, places);
    const done = new Set(ready);
    waiting = waiting.filter((each) => !done.has(each));
  }
  if (table !== "model") await change(changed);
}

async function add(append: Append, table: FolderTable, changes: readonly Change[], places: Places): Promise<void> {
  const ids = await freeIds(
    append,
    table,
    KINDS[table],
    changes.map(({ naturalKey }) => naturalKey),
  );
  const rows = changes.map((change, index) => ({
    id: ids[index],
    ...(table === "account" ? { contributor_id: idOf(append.idKey, "Contributor", ...change.naturalKey) } : {}),
    ...rowOf(change, places),
  }));
  const pks = await append.add(table, rows);
  for (const [index, { key }] of changes.entries()) places[table].set(key, { pk: pks[index], id: rows[index].id });
}

const rowOf = ({ values, links }: Change, places: Places): Record<string, unknown> => ({
  ...values,
  ...Object.fromEntries(Object.entries(links).map(([column, key]) => [column, key === null ? null : pkOf(places[LINKED[column]], key)])),
});

function pkOf(facts: ReadonlyMap<string, Fact>, key: string): number {
  const fact = facts.get(key);
  invariant(fact, `${key} has no place`);
  return fact.pk;
}

/** Writes observations, some at a time; `onWritten` is told how many of them. */
export async function writeScores(append: Append, plan: ScorePlan, places: Places, onWritten: (count: number) => void): Promise<void> {
  const submissionOf = (key: string | null | undefined): { submission_pk?: number | null } =>
    key === undefined ? {} : { submission_pk: key === null ? null : pkOf(places.submission, key) };
  // Most instants are of whole seconds, and a Date for each would be a tenth of the work.
  const iso = (instant: string | null | undefined): string | null =>
    !instant ? null : instant.length === "2021-03-01T08:30:00Z".length ? instant.replace("Z", ".000Z") : new Date(instant).toISOString();

  for (let start = 0; start < plan.changed.length; start += CHUNK) {
    const chunk = plan.changed.slice(start, start + CHUNK);
    const rows = chunk.map(({ kept, placed: { row, submission } }) => ({
      pk: kept.pk,
      comment: row.comment === undefined ? kept.comment : row.comment,
      retracted_at: row.retracted_at ?? kept.retracted_at,
      retraction_reason: row.retraction_reason ?? kept.retraction_reason,
      ...submissionOf(submission),
    }));
    await append.change("observation", rows);
    onWritten(rows.length);
  }
  const addedRows = (start: number): Record<string, unknown>[] =>
    plan.added.slice(start, start + CHUNK).map(({ row, model, submission, earlier }) => {
      const of = places.model.get(model.key) ?? model.kept;
      const version = places.benchmark_version.get(keyOf(row.benchmark, row.version));
      invariant(of && version, `no place for an observation of ${model.name} on ${row.benchmark}`);
      return {
        id: idOf(append.idKey, "Observation", of.id, version.id, iso(row.started_at), iso(row.ended_at), earlier),
        model_pk: of.pk,
        version_pk: version.pk,
        raw: row.raw ?? null,
        ceiled: row.ceiled ?? null,
        error: row.error ?? null,
        is_failed: row.failed ?? false,
        started_at: row.started_at ?? null,
        ended_at: row.ended_at ?? null,
        comment: row.comment ?? null,
        retracted_at: row.retracted_at ?? null,
        retraction_reason: row.retraction_reason ?? null,
        ...submissionOf(submission ?? null),
      };
    });
  // While the database writes some, the next are made ready.
  let rows = addedRows(0);
  for (let start = CHUNK; rows.length > 0; start += CHUNK) {
    const [, next] = await Promise.all([append.add("observation", rows), setImmediate().then(() => addedRows(start))]);
    onWritten(rows.length);
    rows = next;
  }
}
