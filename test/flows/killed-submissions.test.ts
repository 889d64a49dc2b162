import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "../../bench/seeded";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { type StartedServer, startServer } from "../support/start-server";
import { TEST_SEED } from "../support/test-seed";

const MOMENTS = 25;

/** Submissions that are on their way at each moment. */
const CLIENTS = 3;

const SCORES = 400;

const SUBMIT = `mutation ($input: SubmitScoresInput!) {
  submitScores(input: $input) { submission { id scoreCount scores(first: 3) { rank } } replayed userErrors { code message path } }
}`;

let database: TestDatabase;
let key: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource)
    .domain("vision")
    .tree(`average_vision\n${Array.from({ length: 10 }, (_, n) => `  leaf-${n}`).join("\n")}`)
    .model("rival");
  for (let n = 0; n < CLIENTS; n++) story.model(`model-${n}`, { owner: "lab", isPublic: n > 0 });
  await story.write();
  key = await giveKey(database.dataSource, "lab");
});
afterAll(() => database?.drop());

const query = (sql: string) => database.dataSource.query(sql);

/** What one client hands in at one moment: the same each time it is asked for. */
const submissionOf = (moment: number, client: number) => ({
  domain: "vision",
  submissionKey: `${moment}/${client}`,
  scores: Array.from({ length: SCORES }, (_, n) => ({
    ...{ model: `model-${client}`, benchmark: `leaf-${n % 10}`, version: 1, raw: n / SCORES, ceiled: n / SCORES },
    endedAt: new Date(Date.UTC(2021, 0, 1) + (moment * SCORES + n) * 1000).toISOString(),
  })),
});

interface Outcome {
  readonly replayed: boolean;
  readonly submission: { readonly id: string; readonly scoreCount: number };
}

/** Hands in over HTTP. Null: the connection was lost, so nobody knows what became of it. Throws if it was refused. */
async function submit({ url }: StartedServer, input: object): Promise<Outcome | null> {
  let text: string;
  try {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: SUBMIT, variables: { input } }),
    });
    text = await response.text();
  } catch {
    return null;
  }
  const { data, errors } = JSON.parse(text) as { data: { submitScores: Outcome & { userErrors: unknown[] } }; errors?: unknown };
  if (errors || data.submitScores.userErrors.length > 0) throw new Error(text);
  return data.submitScores;
}

/** Submissions of which not all is there. */
const torn = () =>
  query(`SELECT key, count(observation.pk)::int AS n FROM submission LEFT JOIN observation ON submission_pk = submission.pk
    GROUP BY submission.pk HAVING count(observation.pk) <> ${SCORES}`);

/** Where appends do not follow on one another, and revisions that no fact has. */
async function gaps(): Promise<unknown> {
  const tables = ["domain", "account", "benchmark", "benchmark_version", "model", "submission", "observation"];
  const told = [...tables, "earlier_content"].map((table) => `SELECT revision FROM ${table}`).join(" UNION ALL ");
  const [ledger] = await query(`SELECT last_revision AS last, (SELECT max(last_revision) FROM fact_append) AS appended,
    (SELECT count(DISTINCT revision) FROM (${told}) AS told) AS told FROM ledger`);
  const broken = await query(`SELECT first_revision FROM (
    SELECT first_revision, lag(last_revision, 1, 0::bigint) OVER (ORDER BY first_revision) AS before FROM fact_append) AS a
    WHERE first_revision <> before + 1`);
  return { ...ledger, broken };
}

test("submissions over HTTP that are cut by kill -9 at 25 moments are whole or not there, and come to the same when they are sent again; two at once on two servers are written once", async () => {
  const random = seeded(TEST_SEED);
  let server = await startServer(database.url);
  let next = startServer(database.url);
  // Half of the moments are to come before the last answer of the usual three: what is usual is found out on the way.
  let usual = 1_000;
  let lost = 0;
  for (let moment = 0; moment < MOMENTS; moment++) {
    const following = await next;
    next = startServer(database.url);
    const sent = Array.from({ length: CLIENTS }, (_, client) => submit(server, submissionOf(moment, client)));
    await sleep(random.uniform() * 2 * usual);
    await server.kill();
    const firsts = await Promise.all(sent);
    expect(await torn()).toEqual([]);
    usual *= firsts.includes(null) ? 1.2 : 0.8;

    server = following;
    for (const [client, first] of firsts.entries()) {
      const again = (await submit(server, submissionOf(moment, client)))!;
      if (first === null) lost++;
      else expect(again).toMatchObject({ replayed: true, submission: { id: first.submission.id } });
      expect(again.submission.scoreCount).toBe(SCORES);
    }
  }

  const other = await next;
  const twice = submissionOf(MOMENTS, 0);
  const both = await Promise.all([submit(server, twice), submit(other, twice)]);
  expect(both.map((outcome) => outcome?.replayed).sort()).toEqual([false, true]);
  expect(both[0]!.submission.id).toBe(both[1]!.submission.id);
  await other.kill();
  await server.kill();

  const all = MOMENTS * CLIENTS + 1;
  expect(await torn()).toEqual([]);
  expect(await query(`SELECT count(*)::int AS n, count(DISTINCT key)::int AS keys FROM submission`)).toEqual([{ n: all, keys: all }]);
  const doubled = `SELECT FROM observation GROUP BY model_pk, version_pk, ended_at HAVING count(*) > 1`;
  expect(await query(doubled)).toEqual([]);
  expect(await query(`SELECT count(*)::int AS n FROM observation WHERE raw = ceiled`)).toEqual([{ n: all * SCORES }]);
  const revision = (await query(`SELECT last_revision AS n FROM ledger`))[0].n;
  expect(await gaps()).toEqual({ last: revision, appended: revision, told: revision, broken: [] });
  // Otherwise nothing was tested.
  expect(lost).toBeGreaterThan(5);
}, 600_000);
