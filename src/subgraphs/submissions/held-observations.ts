import type { Query } from "../../database/write-rows";
import { observationKey, type PlacedScore } from "./place-scores";
import type { ScoreInput } from "./score-input";

/** What the database holds under the key of a score. */
export interface Held {
  /** Observations of this key, retracted ones too. */
  readonly count: number;
  /** The one that is not retracted. */
  readonly counting: HeldObservation | null;
}

interface HeldObservation {
  readonly raw: number | null;
  readonly ceiled: number | null;
  readonly error: number | null;
  readonly failed: boolean;
  readonly comment: string | null;
}

type Row = HeldObservation & {
  readonly modelPk: number;
  readonly versionPk: number;
  readonly startedAt: number | null;
  readonly endedAt: number;
  readonly isRetracted: boolean;
};

// However many runs a cell has, only those that end when one of the given ones does are looked at.
const HELD = `
  SELECT model_pk AS "modelPk", version_pk AS "versionPk", raw, ceiled, error, is_failed AS "failed", comment,
    round(extract(epoch FROM started_at) * 1000)::float8 AS "startedAt", round(extract(epoch FROM ended_at) * 1000)::float8 AS "endedAt",
    retracted_at IS NOT NULL AS "isRetracted"
  FROM observation
  WHERE (model_pk, version_pk) IN (SELECT * FROM unnest($1::int[], $2::int[])) AND ended_at = ANY ($3::timestamptz[])`;

const NOTHING: Held = { count: 0, counting: null };

/** Reads what the database holds under the keys of scores, which are sound. */
export async function readHeld(query: Query, scores: readonly PlacedScore[]): Promise<(score: PlacedScore) => Held> {
  if (scores.length === 0) return () => NOTHING;
  const cells = new Map(scores.map(({ model, version }) => [`${model.pk}/${version.pk}`, { model, version }]));
  const rows: Row[] = await query(HELD, [
    [...cells.values()].map(({ model }) => model.pk),
    [...cells.values()].map(({ version }) => version.pk),
    [...new Set(scores.map(({ score }) => score.endedAt.toISOString()))],
  ]);
  const held = new Map<string, Held>();
  for (const row of rows) {
    const key = `${row.modelPk}/${row.versionPk}/${row.startedAt ?? ""}/${row.endedAt}`;
    const { count, counting } = held.get(key) ?? NOTHING;
    held.set(key, { count: count + 1, counting: row.isRetracted ? counting : row });
  }
  return (score) => held.get(observationKey(score)) ?? NOTHING;
}

const NUMBERS = ["raw", "ceiled", "error"] as const;

/** True if a score says nothing but what is held: the same outcome, and no other comment. */
export const saysTheSame = (score: ScoreInput, held: HeldObservation): boolean =>
  NUMBERS.every((name) => (score[name] ?? null) === held[name]) &&
  (score.failed ?? false) === held.failed &&
  (score.comment == null || score.comment === held.comment);

/** What a score is told that says something else than what is held. */
export function tellOther(score: ScoreInput, held: HeldObservation): string {
  const told = (outcome: Omit<HeldObservation, "comment"> | ScoreInput): string =>
    outcome.failed ? "failed" : NUMBERS.map((name) => `${name} ${outcome[name] ?? "unknown"}`).join(", ");
  const [here, there] = [told(score), told(held)];
  return here === there
    ? "This observation is held with another comment: leave the comment out, or retract the observation and add the new one."
    : `This observation is held with other numbers (${there}; here ${here}): retract it and add the new one.`;
}
