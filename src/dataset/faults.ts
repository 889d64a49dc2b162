import { ExpectedError } from "../errors";

/** How many faults are told one by one; of the rest, how many there are. */
const TOLD = 50;

/** What is wrong in a folder, and where. */
export interface Fault {
  readonly file: string;
  /** From 1; null for what is of the whole file. */
  readonly line: number | null;
  /** Null for what is of the whole line. */
  readonly column: string | null;
  /** What was expected and what was got. */
  readonly message: string;
}

/** Says where a line of a file of the folder stands in what the folder was made from; null for what stands nowhere. */
export type Locate = (file: string, line: number | null) => string | null;

/** Gathers the faults of a folder, so that all are told at once. */
export class Faults {
  readonly #told: Fault[] = [];
  #count = 0;

  constructor(private readonly locate: Locate = () => null) {}

  get count(): number {
    return this.#count;
  }

  /** The first faults by file and line: at most 50. */
  get told(): readonly Fault[] {
    return [...this.#told].sort((a, b) => Number(a.file > b.file) - Number(a.file < b.file) || (a.line ?? 0) - (b.line ?? 0));
  }

  add(file: string, line: number | null, column: string | null, message: string): void {
    this.#count++;
    if (this.#told.length < TOLD) this.#told.push({ file, line, column, message });
  }

  /** Throws one DATA_SET error with everything that is wrong, if anything is. */
  refuse(): void {
    if (this.#count === 0) return;
    const rest = this.#count - this.#told.length;
    throw new ExpectedError(
      "DATA_SET",
      [
        `The data set has ${this.#count === 1 ? "a fault" : `${this.#count} faults`}; nothing was written.`,
        ...this.told.map((fault) => describe(fault, this.locate(fault.file, fault.line))),
        ...(rest > 0 ? [`  and ${rest} more`] : []),
      ].join("\n"),
    );
  }
}

const describe = ({ file, line, column, message }: Fault, place: string | null): string =>
  `  ${place ?? `${file}${line === null ? "" : `:${line}`}`}${column === null ? "" : `, ${column}`}: ${message}`;

/** A text of a folder as a fault quotes it: on one line, and not endless. */
export const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
