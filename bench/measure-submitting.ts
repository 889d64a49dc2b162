import { graphql } from "graphql";
import { CurrentBoard } from "../src/board/current";
import { View } from "../src/board/view";
import type { Viewer } from "../src/board/viewer";
import { appendFacts } from "../src/database/append-facts";
import { idOf } from "../src/database/identify";
import { Context } from "../src/federation/context";
import { buildSchema } from "../src/server/schema";
import { type Figure, median, timed } from "./measure";
import type { Subject } from "./subject";

/** Scores of one submission: as many as one takes. */
const SCORES = 10_000;

const ROUNDS = 5;

const SUBMIT = `mutation ($input: SubmitScoresInput!) {
  submitScores(input: $input) {
    submission { id revision scores(first: 100) { model { name } benchmark { identifier } state value rank } }
    replayed revision userErrors { code message path }
  }
}`;

interface Score {
  readonly model: string;
  readonly benchmark: string;
  readonly version: number;
}

/** Submissions in this process: from the parsed input to the written answer, with the ranks of the first 100 cells. */
export async function measureSubmitting({ url, dataSource, size: { models } }: Subject): Promise<Figure[]> {
  const viewer = await makeAdmin(dataSource);
  const cells: Score[] = await dataSource.query(
    `SELECT model.id AS "model", identifier AS "benchmark", max(number)::int AS "version" FROM model, benchmark JOIN benchmark_version ON benchmark_pk = benchmark.pk
     GROUP BY model.pk, benchmark.pk ORDER BY model.pk DESC, benchmark.pk LIMIT $1`,
    [SCORES],
  );
  const current = await CurrentBoard.open(dataSource, { url, onError: console.error });
  const { schema } = buildSchema();
  const viewOf = () => new View(current.board, viewer);
  let made = 0;
  const submit = async (count: number, { key = `bench ${made++}`, dryRun = false } = {}) => {
    const endedAt = new Date(Date.UTC(2022, 0, 1) + Number(key.split(" ")[1]) * 60_000).toISOString();
    const scores = cells.slice(0, count).map((cell, place) => ({ ...cell, raw: place / SCORES, ceiled: place / SCORES, endedAt }));
    const answer = await graphql({
      schema,
      source: SUBMIT,
      variableValues: { input: { domain: "vision", submissionKey: key, scores, dryRun } },
      contextValue: new Context({
        view: viewOf(),
        viewAt: async (revision) => new View(await current.atLeast(revision), viewer),
        dataSource,
        baseUrl: "http://127.0.0.1:4000",
      }),
    });
    const { userErrors } = (answer.data?.submitScores ?? {}) as { userErrors?: { message: string }[] };
    if (answer.errors || !userErrors || userErrors.length > 0) throw new Error(JSON.stringify(answer.errors ?? userErrors));
    return JSON.stringify(answer);
  };

  const figures: Figure[] = [];
  const measure = async (name: string, work: () => Promise<unknown>, rounds = ROUNDS): Promise<void> => {
    const taken = await timed(work, { rounds, warmUp: 1 });
    figures.push({ bench: "submitting", name, models, unit: "ms", median: median(taken), rounds: taken });
  };
  try {
    await measure("one score, submitted", () => submit(1));
    await measure("10,000 scores, dry run", () => submit(SCORES, { dryRun: true }));
    await measure("10,000 scores, submitted", () => submit(SCORES));
    await measure("10,000 scores, sent again", () => submit(SCORES, { key: `bench ${made - 1}` }));
  } finally {
    await current.close();
  }
  return figures;
}

async function makeAdmin(dataSource: Subject["dataSource"]): Promise<Viewer> {
  const key = "bench-admin";
  const { result } = await appendFacts(dataSource, { source: "bench" }, ({ idKey, add }) =>
    add("account", [{ id: idOf(idKey, "Account", key), contributor_id: idOf(idKey, "Contributor", key), key, role: "ADMIN" }]),
  );
  return { accountPk: result[0], isAdmin: true };
}
