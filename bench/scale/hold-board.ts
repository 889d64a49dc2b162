import { Board } from "../../src/board/board";
import type { Catalog } from "../../src/board/catalog";
import { standingsUnder } from "../../src/board/derived";
import { DomainBoard } from "../../src/board/domain-board";
import type { DomainModels } from "../../src/board/domain-models";
import { inSlices } from "../../src/board/in-slices";
import { readBoard } from "../../src/board/read-facts";
import { readNews } from "../../src/board/read-news";
import { renewBoard } from "../../src/board/renew-board";
import { createDataSource } from "../../src/database/data-source";
import { ENTITIES } from "../../src/server/entities";
import { createAsk } from "../ask";
import { longestTurn } from "../longest-turn";
import { card, leaderboard, type Question } from "../questions";
import { tell } from "../run-child";
import { bytesHeld } from "./bytes-held";
import { type Effort, effortOf, middleEffort, middleOf } from "./effort";
import { makeObservations } from "./make-observations";
import { pressBoard } from "./press-board";
import { addModel, retract, writeScores } from "./write-facts";

/** What holding a board of one size came to. */
export interface Holding {
  readonly models: number;
  readonly nodes: number;
  readonly leaves: number;
  readonly observations: number;
  /** Cells of all nodes; those of them that are SCORED. */
  readonly cells: number;
  readonly scored: number;
  /** Bytes after garbage was collected, each beside what was held before it. */
  readonly bytes: { readonly models: number; readonly observations: number; readonly columns: number; readonly ranks: number };
  /** Of the whole process, at its highest. */
  readonly peakBytes: number;
  readonly efforts: Readonly<Record<string, Effort>>;
  /** Answers a second over HTTP by one process, and the milliseconds on a processor that each took. */
  readonly served: Readonly<Record<string, { readonly rate: number; readonly processor: number }>>;
  /** Milliseconds that the longest turn of the event loop took at work, by what was done; null where the system does not tell. */
  readonly longestTurns: Readonly<Record<string, number | null>>;
}

const TIMES = 15;

/**
 * Holds a board of the models at `url` with observations that are drawn, not read, and measures all that a process does with it. New facts are
 * written to the database, and read from there, as ever.
 */
async function holdBoard(url: string): Promise<void> {
  const dataSource = await createDataSource(url, ENTITIES);
  const efforts: Record<string, Effort> = {};
  const before = await bytesHeld();
  let known!: { catalog: Catalog; slots: DomainModels };
  efforts["reading the models"] = await effortOf(async () => {
    const { catalog, domains } = await readBoard(dataSource);
    known = { catalog, slots: domains[0].slots };
  });
  const { slots } = known;
  const [catalog] = known.catalog.domains;
  const ofModels = await bytesHeld();

  const observations = makeObservations(catalog, slots.all.length);
  await dataSource.query(`ALTER TABLE observation ALTER COLUMN pk RESTART WITH ${observations.length + 1}`);
  const ofObservations = await bytesHeld();
  const domain = new DomainBoard(catalog, slots, observations);
  let board = new Board(known.catalog, [domain]);
  const longestTurns: Record<string, number | null> = {};
  efforts["first standings"] = await effortOf(async () => {
    longestTurns["first standings"] = (await longestTurn(() => inSlices(domain.prepare(), () => true))).processor;
  });
  const ofColumns = await bytesHeld();

  const standings = domain.standings();
  const nodes = standings.columns.flatMap((column, node) => (column ? [node] : []));
  efforts["sorting all columns"] = await effortOf(() => nodes.forEach((node) => standings.ranking(node)));
  const ofRanks = await bytesHeld();
  let sum = 0;
  efforts["all ranks"] = await effortOf(() => {
    for (const node of nodes) {
      const ranking = standings.ranking(node);
      for (let model = 0; model < slots.all.length; model++) sum += ranking.rank(model) ?? 0;
    }
  });
  efforts["all statistics"] = await effortOf(() => nodes.forEach((node) => (sum += standings.statistics(node).mean ?? 0)));
  const [root] = catalog.tree.roots;
  efforts["first leaderboard"] = await effortOf(() => (sum += standings.leaderboard(root).length));
  // What is summed has to be used, or the compiler may leave the work out.
  if (Number.isNaN(sum)) throw new Error("A rank is no number.");

  const ask = createAsk(() => board, dataSource);
  const page = leaderboard(
    standings.scope
      .listedAll()
      .slice(0, 20)
      .map((node) => catalog.tree.identifiers[node]),
  );
  const questions: Readonly<Record<string, Question>> = { card: card(), "leaderboard 50 x 20": page };
  for (const [name, question] of Object.entries(questions)) {
    for (let time = 0; time < 5; time++) await ask(question);
    efforts[`${name}, in process`] = await middleEffort(TIMES, () => ask(question));
  }
  const served: Record<string, { rate: number; processor: number }> = {};
  for (const [name, question] of Object.entries(questions)) served[name] = await pressBoard(() => board, dataSource, question);

  /** Writes, reads what is new, makes the newer board of it. */
  const takeIn = async (name: string, times: number, write: () => Promise<unknown>): Promise<void> => {
    const [reading, making]: Effort[][] = [[], []];
    for (let time = 0; time <= times; time++) {
      await write();
      let news: Awaited<ReturnType<typeof readNews>> = null;
      reading.push(await effortOf(async () => (news = await readNews(dataSource, board.catalog.ledger.revision))));
      const take = async () => (board = (await inSlices(renewBoard(board, news!), () => true))!);
      // The last time it is the turns that are measured.
      if (time < times) making.push(await effortOf(take));
      else longestTurns[name] = (await longestTurn(take)).processor;
    }
    efforts[`${name}: reading`] = middleOf(reading);
    efforts[`${name}: newer board`] = middleOf(making);
  };
  const rankAll = () => board.domains[0].standings();
  await takeIn("one score", TIMES, () => writeScores(dataSource, board.domains[0], 1));
  efforts["card after one score"] = await middleEffort(
    5,
    () => ask(card()),
    async () => {
      await writeScores(dataSource, board.domains[0], 1);
      const news = await readNews(dataSource, board.catalog.ledger.revision);
      board = (await inSlices(renewBoard(board, news!), () => true))!;
    },
  );
  await takeIn("1,000 scores", 3, () => writeScores(dataSource, board.domains[0], 1_000));
  await takeIn("one retraction", 3, () => retract(dataSource));
  for (const node of nodes) rankAll().ranking(node);
  await takeIn("one new model", 3, () => addModel(dataSource, board.domains[0]));
  efforts["card after a new model"] = await effortOf(() => ask(card()));

  const whole = board.domains[0];
  const weights = Float64Array.from(catalog.tree.parent, (parent, node) => (parent < 0 ? 1 : 1 + (node % 3)));
  const none = { amongKey: "", asOf: null, only: null, weights: null, missing: "ZERO", among: null } as const;
  efforts["other weights"] = await effortOf(() => standingsUnder(whole, { ...none, valuesKey: "weights", weights }));
  efforts["as of a past date"] = await effortOf(() => standingsUnder(whole, { ...none, valuesKey: "as of", asOf: Date.UTC(2023, 0, 1) }));

  const { columns } = standings;
  const scored = columns.reduce((all, column) => all + (column?.states.reduce((count, state) => count + Number(state === 2), 0) ?? 0), 0);
  tell({
    ...{ models: slots.all.length, nodes: catalog.tree.size, leaves: catalog.scope.leaves(root).length, observations: observations.length },
    ...{ cells: nodes.length * slots.all.length, scored, efforts, served, longestTurns },
    bytes: {
      models: ofModels.objects - before.objects,
      observations: ofObservations.columns - ofModels.columns,
      columns: ofColumns.columns - ofObservations.columns,
      ranks: ofRanks.columns - ofColumns.columns,
    },
    peakBytes: process.resourceUsage().maxRSS * 1024,
  } satisfies Holding);
  await dataSource.destroy();
}

void holdBoard(process.argv[2]);
