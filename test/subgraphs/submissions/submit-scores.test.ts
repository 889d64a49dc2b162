import type { Viewer } from "../../../src/board/viewer";
import { seed } from "../../support/seed";
import { type LabWorld, makeLabWorld } from "./lab-world";

const SUBMIT = `mutation ($input: SubmitScoresInput!) {
  submitScores(input: $input) {
    submission { id key submittedAt scoreCount revision contributor { displayName } scores { model { name } benchmark { identifier } state value rank } }
    replayed
    revision
    userErrors { code path message }
  }
}`;

let world: LabWorld;
beforeEach(async () => (world = await makeLabWorld()));
afterEach(() => world?.database.drop());

const send = async (input: object, viewer: Viewer = world.lab) => {
  const variables = { input: { domain: "vision", submissionKey: "run-1", ...input } };
  return (await world.joined.data(SUBMIT, { viewer, variables })).submitScores;
};
const refused = async (input: object, viewer?: Viewer) => {
  const { userErrors, ...fields } = await send(input, viewer);
  expect(fields).toEqual({ submission: null, replayed: null, revision: null });
  return (userErrors as { code: string; path: string[] }[]).map(({ code, path }) => `${code} ${path.join(".")}`);
};
const score = (over: object = {}) => ({
  model: "alpha",
  benchmark: "leaf-b",
  version: 1,
  raw: 0.5,
  ceiled: 0.5,
  endedAt: "2021-03-01T12:00:00Z",
  ...over,
});
const query = (sql: string) => world.database.dataSource.query(sql);
const facts = async () => (await query(`SELECT last_revision AS n FROM ledger`))[0].n;

describe("submitScores", () => {
  it("writes scores and shows their cells with the ranks after the write, in the order of the input, each cell once", async () => {
    const { submission, replayed, revision, userErrors } = await send({
      scores: [
        score({ benchmark: "leaf-c", ceiled: 0.25, raw: 0.2 }),
        score(),
        score({ benchmark: "leaf-c", raw: 0.1, endedAt: "2021-03-02" }),
        score({ benchmark: "leaf-a", version: 2, raw: null, ceiled: null, failed: true }),
      ],
    });
    expect(userErrors).toEqual([]);
    expect(replayed).toBe(false);
    expect(submission).toMatchObject({ key: "run-1", scoreCount: 4, contributor: { displayName: "lab" }, revision });
    const cell = (identifier: string, state: string, value: number | null, rank: number | null) => ({
      ...{ model: { name: "alpha" }, benchmark: { identifier }, state, value, rank },
    });
    expect(submission.scores).toEqual([
      cell("leaf-c", "SCORED", 0.25, 1),
      cell("leaf-b", "SCORED", 0.5, 2),
      cell("leaf-a", "FAILED", null, null),
    ]);
  });

  it("keeps everything that is said of a score, and whose it is", async () => {
    await send({
      scores: [score({ raw: 1.5, ceiled: -0.25, error: 0.01, startedAt: "2021-03-01T10:00:00+02:00", comment: "night run" })],
    });
    const { model } = await world.joined.data(
      `{ model(domain: "vision", name: "alpha") { score(benchmark: "leaf-b") {
        observation { version raw ceiled error failed startedAt endedAt comment submission { key scoreCount } } } } }`,
      { viewer: world.lab },
    );
    expect(model.score.observation).toEqual({
      ...{ version: 1, raw: 1.5, ceiled: -0.25, error: 0.01, failed: false, comment: "night run" },
      ...{ startedAt: "2021-03-01T08:00:00.000Z", endedAt: "2021-03-01T12:00:00.000Z", submission: { key: "run-1", scoreCount: 1 } },
    });
  });

  it("takes a date for its last instant in UTC (§8)", async () => {
    await send({ scores: [score({ startedAt: "2021-03-01", endedAt: "2021-03-01" })] });
    expect(await query(`SELECT started_at, ended_at FROM observation WHERE submission_pk IS NOT NULL`)).toEqual([
      { started_at: new Date("2021-03-01T23:59:59.999Z"), ended_at: new Date("2021-03-01T23:59:59.999Z") },
    ]);
  });

  it("takes a score with neither numbers nor failure as one that counts as not run (§2)", async () => {
    const { submission } = await send({ scores: [score({ raw: null, ceiled: null })] });
    expect(submission.scores).toMatchObject([{ state: "NOT_RUN", rank: null }]);
  });

  it("ranks a private model as if it joined, and moves nobody (§5)", async () => {
    const { submission } = await send({ scores: [score({ model: "draft", ceiled: 0.55 })] });
    expect(submission.scores).toMatchObject([{ model: { name: "draft" }, rank: 2 }]);
    const rank = `{ model(domain: "vision", name: "nobody's") { score(benchmark: "leaf-b") { rank } } }`;
    expect(await world.joined.data(rank, { viewer: world.lab })).toEqual({ model: { score: { rank: 2 } } });
  });

  it("finds a model by id too, and lets an admin write for everybody", async () => {
    const [{ id }] = await query(`SELECT id FROM model WHERE name = 'secret'`);
    const { submission, userErrors } = await send({ scores: [score({ model: id }), score()] }, world.admin);
    expect(userErrors).toEqual([]);
    expect(submission.scores.map(({ model }: { model: { name: string } }) => model.name)).toEqual(["secret", "alpha"]);
    expect(submission).toMatchObject({ scoreCount: 2, contributor: null });
  });

  it("takes the account's own model first, then the public one; an admin gives the id of others (§10)", async () => {
    await seed(world.database.dataSource)
      .domain("vision")
      .model("theirs", { owner: "lab", isPublic: false })
      .model("secret", { owner: "third", isPublic: false })
      .write();
    await send({ scores: [score({ model: "theirs" })] });
    await send({ scores: [score({ model: "theirs" })] }, world.admin);
    const owners = `SELECT account.key FROM observation JOIN model ON model.pk = model_pk JOIN account ON account.pk = owner_pk
      WHERE submission_pk IS NOT NULL ORDER BY observation.pk`;
    expect(await query(owners)).toEqual([{ key: "lab" }, { key: "rival" }]);
    expect(await refused({ submissionKey: "x", scores: [score({ model: "secret" })] }, world.admin)).toEqual(["INVALID scores.0.model"]);
  });

  it("needs an account", async () => {
    expect(await refused({ scores: [score()] }, null)).toEqual(["NOT_ALLOWED "]);
  });

  it("tells all faults at once, each with its place, and writes nothing", async () => {
    const before = await facts();
    const faults = await refused({
      submissionKey: ' "',
      scores: [
        score({ model: "nothing", benchmark: "leaf-z", raw: 2e12 }),
        score({ benchmark: "V1", error: -1 }),
        score({ benchmark: "leaf-a", version: 3, ceiled: -1.1e12 }),
        score({ benchmark: "leaf-d" }),
        score({ failed: true, ceiled: null }),
        score({ startedAt: "2021-03-01T12:00:01Z" }),
        score({ endedAt: "2999-01-01T00:00:00Z" }),
        score({ startedAt: "0000-06-01T00:00:00Z", endedAt: "0000-07-01T00:00:00Z" }),
        score({ endedAt: "2021-05-01T00:00:00Z" }),
        score({ endedAt: "2021-05-01T02:00:00+02:00", raw: 0.7 }),
        score({ model: "speaker" }),
        score({ model: "theirs" }),
        score({ model: "secret" }),
      ],
    });
    expect(faults).toEqual([
      "INVALID submissionKey",
      ...["NOT_FOUND scores.0.model", "NOT_FOUND scores.0.benchmark", "INVALID scores.0.raw"],
      ...["INVALID scores.1.benchmark", "INVALID scores.1.error"],
      ...["NOT_FOUND scores.2.version", "INVALID scores.2.ceiled"],
      "NOT_FOUND scores.3.version",
      "INVALID scores.4.raw",
      "INVALID scores.5.endedAt",
      "INVALID scores.6.endedAt",
      ...["INVALID scores.7.startedAt", "INVALID scores.7.endedAt"],
      "INVALID scores.9.endedAt",
      "NOT_FOUND scores.10.model",
      "NOT_ALLOWED scores.11.model",
      "NOT_FOUND scores.12.model",
    ]);
    expect(await facts()).toBe(before);
  });

  it("answers for another's private model as for none at all (§10)", async () => {
    const told = async (model: string) => (await send({ scores: [score({ model })] })).userErrors[0];
    const [hidden, unknown] = [await told("secret"), await told("absent")];
    expect(hidden).toEqual({ ...unknown, message: unknown.message.replace("absent", "secret") });
    const [{ id }] = await query(`SELECT id FROM model WHERE name = 'secret'`);
    expect(await told(id)).toEqual({ ...unknown, message: unknown.message.replace("absent", id) });
  });

  it("refuses numbers that are none, such as a literal beyond all doubles", async () => {
    const { submitScores } = await world.joined.data(
      `mutation { submitScores(input: { domain: "vision", submissionKey: "k", scores: [
        { model: "alpha", benchmark: "leaf-b", version: 1, raw: 1e999, endedAt: "2021-01-01" }] }) { userErrors { code path } } }`,
      { viewer: world.lab },
    );
    expect(submitScores.userErrors).toEqual([{ code: "INVALID", path: ["scores", "0", "raw"] }]);
  });

  it("has 100 of its faults told, and then that there are more", async () => {
    const faulty = (count: number) => refused({ scores: Array.from({ length: count }, () => score({ error: -1, model: "nobody" })) });
    expect((await faulty(50)).slice(-1)).toEqual(["INVALID scores.49.error"]);
    const told = await faulty(51);
    expect([told.length, told[99], told[100]]).toEqual([101, "INVALID scores.49.error", "TOO_MANY "]);
  });

  it("takes 1 to 10,000 scores", async () => {
    expect(await refused({ scores: [] })).toEqual(["INVALID scores"]);
    expect(await refused({ scores: Array.from({ length: 10_001 }, () => score()) })).toEqual(["TOO_MANY scores"]);
    expect(await refused({ domain: "nowhere", scores: [score()] })).toEqual(["NOT_FOUND domain"]);
  });
});

describe("an observation that is held already", () => {
  beforeEach(() => send({ scores: [score({ comment: "first" })] }));

  it("is in conflict with other numbers: it has to be retracted first", async () => {
    const { userErrors } = await send({ submissionKey: "run-2", scores: [score({ raw: 0.6 })] });
    expect(userErrors).toEqual([
      {
        code: "CONFLICT",
        path: ["scores", "0"],
        message:
          "This observation is held with other numbers (raw 0.5, ceiled 0.5, error unknown; here raw 0.6, ceiled 0.5, error unknown): retract it and add the new one.",
      },
    ]);
    for (const other of [{ error: 0.1 }, { raw: null }, { raw: null, ceiled: null, failed: true }, { comment: "second" }])
      expect(await refused({ submissionKey: "run-2", scores: [score(other)] })).toEqual(["CONFLICT scores.0"]);
  });

  it("is left as it is with the same outcome, and stays the first submission's", async () => {
    const { submission, userErrors } = await send({ submissionKey: "run-2", scores: [score(), score({ benchmark: "leaf-c" })] });
    expect(userErrors).toEqual([]);
    expect(submission).toMatchObject({ scoreCount: 1, scores: [{ benchmark: { identifier: "leaf-c" } }] });
    expect((await send({ submissionKey: "run-3", scores: [score({ comment: "first" })] })).submission).toMatchObject({
      scoreCount: 0,
      scores: [],
    });
  });

  it("can be added anew once it was retracted, whatever its numbers", async () => {
    for (const raw of [0.5, 0.7]) {
      await query(`BEGIN; UPDATE observation SET retracted_at = now(), revision = (SELECT last_revision + 1 FROM ledger) WHERE submission_pk IS NOT NULL
        AND retracted_at IS NULL; UPDATE ledger SET last_revision = last_revision + 1; COMMIT`);
      const { submission } = await send({ submissionKey: `again ${raw}`, scores: [score({ raw })] });
      expect(submission).toMatchObject({ scoreCount: 1 });
    }
    expect(await query(`SELECT count(DISTINCT id) AS n FROM observation WHERE submission_pk IS NOT NULL`)).toEqual([{ n: 3 }]);
  });
});

describe("a submission that is sent again", () => {
  const scores = () => [
    score({ raw: 0.1, error: 0.5, startedAt: "2021-03-01T08:00:00Z", comment: "c" }),
    score({ benchmark: "leaf-c", raw: null, ceiled: null, failed: true }),
  ];

  it("is answered as it was the first time, and writes nothing", async () => {
    const first = await send({ scores: scores() });
    const before = await facts();
    const again = await send({ scores: scores() });
    expect(again).toEqual({ ...first, replayed: true });
    expect(await facts()).toBe(before);
  });

  it("is the same however it is written: order, fields, numbers, zones, names or ids", async () => {
    const first = await send({ scores: scores() });
    const [{ id }] = await query(`SELECT id FROM model WHERE name = 'alpha'`);
    const { submitScores } = await world.joined.data(
      `mutation { submitScores(input: { submissionKey: "run-1", domain: "vision", scores: [
        { endedAt: "2021-03-01T13:00:00.0000+01:00", failed: true, benchmark: "leaf-c", version: 1, model: "${id}", startedAt: null }
        { comment: "c", version: 1, startedAt: "2021-03-01T10:00:00+02:00", endedAt: "2021-03-01T12:00:00Z", ceiled: 5e-1, raw: 10.0e-2, error: 0.50, benchmark: "leaf-b", model: "alpha" }
      ] }) { replayed submission { id } userErrors { message } } }`,
      { viewer: world.lab },
    );
    expect(submitScores).toEqual({ replayed: true, submission: { id: first.submission.id }, userErrors: [] });
  });

  it("is in conflict if it says anything else", async () => {
    await send({ scores: scores() });
    const [a, b] = scores();
    const others = [
      [a],
      [a, { ...b, failed: false }],
      [{ ...a, raw: 0.1000001 }, b],
      [{ ...a, comment: null }, b],
      [a, b, score({ endedAt: "2021-04-01" })],
    ];
    for (const other of others) expect(await refused({ scores: other })).toContain("CONFLICT submissionKey");
    expect(await refused({ scores: [{ ...a, raw: 2e12 }, b] })).toEqual(["INVALID scores.0.raw", "CONFLICT submissionKey"]);
  });

  it("is the first outcome also when what it was of is no longer the sender's, or was retracted", async () => {
    const first = await send({ scores: scores() });
    await seed(world.database.dataSource)
      .also(async ({ query: read, change }) => {
        const [{ pk }] = await read(`SELECT pk FROM model WHERE name = 'alpha'`);
        await change("model", [{ pk, owner_pk: world.rival!.accountPk }]);
      })
      .write();
    const { submission, replayed, revision } = await send({ scores: scores() });
    expect({ replayed, revision, id: submission.id }).toEqual({ replayed: true, revision: first.revision, id: first.submission.id });
  });

  it("is another account's own under the same key", async () => {
    await send({ scores: scores() });
    const { replayed, userErrors } = await send(
      { scores: scores().map((each) => ({ ...each, model: "theirs", endedAt: "2021-04-04" })) },
      world.rival,
    );
    expect({ replayed, userErrors }).toEqual({ replayed: false, userErrors: [] });
  });

  it("is in conflict with an imported one under the same key", async () => {
    await seed(world.database.dataSource)
      .domain("vision")
      .score("alpha", "leaf-b", { ...score(), submission: "run-1" })
      .write();
    expect(await refused({ scores: [score()] })).toEqual(["CONFLICT submissionKey"]);
  });

  it("is written once when it is sent twice at the same time", async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => send({ scores: scores() })));
    expect(answers.map(({ replayed }) => replayed).sort()).toEqual([false, true, true, true, true]);
    expect(new Set(answers.map(({ submission }) => submission.id)).size).toBe(1);
    expect(await query(`SELECT count(*) AS n FROM observation WHERE submission_pk IS NOT NULL`)).toEqual([{ n: 2 }]);
  });
});

describe("a dry run", () => {
  it("checks everything and writes nothing", async () => {
    const before = await facts();
    expect(await send({ dryRun: true, scores: [score()] })).toEqual({ submission: null, revision: null, replayed: false, userErrors: [] });
    expect(await refused({ dryRun: true, scores: [score({ model: "theirs" })] })).toEqual(["NOT_ALLOWED scores.0.model"]);
    expect(await facts()).toBe(before);
    await send({ scores: [score()] });
    expect(await refused({ dryRun: true, submissionKey: "run-2", scores: [score({ raw: 0.1 })] })).toEqual(["CONFLICT scores.0"]);
    expect(await send({ dryRun: true, scores: [score()] })).toMatchObject({ submission: null, replayed: true });
  });
});

describe("the revision of a submission (§9)", () => {
  const shown = async (viewer: Viewer) =>
    (await world.joined.data(`{ node(id: "${await observationId()}") { ... on Observation { submission { revision } } } }`, { viewer }))
      .node.submission;
  const observationId = async () =>
    (await query(`SELECT id FROM observation WHERE submission_pk IS NOT NULL ORDER BY pk DESC LIMIT 1`))[0].id;

  it("is the public one for a member, which scores of a private model do not move", async () => {
    const [{ n: before }] = await query(`SELECT public_revision AS n FROM ledger`);
    const { revision } = await send({ scores: [score({ model: "draft" })] });
    expect(revision).toBe(String(before));
    const next = await send({ submissionKey: "run-2", scores: [score(), score({ benchmark: "leaf-c" })] });
    expect(next.revision).toBe(String(before + 2));
    expect(next.submission.revision).toBe(next.revision);
  });

  it("is the last fact's for an admin, and stays what it was", async () => {
    await send({ scores: [score()] });
    const revision = String(await facts());
    await send({ submissionKey: "run-2", scores: [score({ endedAt: "2021-07-01" })] });
    await query(`BEGIN; UPDATE submission SET submitted_at = now(), revision = (SELECT last_revision + 1 FROM ledger) WHERE key = 'run-1';
      UPDATE ledger SET last_revision = last_revision + 1; COMMIT`);
    const [{ id }] = await query(`SELECT o.id FROM observation o JOIN submission s ON s.pk = submission_pk WHERE s.key = 'run-1'`);
    const own = `{ node(id: "${id}") { ... on Observation { submission { revision } } } }`;
    // The ledger was moved behind the board's back: a new submission makes the board read it.
    await send({ submissionKey: "run-3", scores: [score({ endedAt: "2021-08-01" })] });
    expect((await world.joined.data(own, { viewer: world.admin })).node.submission).toEqual({ revision });
  });

  it("and the submission itself are nobody else's to see (§10)", async () => {
    await send({ scores: [score()] });
    expect(await shown(world.lab)).not.toBeNull();
    for (const viewer of [null, world.rival]) expect(await shown(viewer)).toBeNull();
  });
});
