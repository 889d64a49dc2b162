import { type Journal } from "./journal";
import { toInstant, toNumber, toTruth, UNREADABLE } from "./read-values";
import { type SourceRow } from "./source";

/** The values of a row, read and put right; a column that the source does not have is undefined, what cannot be read is unknown. */
export interface Values {
  readonly where: () => string;
  text(column: string): string | null | undefined;
  number(column: string): number | null | undefined;
  truth(column: string): boolean | null | undefined;
  instant(column: string): string | null | undefined;
}

/** Reads values of a row; repairs go into the journal. `where` says where the row stands. */
export function valuesOf({ values }: SourceRow, where: () => string, journal: Journal): Values {
  const unreadable = (column: string, expected: string): null => {
    journal.repair(`a value of ${column} that is ${expected}: unknown`, where, values[column]);
    return null;
  };
  return {
    where,
    text(column) {
      const value = values[column];
      if (value === undefined) return undefined;
      if (value === null || value === "") return null;
      return typeof value === "string" || typeof value === "number" ? String(value) : unreadable(column, "no text");
    },
    number(column) {
      const value = values[column];
      if (value === undefined) return undefined;
      const number = toNumber(value);
      if (number === UNREADABLE) return unreadable(column, "no number");
      if (number !== null && !Number.isFinite(number)) return unreadable(column, "NaN or infinite");
      if (typeof value === "string" && number !== null) journal.repair("a number written as text: read", where, value);
      return number;
    },
    truth(column) {
      const value = values[column];
      if (value === undefined) return undefined;
      const truth = toTruth(value);
      if (truth === UNREADABLE) return unreadable(column, "neither true nor false");
      if (typeof value !== "boolean" && truth !== null) journal.repair("true or false written as text: read", where, value);
      return truth;
    },
    instant(column) {
      const value = values[column];
      if (value === undefined) return undefined;
      const instant = toInstant(value);
      if (instant === UNREADABLE) return unreadable(column, "no instant");
      if (instant && !instant.hasZone) journal.repair(NO_ZONE, where, value);
      return instant?.iso ?? null;
    },
  };
}

/** What is told of an instant without a zone. */
export const NO_ZONE = "a time without zone: taken as UTC";
