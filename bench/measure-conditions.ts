import { Board } from "../src/board/board";
import type { Conditions } from "../src/board/conditions";
import { type Derived, standingsUnder } from "../src/board/derived";
import { DomainBoard } from "../src/board/domain-board";
import { readBoard } from "../src/board/read-facts";
import { appendFacts } from "../src/database/append-facts";
import { createDataSource } from "../src/database/data-source";
import { ENTITIES } from "../src/server/entities";
import { createRelease } from "../src/subgraphs/scores/create-release";
import { createAsk } from "./ask";
import { longestTurn, type LongestTurn } from "./longest-turn";
import { type Figure, median, timed, type Timing } from "./measure";
import { CARD_MODEL } from "./questions";
import { seeded } from "./seeded";
import type { Subject } from "./subject";

const SEED = 20_260_103;

/** What each may take at 500 models, in milliseconds; at more models up to 12 times of that. What is not here has no limit of its own. */
const TARGETS: Readonly<Record<string, number>> = {
  "weights what-if, all ranks": 20,
  "a new population, all ranks": 20,
  "as of a past date, cold": 100,
  "as of a past date, warm": 5,
  "72-month trend, cold": 300,
  "changes between two releases": 150,
  "changes between two releases, cold": 150,
  "40 x 40 correlations": 200,
};

/** No computation holds up the event loop for longer. */
const HOLD_TARGET = 50;

const NONE: Conditions = { valuesKey: "", amongKey: "", asOf: null, only: null, weights: null, missing: "ZERO", among: null };

/** The same facts and standings, but nothing of time. */
function forgetful({ catalog, domains }: Board): Board {
  const fresh = domains.map(({ catalog: own, models, observations }) => new DomainBoard(own, models, observations));
  for (const domain of fresh) domain.standings();
  return new Board(catalog, fresh);
}

/** Standings under conditions nobody asked for before: what-ifs, populations, the past, trends, changes, correlations. */
export async function measureConditions({ url, dataSource, size: { models } }: Subject): Promise<Figure[]> {
  await makeReleases(dataSource);
  const whole = await readBoard(dataSource);
  let board = whole;
  const ask = createAsk(() => board, dataSource);
  const random = seeded(SEED);
  const [domain] = whole.domains;
  const { tree } = domain.catalog;
  domain.standings();

  let asked = 0;
  let sum = 0;
  const allRanks = async (derived: Derived | Promise<Derived>): Promise<void> => {
    const { standings } = await derived;
    standings.columns.forEach((column, node) => {
      if (!column) return;
      const ranking = standings.ranking(node);
      for (let model = 0; model < models; model++) sum += ranking.rank(model) ?? 0;
    });
  };
  const weigh = () => {
    const weights = Float64Array.from(tree.parent, (parent) => (parent < 0 ? 1 : 0.5 + random.uniform()));
    return standingsUnder(domain, { ...NONE, valuesKey: `weights ${asked++}`, weights });
  };
  const populate = () => {
    const drawn = Uint8Array.from({ length: models }, () => random.integer(2));
    return standingsUnder(domain, { ...NONE, amongKey: `drawn ${asked++}`, among: () => (slot) => drawn[slot] === 1 });
  };
  const LEADERS = `leaderboard(first: 25) { nodes { rank model { name } score { value } } }`;
  const asOf = (day: number) =>
    ask({
      query: `query ($asOf: DateTime!) { standings(domain: "vision", under: { asOf: $asOf }) { ${LEADERS} } }`,
      variables: { asOf: new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString() },
    });
  const forget = () => (board = forgetful(whole));
  const trend = (among: object | null) => {
    const query = `query ($name: String!, $under: Conditions) { model(domain: "vision", name: $name) {
      trend(from: "2020-01-01", to: "2025-12-31", under: $under) { value rank of } } }`;
    return ask({ query, variables: { name: CARD_MODEL, under: among && { among } } });
  };
  const root = tree.identifiers[tree.roots[0]];
  const changes = (over = ask) =>
    over({
      query: `{ changes(domain: "vision", from: { release: "one" }, to: { release: "two" }) { totalCount nodes { model { name } rankGain valueGain } } }`,
      variables: {},
    });
  /** Asks over a data source that no earlier board is kept for. */
  const unacquainted = async () => {
    const other = await createDataSource(url, ENTITIES, 2);
    return { ask: createAsk(() => whole, other), close: () => other.destroy() };
  };
  const coldChanges = async () => {
    const stranger = await unacquainted();
    const start = performance.now();
    await changes(stranger.ask);
    const taken = performance.now() - start;
    await stranger.close();
    return taken;
  };
  const nodes = domain.standings().scope.listedAll().slice(0, 40);
  const correlations = () =>
    ask({
      query: `query ($b: [String!]!) { standings(domain: "vision") { correlations(benchmarks: $b) { r count } } }`,
      variables: { b: nodes.map((node) => tree.identifiers[node]) },
    });

  const work: Readonly<Record<string, { run: () => unknown; alone?: () => unknown; options: Timing }>> = {
    "weights what-if, all ranks": { run: () => allRanks(weigh()), alone: weigh, options: { warmUp: 3, rounds: 15 } },
    "a new population, all ranks": { run: () => allRanks(populate()), alone: populate, options: { warmUp: 3, rounds: 15 } },
    "as of a past date, cold": { run: () => asOf(asked++), options: { warmUp: 1 } },
    "as of a past date, warm": { run: () => asOf(0), options: { warmUp: 3, times: 5 } },
    "72-month trend, cold": { run: () => trend(null), options: { warmUp: 1, before: forget } },
    "72-month trend among some, cold": { run: () => trend({ architecture: ["DCNN"] }), options: { warmUp: 1, before: forget } },
    "72-month trend among those scored, cold": {
      run: () => trend({ scored: [{ benchmark: root, value: { min: 0.1 } }] }),
      options: { warmUp: 1, before: forget },
    },
    "matrix of all ranks, cold": {
      run: () => ask({ query: `{ standings(domain: "vision") { matrix { ranks } } }`, variables: {} }),
      options: { warmUp: 1, before: forget },
    },
    "changes between two releases": { run: () => changes(), options: { warmUp: 2 } },
    "40 x 40 correlations": { run: correlations, options: { warmUp: 1 } },
  };
  const figures: Figure[] = [];
  const add = (name: string, rounds: readonly number[], target?: number, told = ""): void => {
    const middle = median(rounds);
    const verdict = target === undefined ? "" : `target ${target} ms ${middle <= target ? "met" : "MISSED"}`;
    figures.push({ bench: "conditions", name, models, unit: "ms", median: middle, rounds, note: `${verdict}${told}` });
  };
  const addTimes = (name: string, rounds: readonly number[]): void =>
    add(name, rounds, Object.hasOwn(TARGETS, name) ? TARGETS[name] * (models > 500 ? 12 : 1) : undefined);
  const holds: [string, LongestTurn][] = [];
  for (const [name, { run, alone = run, options }] of Object.entries(work)) {
    addTimes(name, await timed(run, options));
    await options.before?.();
    // An answer makes ranks node by node, so that all of them at once are no hold of ours.
    holds.push([name, await longestTurn(alone)]);
    board = whole;
  }
  const cold: number[] = [];
  for (let round = 0; round < 5; round++) cold.push(await coldChanges());
  addTimes("changes between two releases, cold", cold);
  const stranger = await unacquainted();
  holds.push(["changes between two releases, cold", await longestTurn(() => changes(stranger.ask))]);
  await stranger.close();
  for (const [name, { milliseconds, processor }] of holds) {
    const told = processor === null ? "" : `; at most ${processor.toFixed(1)} ms of it at work`;
    add(`longest hold: ${name}`, [milliseconds], HOLD_TARGET, told);
  }
  // What is summed has to be used, or the compiler may leave the work out.
  if (Number.isNaN(sum)) throw new Error("A rank is no number.");
  return figures;
}

/** Two releases; between them, a hundredth of the observations is retracted. */
async function makeReleases(dataSource: Subject["dataSource"]): Promise<void> {
  await createRelease(dataSource, { domain: "vision", name: "one" });
  await appendFacts(dataSource, { source: "bench" }, async ({ query, change }) => {
    const rows: { pk: number }[] = await query(`SELECT pk FROM observation WHERE pk % 100 = 0 AND retracted_at IS NULL ORDER BY pk`);
    await change(
      "observation",
      rows.map(({ pk }) => ({ pk, retracted_at: "2026-01-01T00:00:00Z", retraction_reason: "bench" })),
    );
  });
  await createRelease(dataSource, { domain: "vision", name: "two" });
}
