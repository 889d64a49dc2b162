import type { Board } from "../src/board/board";
import { readBoard } from "../src/board/read-facts";
import { readNews } from "../src/board/read-news";
import { renewBoard } from "../src/board/renew-board";
import { appendFacts } from "../src/database/append-facts";
import { type Figure, median, timed } from "./measure";
import { besideChild } from "./run-child";
import { type Seeded, seeded } from "./seeded";
import type { Subject } from "./subject";

const SEED = 20_260_301;
const SCORES = 300;
const BATCH = 10_000;
const BATCHES = 5;

/** One score that is to be seen. */
interface Written {
  readonly revision: number;
  readonly publicRevision: number;
  readonly model: string;
  readonly benchmark: string;
  /** When the commit was known to who wrote it, on the clock of `performance`. */
  readonly committed: number;
}

let written = 0;

/** How soon a new score is in the ranks: of a board in this process, and of what another process answers over HTTP. Adds scores to the data. */
export async function measureFreshness(subject: Subject): Promise<Figure[]> {
  const inProcess = await measureRenewal(subject);
  const overHttp = await besideChild("serve-platform", [subject.url], (platform: string) => measureAnswer(subject, platform));
  return [...inProcess, ...overHttp].map((figure) => ({ ...figure, bench: "freshness", models: subject.size.models }));
}

type Measured = Omit<Figure, "bench" | "models">;

/** Reading what is new and making the newer board of it, one after the other. */
async function measureRenewal({ dataSource }: Subject): Promise<Measured[]> {
  const random = seeded(SEED);
  let board = await readBoard(dataSource);
  const take = async (count: number, rounds: number) => {
    const [reading, making]: number[][] = [[], []];
    for (let round = 0; round < rounds; round++) {
      await write(dataSource, board, count, random);
      const start = performance.now();
      const news = await readNews(dataSource, board.catalog.ledger.revision);
      const read = performance.now();
      const steps = renewBoard(board, news!);
      let step = steps.next();
      while (!step.done) step = steps.next();
      board = step.value!;
      reading.push(read - start);
      making.push(performance.now() - read);
    }
    return { reading, making };
  };
  await take(1, SCORES);
  const one = await take(1, SCORES);
  const many = await take(BATCH, BATCHES);
  return [
    ...middleAndWorst("new board after one score", one.making),
    ...middleAndWorst("reading one score", one.reading),
    told(`new board after ${BATCH} scores`, many.making),
    told(`reading ${BATCH} scores`, many.reading),
  ];
}

/** From the commit of a score to its rank in the answer of another process, which is asked again and again. */
async function measureAnswer({ dataSource }: Subject, platform: string): Promise<Measured[]> {
  const random = seeded(SEED + 1);
  const board = await readBoard(dataSource);
  const take = async (count: number, rounds: number): Promise<number[]> => {
    const delays: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const score = await write(dataSource, board, count, random);
      while ((await revisionOfRank(platform, score)) < score.publicRevision);
      delays.push(performance.now() - score.committed);
    }
    return delays;
  };
  await take(1, SCORES);
  const fresh = await take(1, SCORES);
  const score = await write(dataSource, board, 1, random);
  return [
    ...middleAndWorst("from the commit of one score to its rank over HTTP", fresh),
    // What the machine and HTTP take of that: the same answers while nothing is new, one after the other.
    ...middleAndWorst("the same answer over HTTP, nothing new", await timed(() => revisionOfRank(platform, score), { rounds: SCORES })),
    told(`from the commit of ${BATCH} scores to a rank over HTTP`, await take(BATCH, BATCHES)),
  ];
}

const told = (name: string, rounds: readonly number[]): Measured => ({ name, unit: "ms", median: median(rounds), rounds });

/** The median, and as a figure of its own what 99 of 100 do not exceed. */
function middleAndWorst(name: string, rounds: readonly number[]): Measured[] {
  const sorted = [...rounds].sort((a, b) => a - b);
  return [told(name, rounds), { ...told(`${name}, p99`, rounds), median: sorted[Math.ceil(0.99 * sorted.length) - 1] }];
}

/** Writes so many scores of public models, each better than what was there, as another process would. */
async function write(dataSource: Subject["dataSource"], { domains: [board] }: Board, count: number, random: Seeded): Promise<Written> {
  const { catalog, models, publicModels } = board;
  const leaves = catalog.tree.roots.flatMap((root) => catalog.scope.leaves(root));
  const slots = [...models.keys()].filter((slot) => publicModels[slot]);
  const chosen = Array.from({ length: count }, () => ({
    slot: slots[random.integer(slots.length)],
    leaf: leaves[random.integer(leaves.length)],
  }));
  const rows = chosen.map(({ slot, leaf }) => {
    const run = ++written;
    const at = new Date(Date.UTC(2025, 0, 1) + run * 1_000).toISOString();
    const number = 2 + run / 1e9;
    return {
      ...{ id: `freshness-${run}`, model_pk: models[slot].pk, version_pk: catalog.currentVersion(leaf)!.pk },
      ...{ raw: number, ceiled: number, started_at: at, ended_at: at },
    };
  });
  const { revision, publicRevision } = await appendFacts(dataSource, { source: "bench" }, ({ add }) => add("observation", rows));
  const committed = performance.now();
  const { slot, leaf } = chosen[0];
  return { revision, publicRevision, committed, model: models[slot].name, benchmark: catalog.tree.identifiers[leaf] };
}

const RANK = `query Rank($model: String!, $benchmark: String!) {
  standings(domain: "vision") { score(model: $model, benchmark: $benchmark) { value rank } }
}`;

/** Asks for the rank of a score; the revision that the answer was made of. Throws if there is no rank. */
async function revisionOfRank(platform: string, { model, benchmark }: Written): Promise<number> {
  const response = await fetch(platform, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: RANK, variables: { model, benchmark } }),
  });
  const answer = (await response.json()) as { data?: { standings: { score: unknown } }; extensions: { revision: string } };
  if (!answer.data?.standings.score) throw new Error(`The answer is wrong: ${JSON.stringify(answer).slice(0, 400)}`);
  return Number(answer.extensions.revision);
}
