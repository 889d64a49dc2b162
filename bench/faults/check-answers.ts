import { referenceAnswers } from "../../test/reference/reference";
import type { Answers, WorldObservation } from "../../test/reference/world";
import { CONDITIONS, worldOf } from "./checked-world";

/** What everything is asked for by. */
export const STANDINGS = `query ($under: Conditions) { standings(domain: "checked", under: $under) {
  revision matrix { models { name } benchmarks { identifier } states values ranks }
  leaderboard(first: 100) { totalCount nodes { rank model { name } score { value state display tiedWith } } } } }`;

interface Standings {
  readonly revision: string;
  readonly matrix: {
    readonly models: readonly { readonly name: string }[];
    readonly benchmarks: readonly { readonly identifier: string }[];
    readonly states: readonly (readonly string[])[];
    readonly values: readonly (readonly (number | null)[])[];
    readonly ranks: readonly (readonly (number | null)[])[];
  };
  readonly leaderboard: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly rank: number | null;
      readonly model: { readonly name: string };
      readonly score: { readonly value: number | null; readonly state: string; readonly display: string; readonly tiedWith: number | null };
    }[];
  };
}

/** A run that was told to be written, and from which public revision on it is there. */
export interface Acknowledged {
  readonly revision: number;
  readonly key: string;
  readonly runs: readonly WorldObservation[];
}

/** Runs of one cell of which one can win: each has a higher raw score than all before it. */
const LAST = 3;

/** What had been written by a revision, as far as it can count: the last runs of each cell. */
function runsBy(acknowledged: readonly Acknowledged[], revision: number): WorldObservation[] {
  const cells = new Map<string, WorldObservation[]>();
  for (const { revision: at, runs } of acknowledged) {
    if (at > revision) continue;
    for (const run of runs) {
      const key = `${run.model} ${run.benchmark}`;
      cells.set(key, [...(cells.get(key) ?? []), run].slice(-LAST));
    }
  }
  return [...cells.values()].flat();
}

/** Answers to the checked question: each revision under each conditions has one, whoever is asked. */
export class CheckedAnswers {
  private readonly texts = new Map<string, string>();

  /** Remembers an answer; false if there was another one to the same question at the same revision. */
  take(place: number, text: string): boolean {
    const { data, extensions } = JSON.parse(text) as { data: { standings: Standings }; extensions: { revision: string } };
    const key = `${extensions.revision} ${place}`;
    const told = JSON.stringify(data.standings);
    if (data.standings.revision !== extensions.revision) return false;
    if (!this.texts.has(key)) this.texts.set(key, told);
    return this.texts.get(key) === told;
  }

  get count(): number {
    return this.texts.size;
  }

  /**
   * Compares some of them, spread over all, with the slow reference, for so many seconds. Gives back what is wrong, and how many numbers were
   * compared.
   */
  compare(
    acknowledged: readonly Acknowledged[],
    seconds: number,
  ): { readonly answers: number; readonly numbers: number; readonly wrong: string[] } {
    const inOrder = [...acknowledged].sort((a, b) => a.revision - b.revision);
    const all = [...this.texts];
    const end = performance.now() + seconds * 1_000;
    const wrong: string[] = [];
    let [answers, numbers] = [0, 0];
    // Steps by the golden ratio: however many there is time for, they are spread evenly, and none is taken twice.
    const step = coprime(Math.max(1, Math.round(all.length * 0.618)), all.length);
    for (let turn = 0; turn < all.length && performance.now() < end; turn++) {
      const [key, text] = all[(turn * step) % all.length];
      const [revision, place] = key.split(" ").map(Number);
      const expected = referenceAnswers(worldOf(runsBy(inOrder, revision), CONDITIONS[place].world));
      const fault = compareStandings(JSON.parse(text) as Standings, expected, () => numbers++);
      if (fault) wrong.push(`at revision ${revision} under ${JSON.stringify(CONDITIONS[place].under)}: ${fault}`);
      answers++;
    }
    return { answers, numbers, wrong };
  }
}

/** The next number that shares no divisor with `count`. */
function coprime(from: number, count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let found = from;
  while (divisor(found, count) > 1) found++;
  return found;
}

/** The first number that is not as expected, or null. */
function compareStandings({ matrix, leaderboard }: Standings, expected: Answers, count: () => void): string | null {
  const differs = (what: string, got: unknown, wanted: unknown): string | null => {
    count();
    const isClose = typeof got === "number" && typeof wanted === "number" && Math.abs(got - wanted) < 1e-12;
    return got === wanted || isClose ? null : `${what} is ${JSON.stringify(got)} and not ${JSON.stringify(wanted)}`;
  };
  for (const [row, { name }] of matrix.models.entries())
    for (const [column, { identifier }] of matrix.benchmarks.entries()) {
      const fault =
        differs(`the state of ${name} on ${identifier}`, matrix.states[row][column], expected.state(name, identifier)) ??
        differs(`the value of ${name} on ${identifier}`, matrix.values[row][column], expected.value(name, identifier)) ??
        differs(`the rank of ${name} on ${identifier}`, matrix.ranks[row][column], expected.rank(name, identifier));
      if (fault) return fault;
    }
  const names = expected.leaderboard("average");
  const fault =
    differs("the population", matrix.models.length, expected.population.length) ??
    differs("the leaderboard", leaderboard.nodes.map(({ model }) => model.name).join(), names.join()) ??
    differs("its length", leaderboard.totalCount, names.length);
  if (fault) return fault;
  for (const { rank, model, score } of leaderboard.nodes) {
    const of = [model.name, "average"] as const;
    const wrong =
      differs(`the rank of ${model.name}`, rank, expected.rank(...of)) ??
      differs(`the value of ${model.name}`, score.value, expected.value(...of)) ??
      differs(`the display of ${model.name}`, score.display, expected.display(...of)) ??
      differs(`the ties of ${model.name}`, score.tiedWith, expected.tiedWith(...of));
    if (wrong) return wrong;
  }
  return null;
}
