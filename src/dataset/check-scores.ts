import { groupBy } from "../board/group-by";
import { type ScoreRow } from "./dataset";
import { quote, type Faults } from "./faults";
import { chooseSubmission, type SubmissionName } from "./choose-submission";
import { keyOf, keyOfScore } from "./held";
import { type MergedTree } from "./merge-benchmarks";
import { type FindModel, type MergedModel } from "./merge-models";
import { type Merge } from "./merge";
import { type MergedVersions } from "./merge-versions";

const FILE = "scores.csv";

/** What the other files and the database say that observations rest on. */
export interface Ground {
  readonly tree: MergedTree;
  readonly versions: MergedVersions;
  readonly find: FindModel;
}

/** What a row of scores.csv is of: its model, and the key (account, key) of its submission. */
export interface PlacedScore {
  readonly row: ScoreRow;
  readonly line: number;
  readonly model: MergedModel;
  /** What `keyOfScore` gives: with the model it is the key of an observation. */
  readonly key: string;
  /** Null for none, undefined if the file has no such column. */
  readonly submission: string | null | undefined;
}

/** Checks every row of scores.csv by itself and against what it names. A name that is not known is told once, with its first line. */
export function checkScores(merge: Merge, ground: Ground): PlacedScore[] {
  const { folder, held, faults, now } = merge;
  const rows = folder.dataset.scores;
  const unknown = new Unknowns(faults);
  const findModel = remembered(
    (row: ScoreRow) => keyOf(row.model, row.owner),
    ({ model, owner }) => ground.find(model, owner),
  );
  const findVersion = remembered(
    ({ benchmark, version }: ScoreRow) => keyOf(benchmark, version),
    (row) => wrongPlace(row, ground),
  );
  const findSubmission = submissionFinder(folder.dataset.submissions, held.submissions);
  const placed: PlacedScore[] = [];
  for (const [index, row] of rows.entries()) {
    const line = folder.lines.scores[index];
    checkNumbers(row, line, faults, now);
    const model = findModel(row);
    const place = findVersion(row);
    if (place) unknown.add(line, ...place);
    if (typeof model === "string") {
      unknown.add(line, "model", model);
      continue;
    }
    const submission = row.submission ? findSubmission(row.submission, model.owner) : row.submission;
    if (submission === false) unknown.add(line, "submission", `expected a key of submissions.csv, got ${quote(String(row.submission))}`);
    else placed.push({ row, line, model, key: keyOfScore(row), submission });
  }
  unknown.tell();
  return placed;
}

function checkNumbers(row: ScoreRow, line: number, faults: Faults, now: number): void {
  const { raw, ceiled, error, failed, started_at, ended_at, retracted_at, retraction_reason } = row;
  const given = [raw, ceiled, error].some((value) => (value ?? null) !== null);
  if (failed && given) faults.add(FILE, line, "failed", "expected no raw, ceiled and error, as the run failed");
  const end = ended_at ? Date.parse(ended_at) : null;
  if (end !== null && end > now) faults.add(FILE, line, "ended_at", `expected an end that is not in the future, got ${ended_at}`);
  if (started_at && end !== null && Date.parse(started_at) > end)
    faults.add(FILE, line, "ended_at", `expected an end that is not before the start ${started_at}, got ${ended_at}`);
  if (retraction_reason && !retracted_at) faults.add(FILE, line, "retraction_reason", "expected retracted_at too");
}

function wrongPlace({ benchmark, version }: ScoreRow, { tree, versions }: Ground): [column: string, message: string] | null {
  if (!tree.nodes.has(benchmark)) return ["benchmark", `expected a benchmark that is known, got ${quote(benchmark)}`];
  if (tree.parents.has(benchmark)) return ["benchmark", `expected a leaf, got the parent ${quote(benchmark)}`];
  if (!versions.keys.has(keyOf(benchmark, version)))
    return ["version", `expected a version that is known, got version ${version} of ${quote(benchmark)}`];
  return null;
}

/** The key of the submission that a row means, of those of the folder, else of the database; false if there is none. */
function submissionFinder(
  rows: readonly SubmissionName[],
  held: readonly SubmissionName[],
): (key: string, owner: string | null) => string | false {
  const [given, known] = [rows, held].map((submissions) => groupBy(submissions, ({ key }) => key));
  return (key, owner) => {
    const found = chooseSubmission(given.get(key) ?? known.get(key) ?? [], owner);
    return found ? keyOf(found.owner, key) : false;
  };
}

function remembered<T, V>(keyOfArgument: (argument: T) => string, find: (argument: T) => V): (argument: T) => V {
  const known = new Map<string, V>();
  return (argument) => {
    const key = keyOfArgument(argument);
    if (!known.has(key)) known.set(key, find(argument));
    return known.get(key) as V;
  };
}

/** Names that are not known: a misspelt model has many rows, and one fault. */
class Unknowns {
  readonly #found = new Map<string, { line: number; column: string; message: string; more: number }>();

  constructor(private readonly faults: Faults) {}

  add(line: number, column: string, message: string): void {
    const earlier = this.#found.get(message);
    if (earlier) earlier.more++;
    else this.#found.set(message, { line, column, message, more: 0 });
  }

  tell(): void {
    for (const { line, column, message, more } of this.#found.values())
      this.faults.add(FILE, line, column, more === 0 ? message : `${message} (on ${more} more ${more === 1 ? "line" : "lines"} too)`);
  }
}
