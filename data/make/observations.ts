import { type ScoreRow, type SubmissionRow, type VersionRow } from "../../src/dataset/dataset";
import { CAMPAIGN_OF } from "./campaigns";
import { NOT_RUN, SCORED, type Cells } from "./cells";
import { MODELS, type Model } from "./models";
import { seeded, type Random } from "./random";
import { LEAVES } from "./tree";
import { isBelowEngineering } from "./versions";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST_SUBMISSION = Date.UTC(2024, 0, 1);
const LAST_END = Date.UTC(2026, 9, 30);
const TROUBLES = ["out of memory", "timed out after 72 hours", "no layer committed to the region", "activations were not finite"];

/** One measurement as it is drawn; `number` null means that it failed. */
interface Run {
  readonly version: number;
  readonly number: number | null;
  readonly start: number;
  readonly more?: Partial<ScoreRow>;
}

/**
 * The observations that add up to the cells: the run that counts, and now and then one that does not (an older version, a re-run that
 * scored lower or the same, a failure before a success, a retracted one). Of the card's model only the run that counts.
 */
export function observe(cells: Cells, versions: readonly VersionRow[]): { scores: ScoreRow[]; submissions: SubmissionRow[] } {
  const random = seeded("observations");
  const ceilings = new Map(versions.map(({ benchmark, version, ceiling }) => [`${benchmark} ${version}`, ceiling!]));
  const scores: ScoreRow[] = [];
  const submissions: SubmissionRow[] = [];
  MODELS.forEach((model, slot) => {
    const submission = model.owner !== null && model.submittedAt >= FIRST_SUBMISSION ? `run-${String(slot).padStart(3, "0")}` : null;
    if (submission) submissions.push({ key: submission, owner: model.owner!, submitted_at: iso(model.submittedAt) });
    const days = new Map<string, number>();
    LEAVES.forEach(({ identifier }, row) => {
      for (const run of listRuns(random, model, slot, row, cells, days)) {
        const isFirst = run.start < model.submittedAt + 20 * DAY;
        const ceiling = isBelowEngineering(identifier) ? 1 : ceilings.get(`${identifier} ${run.version}`)!;
        scores.push({
          ...write(random, run, ceiling, slot),
          model: model.name,
          benchmark: identifier,
          submission: isFirst ? submission : null,
          ...run.more,
        });
      }
    });
  });
  return { scores, submissions };
}

/** The day on which a model's turn comes at a version that there is since a given day. */
function turn(random: Random, model: Model, since: string, days: Map<string, number>): number {
  const known = days.get(since);
  if (known !== undefined) return known;
  const isLate = model.submittedAt < Date.parse(since);
  const day = isLate ? Date.parse(since) + (1 + 110 * random.uniform() ** 2) * DAY : model.submittedAt + (0.1 + 5 * random.uniform()) * DAY;
  days.set(since, day);
  return day;
}

function listRuns(random: Random, model: Model, slot: number, row: number, { states, values }: Cells, days: Map<string, number>): Run[] {
  const { since } = CAMPAIGN_OF[row];
  const version = since.length;
  const state = states[row][slot];
  const number = state === SCORED ? values[row][slot] : null;
  const start = turn(random, model, since[version - 1], days) + 40 * HOUR * random.uniform();
  if (slot === 0) return state === NOT_RUN ? [] : [{ version, number, start }];
  if (state === NOT_RUN) return listVoidRuns(random, model, version, start);

  const runs: Run[] = [{ version, number, start }];
  for (let older = 1; older < version; older++) {
    const end = Date.parse(since[older]);
    const day = turn(random, model, since[older - 1], days) + 40 * HOUR * random.uniform();
    if (model.submittedAt < end && day + DAY < end && random.chance(0.85))
      runs.push({ version: older, number: number === null ? null : shift(number, 0.03 * random.normal()), start: day });
  }
  const again = start + (5 + 300 * random.uniform()) * DAY;
  if (again < LAST_END - DAY) {
    if (number === null && random.chance(0.05)) runs.push({ version, number, start: again });
    if (number !== null && random.chance(0.11))
      runs.push({ version, number: random.chance(0.15) ? number : number - 0.001 - 0.02 * random.uniform(), start: again });
    if (number !== null && random.chance(0.012))
      runs.push({ version, number: null, start: start - (0.02 + 0.05 * random.uniform()) * DAY });
    if (number !== null && random.chance(0.0015)) runs.push(retracted(random, { version, number: shift(number, 0.1), start: again }));
  }
  return runs;
}

/** Runs that leave a cell empty: one that was called off, one that was taken back. */
function listVoidRuns(random: Random, model: Model, version: number, start: number): Run[] {
  if (model.fate !== "usual" || start > LAST_END - 3 * DAY) return [];
  if (random.chance(0.002)) return [{ version, number: 0, start, more: { raw: null, ceiled: null, error: null, comment: "called off" } }];
  return random.chance(0.001) ? [retracted(random, { version, number: 0.2 + 0.4 * random.uniform(), start })] : [];
}

const retracted = (random: Random, run: Run): Run => ({
  ...run,
  more: { retracted_at: iso(run.start + (1 + random.uniform()) * DAY), retraction_reason: "stimuli were shown at the wrong size" },
});

function write(random: Random, { version, number, start }: Run, ceiling: number, slot: number): Omit<ScoreRow, "model" | "benchmark"> {
  const end = start + (0.2 + 9 * random.uniform() ** 2) * HOUR;
  const whim = slot === 0 ? 1 : random.uniform();
  const dates = { started_at: whim < 0.003 ? null : iso(start), ended_at: whim < 0.001 ? null : iso(end) };
  if (number === null)
    return {
      version,
      raw: null,
      ceiled: null,
      error: null,
      failed: true,
      ...dates,
      comment: slot !== 0 && random.chance(0.15) ? random.pick(TROUBLES) : null,
    };
  const ceiled = round(number, 6);
  const error = round(0.002 + 0.03 * random.uniform() ** 2, 5);
  return { version, raw: round(ceiled * ceiling, 8), ceiled, error: random.chance(0.08) ? null : error, failed: false, ...dates };
}

/** A score moved within what scores of its kind can be. */
const shift = (number: number, by: number): number => Math.min(0.999, Math.max(0.001, number + by));
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits + 0;
const iso = (instant: number): string => new Date(Math.floor(instant / 1000) * 1000).toISOString().replace(".000Z", "Z");
