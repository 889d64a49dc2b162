import { groupBy } from "../board/group-by";
import { type Query } from "../database/write-rows";
import { checkScores, type Ground, type PlacedScore } from "./check-scores";
import { TABLES } from "./columns";
import { type ScoreRow } from "./dataset";
import { byKey, keyOf, keyOfScore, readHeldScores, type KeptScore } from "./held";
import { matchScores } from "./match-scores";
import { type Merge } from "./merge";

/** What tells the observations that count apart, as a fault says it. */
const KEY = TABLES.scores.key.join(", ");

/** Models whose observations are read at a time. */
const MODELS = 100;

/** An observation to add; `earlier` counts those of the same key that were registered before it. */
export interface AddedScore extends PlacedScore {
  readonly earlier: number;
}

/** What scores.csv does. */
export interface ScorePlan {
  readonly added: readonly AddedScore[];
  readonly changed: readonly { readonly kept: KeptScore; readonly placed: PlacedScore; readonly isRetraction: boolean }[];
  readonly unchanged: number;
  /** Those of the unchanged that the folder has as counting and the database as retracted. */
  readonly leftRetracted: number;
}

/** The observations. Rows of models that are new are all new; the others are matched to what the database has, some models at a time. */
export async function mergeScores(merge: Merge, ground: Ground, query: Query): Promise<ScorePlan> {
  const placed = checkScores(merge, ground);
  const added: AddedScore[] = [];
  const changed: { kept: KeptScore; placed: PlacedScore; isRetraction: boolean }[] = [];
  let leftRetracted = 0;

  const matchModel = (scores: readonly PlacedScore[], held: readonly KeptScore[]): void => {
    const heldByKey = groupBy(held, keyOfScore);
    for (const [key, group] of groupBy(scores, ({ key }) => key)) {
      const [first, ...repeats] = group.filter(({ row }) => !row.retracted_at);
      for (const { line } of repeats) merge.faults.add("scores.csv", line, "ended_at", `the same ${KEY} as line ${first.line}`);
      if (repeats.length > 0) continue;
      const same = heldByKey.get(key) ?? [];
      let earlier = same.length;
      const outcomes = matchScores(
        group.map(({ row }) => row),
        same,
      );
      for (const [index, outcome] of outcomes.entries()) {
        const score = group[index];
        if (outcome.is === "new") added.push({ ...score, earlier: earlier++ });
        else if (outcome.is === "fault") merge.faults.add("scores.csv", score.line, outcome.column, outcome.message);
        else if (outcome.is === "retracted") changed.push({ kept: outcome.kept, placed: score, isRetraction: true });
        else if (saysOther(score.row, outcome.kept)) changed.push({ kept: outcome.kept, placed: score, isRetraction: false });
        if (outcome.is === "left retracted") leftRetracted++;
      }
    }
  };

  const byModel = [...groupBy(placed, ({ model }) => model)];
  for (const [model, scores] of byModel) if (!model.kept) matchModel(scores, []);
  const known = byModel.flatMap(([model, scores]) => (model.kept ? [{ kept: model.kept, scores }] : []));
  for (let start = 0; start < known.length; start += MODELS) {
    const chunk = known.slice(start, start + MODELS);
    const held = byKey(
      await readHeldScores(
        query,
        chunk.map(({ kept }) => kept),
      ),
      ({ modelPk }) => modelPk,
    );
    for (const { kept, scores } of chunk) matchModel(scores, held.get(keyOf(kept.pk)) ?? []);
  }
  return { added, changed, unchanged: placed.length - added.length - changed.length, leftRetracted };
}

const saysOther = (row: ScoreRow, kept: KeptScore): boolean =>
  (["comment", "submission"] as const).some((column) => row[column] !== undefined && row[column] !== kept[column]);
