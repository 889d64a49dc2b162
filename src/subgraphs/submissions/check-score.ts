import { DateOnly } from "../../federation/date-only";
import type { ScoreInput } from "./score-input";

/** Numbers of observations are at most this in size (§2). */
const LARGEST = 1e12;

/** The first instant that a fact may hold. */
const EARLIEST = Date.parse("0001-01-01T00:00:00Z");

/** What is wrong with a field of a score. */
export interface ScoreFault {
  readonly field: keyof ScoreInput;
  /** What was expected and what was got. */
  readonly message: string;
}

/** What is wrong with a score by itself (§2, §8), whatever it is of. `now`: an end after it is in the future. */
export function checkScore(score: ScoreInput, now: Date): ScoreFault[] {
  const { failed, startedAt, endedAt } = score;
  const faults: ScoreFault[] = [];
  const refuse = (field: ScoreFault["field"], message: string) => faults.push({ field, message });

  for (const field of ["raw", "ceiled", "error"] as const) {
    const number = score[field];
    const least = field === "error" ? 0 : -LARGEST;
    if (number != null && !(number >= least && number <= LARGEST))
      refuse(field, `Expected a finite number from ${least === 0 ? "0" : "-1e12"} to 1e12, got ${number}.`);
    else if (number != null && failed) refuse(field, `Expected no ${field}, as the run failed; got ${number}.`);
  }
  if (startedAt && startedAt.getTime() < EARLIEST) refuse("startedAt", "Expected an instant after the year 0.");
  if (endedAt.getTime() < EARLIEST) refuse("endedAt", "Expected an instant after the year 0.");
  if (endedAt > now) refuse("endedAt", `Expected an end that is not in the future, got ${told(endedAt)}.`);
  if (startedAt && startedAt > endedAt)
    refuse("endedAt", `Expected an end that is not before the start, ${told(startedAt)}; got ${told(endedAt)}.`);
  return faults;
}

const told = (date: Date): string =>
  date instanceof DateOnly ? `the date ${date.toJSON()}, which means its last instant, ${date.toISOString()}` : date.toISOString();
