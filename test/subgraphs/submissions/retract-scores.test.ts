import type { Viewer } from "../../../src/board/viewer";
import { seed } from "../../support/seed";
import { type LabWorld, makeLabWorld } from "./lab-world";

const RETRACT = `mutation ($input: RetractScoresInput!) {
  retractScores(input: $input) { observations { id retractedAt retractionReason raw submission { key } } revision userErrors { code message path } }
}`;

let world: LabWorld;
/** Ids of observations by model. */
let ids: Record<string, string>;
beforeEach(async () => {
  world = await makeLabWorld();
  await seed(world.database.dataSource)
    .domain("vision")
    .score("alpha", "leaf-b", { raw: 0.9, ceiled: 0.9, submission: "first" })
    .score("alpha", "leaf-c", { raw: 0.8, ceiled: 0.8, retractedAt: "2022-01-01", retractionReason: "earlier" })
    .score("draft", "leaf-b", 0.7)
    .score("secret", "leaf-b", 0.3)
    .write();
  const rows = await query(`SELECT observation.id, name || ' ' || identifier AS of FROM observation JOIN model ON model.pk = model_pk
    JOIN benchmark_version v ON v.pk = version_pk JOIN benchmark b ON b.pk = benchmark_pk`);
  ids = Object.fromEntries(rows.map(({ id, of }: { id: string; of: string }) => [of, id]));
});
afterEach(() => world?.database.drop());

const query = (sql: string) => world.database.dataSource.query(sql);
const facts = async () => (await query(`SELECT last_revision AS n FROM ledger`))[0].n;
const retract = async (
  observations: string[],
  { viewer = world.lab, reason = "wrong stimuli" }: { viewer?: Viewer; reason?: string } = {},
) => (await world.joined.data(RETRACT, { viewer, variables: { input: { observations, reason } } })).retractScores;
const refused = async (...given: Parameters<typeof retract>) => {
  const { userErrors, ...fields } = await retract(...given);
  expect(fields).toEqual({ observations: [], revision: null });
  return (userErrors as { code: string; path: string[] }[]).map(({ code, path }) => `${code} ${path.join(".")}`);
};

describe("retractScores", () => {
  it("declares that observations do not count: the ranks move at once, what was measured stays to be seen (§2)", async () => {
    const before = await facts();
    const { observations, revision, userErrors } = await retract([ids["alpha leaf-b"], ids["draft leaf-b"]]);
    expect(userErrors).toEqual([]);
    expect(revision).toEqual(expect.any(String));
    expect(observations).toEqual([
      {
        id: ids["alpha leaf-b"],
        retractedAt: expect.any(String),
        retractionReason: "wrong stimuli",
        raw: 0.9,
        submission: { key: "first" },
      },
      { id: ids["draft leaf-b"], retractedAt: expect.any(String), retractionReason: "wrong stimuli", raw: 0.7, submission: null },
    ]);
    expect(await facts()).toBe(before + 2);
    const { model } = await world.joined.data(
      `{ model(domain: "vision", name: "alpha") { score(benchmark: "leaf-b") { state rank history { raw retractedAt } } } }`,
    );
    expect(model.score).toEqual({ state: "NOT_RUN", rank: null, history: [{ raw: 0.9, retractedAt: observations[0].retractedAt }] });
    expect(await query(`SELECT content->>'retracted_at' AS before FROM earlier_content WHERE table_name = 'observation'`)).toEqual([
      { before: null },
      { before: null },
    ]);
  });

  it("leaves one that is retracted already as it is, and takes an id twice for one", async () => {
    const before = await facts();
    const again = await retract([ids["alpha leaf-c"], ids["alpha leaf-c"]]);
    const told = { id: ids["alpha leaf-c"], retractedAt: "2022-01-01T00:00:00.000Z", retractionReason: "earlier" };
    expect(again).toMatchObject({ observations: [told, told], userErrors: [] });
    expect(await facts()).toBe(before);
    expect((await retract([ids["alpha leaf-b"], ids["alpha leaf-b"]])).observations).toHaveLength(2);
    expect(await facts()).toBe(before + 1);
  });

  it("tells all faults at once and writes nothing; a hidden observation is as one that is not there (§10)", async () => {
    const before = await facts();
    expect(await refused([ids["alpha leaf-b"], ids["theirs leaf-b"], ids["secret leaf-b"], "observation_none"], { reason: " " })).toEqual([
      ...["INVALID reason", "NOT_ALLOWED observations.1", "NOT_FOUND observations.2", "NOT_FOUND observations.3"],
    ]);
    expect(await facts()).toBe(before);
  });

  it("is an admin's right on any observation, and nobody's without an account", async () => {
    expect((await retract([ids["secret leaf-b"], ids["nobody's leaf-b"]], { viewer: world.admin })).userErrors).toEqual([]);
    expect(await refused([ids["alpha leaf-b"]], { viewer: null })).toEqual(["NOT_ALLOWED "]);
  });

  it("takes 1 to 10,000 observations, and a reason of 1 to 1,000 characters", async () => {
    expect(await refused([])).toEqual(["INVALID observations"]);
    expect(await refused(Array.from({ length: 10_001 }, () => ids["alpha leaf-b"]))).toEqual(["TOO_MANY observations"]);
    expect(await refused([ids["alpha leaf-b"]], { reason: "x".repeat(1_001) })).toEqual(["INVALID reason"]);
    expect((await retract([ids["alpha leaf-b"]], { reason: "𝔛".repeat(1_000) })).userErrors).toEqual([]);
  });
});
