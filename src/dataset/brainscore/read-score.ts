import { isText } from "../../database/texts";
import { type ScoreRow } from "../dataset";
import { type Journal } from "./journal";
import { type MappedModel } from "./map-models";
import { type MappedVersion } from "./map-versions";
import { toInstant, toNumber, UNREADABLE } from "./read-values";
import { LONGEST_COMMENT, type SourceRow } from "./source";
import { NO_ZONE } from "./values-of";

/**
 * A score as an observation; null, which is told, if it is none: a score that is no number, or one that ends after `now`, in milliseconds since
 * 1970. Everything else that a folder would refuse is put right.
 */
export function readScore(
  { values }: SourceRow,
  where: () => string,
  { journal, model, version, now }: { journal: Journal; model: MappedModel; version: MappedVersion; now: number },
): ScoreRow | null {
  const numbers = [values.score_raw, values.score_ceiled].map(toNumber);
  const unreadable = numbers.indexOf(UNREADABLE);
  if (unreadable >= 0) {
    journal.leaveOut("a score that is no number", where, [values.score_raw, values.score_ceiled][unreadable]);
    return null;
  }
  const [raw, ceiled] = numbers as (number | null)[];
  if ([values.score_raw, values.score_ceiled].some((value) => typeof value === "string" && !/nan|inf/i.test(value)))
    journal.repair("a number written as text: read", where, values.score_raw);
  const instant = (column: string): string | null => {
    const read = toInstant(values[column]);
    if (read === UNREADABLE) journal.repair(`a value of ${column} that is no instant: unknown`, where, values[column]);
    if (read === UNREADABLE || !read) return null;
    if (!read.hasZone) journal.repair(NO_ZONE, where, values[column]);
    return read.iso;
  };
  let started = instant("start_timestamp");
  const ended = instant("end_timestamp");
  if (ended !== null && Date.parse(ended) > now) {
    journal.leaveOut("a score that ends in the future", where, ended);
    return null;
  }
  if (started !== null && ended !== null && Date.parse(started) > Date.parse(ended)) {
    journal.repair("an end before its start: start unknown", where, `${ended} before ${started}`);
    started = null;
  }
  const comment = commentOf(values.comment, where, journal);
  const said = typeof values.comment === "string" ? values.comment : "";
  const failed = hasFailed({ raw, ceiled, said, isRaw: version.isRaw }, where, journal);
  const known = (number: number | null, what: string): number | null => {
    if (failed || number === null) return null;
    if (isFit(number)) return number;
    journal.repair(`a ${what} score that does not count here and is NaN, infinite or above 1e12: unknown`, where, number);
    return null;
  };
  return {
    model: model.row.name,
    owner: model.row.owner ?? null,
    benchmark: version.row.benchmark,
    version: version.row.version,
    raw: known(raw, "raw"),
    ceiled: known(ceiled, "ceiled"),
    error: errorOf(values.error, failed, where, journal),
    failed,
    started_at: started,
    ended_at: ended,
    comment,
    submission: model.submission?.key ?? null,
  };
}

const isFit = (number: number): boolean => Number.isFinite(number) && Math.abs(number) <= 1e12;

/**
 * A run has failed if its number (§2), raw under a raw root and ceiled elsewhere, is none that can be one, or if it is NULL and the comment
 * speaks of an error.
 */
function hasFailed(
  { raw, ceiled, said, isRaw }: { raw: number | null; ceiled: number | null; said: string; isRaw: boolean },
  where: () => string,
  journal: Journal,
): boolean {
  const number = isRaw ? raw : ceiled;
  const other = isRaw ? ceiled : raw;
  if (number !== null && !isFit(number)) {
    journal.repair("a score that is NaN, infinite or above 1e12: failed, without numbers", where, number);
    return true;
  }
  if (number !== null) return false;
  if (/error/i.test(said)) {
    journal.repair("a NULL score with an error in its comment: failed, without numbers", where, said);
    return true;
  }
  if (other === null || isFit(other)) return false;
  journal.repair("a score that is NaN, infinite or above 1e12: failed, without numbers", where, other);
  return true;
}

function errorOf(value: unknown, failed: boolean, where: () => string, journal: Journal): number | null {
  const error = toNumber(value);
  if (error === null) return null;
  if (error !== UNREADABLE && isFit(error) && error >= 0) return failed ? null : error;
  journal.repair("an error of a score that is NaN or no number from 0: unknown", where, value);
  return null;
}

function commentOf(value: unknown, where: () => string, journal: Journal): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "string" && value.length <= LONGEST_COMMENT && isText(value)) return value;
  const what =
    typeof value !== "string"
      ? "is no text"
      : value.length > LONGEST_COMMENT
        ? `has more than ${LONGEST_COMMENT} characters`
        : "has characters that no database holds";
  journal.leaveOut(`a comment that ${what}`, where, typeof value === "string" ? value.slice(0, 60) : value);
  return null;
}
