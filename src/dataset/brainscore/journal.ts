import { quote } from "../faults";

/** How many examples of a repair or of what was left out are told. */
const EXAMPLES = 3;

/** A kind of repair, or a reason why something was left out: how often, and the first times. */
export interface Told {
  readonly what: string;
  readonly count: number;
  readonly examples: readonly { readonly where: string; readonly got: string }[];
}

/** Rows of a table that were found. */
export interface ReadTable {
  readonly table: string;
  readonly rows: number;
}

/** What was met on the way from a source to the data set. */
export interface SourceReport {
  readonly source: string;
  readonly read: readonly ReadTable[];
  /** Tables and columns that the source does not have. */
  readonly absent: readonly string[];
  readonly domains: readonly {
    readonly domain: string;
    readonly globalRoot: string | null;
    readonly rawRoots: readonly string[];
    /** Rows of the data set, by its table. */
    readonly rows: Readonly<Record<string, number>>;
  }[];
  readonly repairs: readonly Told[];
  readonly leftOut: readonly Told[];
  /** Tables and columns that the source has and a data set has no place for. */
  readonly noPlace: readonly string[];
}

type Where = () => string;

/** Gathers what a reading met. */
export class Journal {
  readonly #repairs: Notes = new Map();
  readonly #leftOut: Notes = new Map();
  readonly read: ReadTable[] = [];
  readonly absent: string[] = [];
  readonly noPlace: string[] = [];
  readonly domains: SourceReport["domains"][number][] = [];

  /** Something was put right. `where` is asked for the first few only. */
  repair(what: string, where: Where, got: unknown): void {
    note(this.#repairs, what, where, got);
  }

  /** Something was not taken over. */
  leaveOut(what: string, where: Where, got: unknown): void {
    note(this.#leftOut, what, where, got);
  }

  report(source: string): SourceReport {
    const { read, absent, domains, noPlace } = this;
    return { source, read, absent, domains, repairs: told(this.#repairs), leftOut: told(this.#leftOut), noPlace };
  }
}

type Notes = Map<string, { count: number; examples: { where: string; got: string }[] }>;

function note(notes: Notes, what: string, where: Where, got: unknown): void {
  let entry = notes.get(what);
  if (!entry) notes.set(what, (entry = { count: 0, examples: [] }));
  entry.count++;
  if (entry.examples.length < EXAMPLES) entry.examples.push({ where: where(), got: shown(got) });
}

const told = (notes: Notes): Told[] => [...notes].map(([what, { count, examples }]) => ({ what, count, examples }));

const EMAIL = /[^\s"'<>[\],]+@[^\s"'<>[\],]+/g;

/** A text without the e-mail addresses in it. */
export const masked = (text: string): string => text.replaceAll(EMAIL, "(an e-mail address)");

/** A value as a report shows it: on one line, not endless, and no e-mail address in it. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : typeof value === "number" || value === undefined ? String(value) : JSON.stringify(value);
  const cut = masked(text.slice(0, 200));
  return typeof value === "string" ? quote(cut) : cut.length > 80 ? `${cut.slice(0, 80)}…` : cut;
}
