import { quote } from "../../federation/check-input";
import type { Writing } from "../../federation/mutate";
import { checkScore } from "./check-score";
import { findModels, type ScoredModel } from "./find-models";
import { findVersions, type LeafVersion } from "./find-versions";
import type { ScoreInput } from "./score-input";

type Refusal = Parameters<Writing["refuse"]>;

/** A score with what it is of. */
export interface PlacedScore {
  /** Its place in the input. */
  readonly index: number;
  readonly score: ScoreInput;
  readonly model: ScoredModel;
  readonly version: LeafVersion;
  /** False if something is wrong with it. */
  readonly isSound: boolean;
}

export interface PlacedScores {
  /** Those whose model and version are there, in the order of the input. */
  readonly placed: readonly PlacedScore[];
  /** What is wrong with the input, as `Writing.refuse` takes it. */
  readonly faults: readonly Refusal[];
}

/** Finds what each score of an input is of and checks it, by itself and among the others. `now`: an end after it is in the future. */
export async function placeScores(writing: Writing, domainPk: number, scores: readonly ScoreInput[], now: Date): Promise<PlacedScores> {
  const texts = scores.map(({ model }) => model);
  const findModel = await findModels(writing, domainPk, texts);
  const identifiers = scores.map(({ benchmark }) => benchmark);
  const findBenchmark = await findVersions(writing.query, domainPk, identifiers);

  const placed: PlacedScore[] = [];
  const faults: Refusal[] = [];
  const seen = new Map<string, number>();
  scores.forEach((score, index) => {
    const before = faults.length;
    const refuse = (code: Refusal[0], field: keyof ScoreInput, message: string) => faults.push([code, ["scores", index, field], message]);

    const model = findModel(score.model);
    if (model === null) refuse("NOT_FOUND", "model", `There is no model ${quote(score.model)}.`);
    else if (model === "several") refuse("INVALID", "model", `Several accounts have a model ${quote(score.model)}: give its id.`);
    else if (!model.isOwn) refuse("NOT_ALLOWED", "model", `The model ${quote(score.model)} is not yours.`);

    const benchmark = findBenchmark(score.benchmark);
    const version = benchmark?.versions.get(score.version);
    if (!benchmark) refuse("NOT_FOUND", "benchmark", `There is no benchmark ${quote(score.benchmark)}.`);
    else if (!benchmark.isLeaf) refuse("INVALID", "benchmark", `Expected a leaf, got the parent ${quote(score.benchmark)}.`);
    else if (!version) refuse("NOT_FOUND", "version", `There is no version ${score.version} of ${quote(score.benchmark)}.`);

    for (const { field, message } of checkScore(score, now)) refuse("INVALID", field, message);
    if (model === null || model === "several" || !version) return;

    const key = observationKey({ score, model, version });
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else refuse("INVALID", "endedAt", `The same model, benchmark, version, startedAt and endedAt as scores.${first}.`);
    placed.push({ index, score, model, version, isSound: faults.length === before });
  });
  return { placed, faults };
}

/** What tells the observations that count apart: of one model on one version, of one time. */
export const observationKey = ({ score, model, version }: Pick<PlacedScore, "score" | "model" | "version">): string =>
  `${model.pk}/${version.pk}/${score.startedAt?.getTime() ?? ""}/${score.endedAt.getTime()}`;
