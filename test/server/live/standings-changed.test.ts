import { setTimeout as pause } from "node:timers/promises";
import { until } from "../../board/open-current";
import { seed } from "../../support/seed";
import { openLive, type OpenLive } from "./open-live";
import type { Heard, Transport } from "./subscribe";

let live: OpenLive;
const heards: Heard[] = [];

// At average_vision: alpha (.8 + .4) / 2 = .6, beta (.5 + .5) / 2 = .5, gamma (.2 + .2) / 2 = .2.
beforeEach(async () => {
  live = await openLive(({ dataSource }) =>
    seed(dataSource)
      .domain("vision")
      .tree("average_vision\n  V1\n    leaf-a\n  V2\n    leaf-b")
      .account("lab")
      .model("alpha")
      .score("alpha", "leaf-a", 0.8)
      .score("alpha", "leaf-b", 0.4)
      .model("beta")
      .score("beta", "leaf-a", 0.5)
      .score("beta", "leaf-b", 0.5)
      .model("gamma", { owner: "lab" })
      .score("gamma", "leaf-a", 0.2)
      .score("gamma", "leaf-b", 0.2)
      .model("hidden", { isPublic: false, owner: "lab" })
      .score("hidden", "leaf-a", 0.9)
      .write(),
  );
});
afterEach(async () => {
  for (const { stop } of heards.splice(0)) stop();
  await live.close();
});

let runs = 0;
/** A later run, with this score. */
const rerun = (value: number) => ({ raw: value, ceiled: value, endedAt: new Date(Date.UTC(2022, 0, 1) + ++runs * 1000).toISOString() });

const MOVERS = `revision benchmark { identifier } movers {
  model { name } benchmark { identifier } rankGain valueGain
  before { value rank } after { value rank } contributions { benchmark { identifier } value } }`;
const CHANGED = `subscription ($benchmark: String) { standingsChanged(domain: "vision", benchmark: $benchmark) { ${MOVERS} } }`;

async function watch(transport: Transport, query = CHANGED, benchmark?: string): Promise<Heard> {
  const heard = await live.subscribe(transport, query, { variables: { benchmark } });
  heards.push(heard);
  return heard;
}

/** What the next event tells; there must be one. */
async function event(heard: Heard, number = 1) {
  await until(() => heard.events.length >= number || heard.isOver);
  expect(heard.events[number - 1]?.errors).toBeUndefined();
  return heard.events[number - 1].data.standingsChanged;
}

/** Writes something that is told, so that whatever came before it was told or never will be. */
const byNow = (story = live.elsewhere().score("beta", "leaf-a", rerun(0.55))) => story.write();

describe.each(["WebSocket", "event stream"] as const)("a change of the standings, told over a %s", (transport) => {
  it("names who moved, the biggest move first, with the cells before and after and what each leaf added", async () => {
    const heard = await watch(transport);
    // Gamma rises to (.9 + .8) / 2 = .85, above both.
    const { publicRevision } = await live.elsewhere().score("gamma", "leaf-a", rerun(0.9)).score("gamma", "leaf-b", rerun(0.8)).write();
    expect(await event(heard)).toEqual({
      revision: String(publicRevision),
      benchmark: { identifier: "average_vision" },
      movers: [
        {
          model: { name: "gamma" },
          benchmark: { identifier: "average_vision" },
          rankGain: 2,
          valueGain: expect.closeTo(0.65, 12),
          before: { value: expect.closeTo(0.2, 12), rank: 3 },
          after: { value: expect.closeTo(0.85, 12), rank: 1 },
          contributions: [
            { benchmark: { identifier: "leaf-a" }, value: expect.closeTo(0.35, 12) },
            { benchmark: { identifier: "leaf-b" }, value: expect.closeTo(0.3, 12) },
          ],
        },
        expect.objectContaining({ model: { name: "alpha" }, rankGain: -1, valueGain: 0 }),
        expect.objectContaining({ model: { name: "beta" }, rankGain: -1, valueGain: 0 }),
      ],
    });
    expect(heard.events[0].extensions).toEqual({ revision: String(publicRevision) });
  });

  it("is executed on the board that it is about: everything nested agrees with its revision (§9)", async () => {
    const nested = `subscription { standingsChanged(domain: "vision") { revision movers {
      before { rank statistics { max } } after { rank value statistics { max best { name } } children { value } model { score(benchmark: "average_vision") { value } } } } } }`;
    const heard = await watch(transport, nested);
    await live.elsewhere().score("gamma", "leaf-a", rerun(0.9)).score("gamma", "leaf-b", rerun(0.8)).write();
    const { movers } = await event(heard);
    expect(movers[0].before.statistics.max).toBeCloseTo(0.6, 12);
    expect(movers[0].after.statistics).toEqual({ max: movers[0].after.value, best: [{ name: "gamma" }] });
    expect(movers[0].after.model.score.value).toBe(movers[0].after.value);
    expect(movers[0].after.children.map(({ value }: { value: number }) => value)).toEqual([0.9, 0.8]);
  });

  it("counts new models as movers, after those who moved", async () => {
    const heard = await watch(transport);
    await live.elsewhere().model("delta").score("delta", "leaf-a", rerun(1)).score("delta", "leaf-b", rerun(1)).write();
    const { movers } = await event(heard);
    expect(movers.map(({ model }: { model: { name: string } }) => model.name)).toEqual(["alpha", "beta", "gamma", "delta"]);
    expect(movers[3]).toMatchObject({ before: null, after: { value: 1, rank: 1 }, rankGain: null, valueGain: null });
  });

  it("tells at most 50 movers, and among them who is new, though more moved by a rank", async () => {
    const heard = await watch(transport, `subscription { standingsChanged(domain: "vision") { movers { model { name } rankGain } } }`);
    const story = live.elsewhere();
    for (let n = 0; n < 60; n++) story.model(`new-${n}`).score(`new-${n}`, "leaf-a", n / 100);
    await story.write();
    expect((await event(heard)).movers).toHaveLength(50);
    await live.elsewhere().model("champion").score("champion", "leaf-a", rerun(1)).score("champion", "leaf-b", rerun(1)).write();
    const { movers } = await event(heard, 2);
    expect(movers.map(({ rankGain }: { rankGain: number }) => rankGain)).toEqual([...Array(49).fill(-1), null]);
    expect(movers[49].model.name).toBe("champion");
  });

  it("comes for the benchmark asked about only", async () => {
    const [v1, v2] = [await watch(transport, CHANGED, "V1"), await watch(transport, CHANGED, "V2")];
    await live.elsewhere().score("beta", "leaf-b", rerun(0.6)).write();
    expect(await event(v2)).toMatchObject({ benchmark: { identifier: "V2" }, movers: [{ model: { name: "beta" } }] });
    expect(v1.events).toEqual([]);
    await live.elsewhere().score("beta", "leaf-a", rerun(0.9)).write();
    expect(await event(v1)).toMatchObject({
      benchmark: { identifier: "V1" },
      movers: [{ model: { name: "beta" } }, { model: { name: "alpha" } }],
    });
    expect(v2.events).toHaveLength(1);
  });

  it("does not come when nothing public changed there: private models cause none (§10)", async () => {
    const heard = await watch(transport);
    await live.elsewhere().score("hidden", "leaf-b", rerun(0.99)).write();
    await live.elsewhere().model("secret", { isPublic: false, owner: "lab" }).score("secret", "leaf-a", rerun(1)).write();
    await live.elsewhere().account("lab", { display_name: "The Lab" }).write();
    await pause(300);
    const { publicRevision } = await byNow();
    const told = await event(heard);
    expect(told.revision).toBe(String(publicRevision));
    expect(told.movers.map(({ model }: { model: { name: string } }) => model.name)).toEqual(["beta"]);
    expect(heard.events).toHaveLength(1);
  });

  it("comes without a name when a model was made private: only the ranks of others tell (§10)", async () => {
    const heard = await watch(transport);
    await live
      .elsewhere()
      .also(async ({ query, change }) => {
        const [{ pk }] = await query("SELECT pk FROM model WHERE name = 'alpha'");
        await change("model", [{ pk: Number(pk), is_public: false }]);
      })
      .write();
    const { movers } = await event(heard);
    expect(movers).toMatchObject([
      { model: { name: "beta" }, rankGain: 1 },
      { model: { name: "gamma" }, rankGain: 1 },
    ]);
    expect(JSON.stringify(movers)).not.toContain("alpha");
  });

  it("tells a retraction: who lost the value is among the movers", async () => {
    const heard = await watch(transport, CHANGED, "leaf-a");
    await live
      .elsewhere()
      .also(async ({ query, change }) => {
        const [{ pk }] = await query("SELECT o.pk FROM observation o JOIN model m ON m.pk = model_pk WHERE m.name = 'alpha' AND raw = 0.8");
        await change("observation", [{ pk: Number(pk), retracted_at: "2022-01-01T00:00:00Z" }]);
      })
      .write();
    const { movers } = await event(heard);
    expect(movers.at(-1)).toMatchObject({
      model: { name: "alpha" },
      before: { rank: 1 },
      after: { value: null, rank: null },
      rankGain: null,
    });
  });

  it("tells all that came while it was busy as one step from what it told last", async () => {
    const heard = await watch(transport);
    for (let n = 1; n <= 20; n++)
      await live
        .elsewhere()
        .score("beta", "leaf-a", rerun(0.5 + n / 100))
        .write();
    const value = () => heard.events.at(-1)?.data.standingsChanged.movers.at(-1).after.value;
    await until(() => Math.abs(value() - 0.6) < 1e-12);
    expect(heard.events.length).toBeLessThan(20);
    const steps = heard.events.map(({ data }) =>
      data.standingsChanged.movers.find(({ model }: { model: { name: string } }) => model.name === "beta"),
    );
    expect(steps[0].before.value).toBeCloseTo(0.5, 12);
    for (let n = 1; n < steps.length; n++) expect(steps[n].before.value).toBe(steps[n - 1].after.value);
    const revisions = heard.events.map(({ data }) => Number(data.standingsChanged.revision));
    expect([...revisions].sort((a, b) => a - b)).toEqual(revisions);
  });

  it.each([
    [`subscription { standingsChanged(domain: "chess") { revision } }`, "NOT_FOUND"],
    [`subscription { standingsChanged(domain: "vision", benchmark: "nothing") { revision } }`, "NOT_FOUND"],
    [`subscription ($d: String!) { standingsChanged(domain: $d) { revision } }`, "BAD_USER_INPUT"],
  ])("is refused where it cannot be: %s", async (query, code) => {
    const heard = await watch(transport, query);
    await until(() => heard.isOver);
    expect(heard.events).toEqual([{ errors: [expect.objectContaining({ extensions: { code } })] }]);
  });
});

it("asked for as JSON, it says how it is answered", async () => {
  const { errors } = await live.ask(`subscription { standingsChanged(domain: "vision") { revision } }`);
  expect(errors).toMatchObject([{ message: expect.stringContaining("text/event-stream"), extensions: { code: "BAD_USER_INPUT" } }]);
});
