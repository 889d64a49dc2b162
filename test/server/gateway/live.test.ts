import { setTimeout as pause } from "node:timers/promises";
import { buildSchema, lexicographicSortSchema, printSchema } from "graphql";
import { until } from "../../board/open-current";
import { changed } from "../../flows/release-world";
import { giveKey } from "../../support/give-key";
import { type Federated, openFederated } from "../../support/open-federated";
import { seed } from "../../support/seed";
import { startGateway } from "../../support/start-server";
import { type Heard, subscribeAt, type SubscribeOptions, type Transport } from "../live/subscribe";

const PIXEL = Buffer.from("iVBORw0KGgo=", "base64");

let open: Federated;
let key: string;
beforeAll(async () => {
  open = await openFederated(async (dataSource) => {
    const story = seed(dataSource)
      .domain("vision")
      .reference("Doe2020")
      .reference("Roe2021")
      .tree("average_vision\n  V1\n    a\n    b")
      .account("lab");
    for (const [at, name] of ["alpha", "beta", "gamma"].entries())
      story
        .model(name, { owner: "lab", reference: "Doe2020" })
        .score(name, "a", 0.3 + at / 10)
        .score(name, "b", 0.5);
    const file = { id: "samplefile_1", domain_pk: 1, path: "V1 ä/1.png", content: PIXEL, media_type: "image/png" };
    await story.also(async (append) => void (await append.add("sample_file", [file]))).write();
    key = await giveKey(dataSource, "lab");
  });
}, 60_000);
/** Subscribers of this test. */
const heard: Heard[] = [];
const end = async () => {
  heard.splice(0).forEach(({ stop }) => stop());
  await until(() => open.liveCounts.subscriptions === 0);
};
afterEach(end);
afterAll(() => open?.close());

/** Everything that several subgraphs tell of one event. */
const CHANGE = `subscription ($benchmark: String) { standingsChanged(domain: "vision", benchmark: $benchmark) {
  revision
  benchmark { id identifier shortName domain { name } reference { key } version { number } }
  movers { rankGain valueGain before { rank display } after { rank display history { raw } }
    model { id name usage metadata { family } contributor { displayName } reference { key label } bibliography(format: APA) trend(every: YEAR) { value } }
    contributions { benchmark { identifier parent { identifier } } value } } } }`;

/** Subscribes joined and through the gateway, and waits until both are told of what comes, or not. */
async function both(transport: Transport, query: string, options?: SubscribeOptions): Promise<Heard[]> {
  const before = open.liveCounts.subscriptions;
  const pair = [open.joined, open.gateway.url].map((url) => subscribeAt(url, transport, query, options));
  heard.push(...pair);
  await until(() => open.liveCounts.subscriptions === before + 2 || pair.every(({ isOver }) => isOver));
  return pair;
}
let written = 0;
const later = () => new Date(Date.UTC(2022, 0, 1) + ++written * 60_000).toISOString();
const told = async (heard: readonly Heard[], count: number) => {
  await open.catchUp();
  await until(() => heard.every(({ events }) => events.length >= count));
};

describe.each(["WebSocket", "event stream"] as const)("through the gateway, over a %s", (transport) => {
  test("a change of the standings is told as by the joined server, each event of one revision whoever knows its parts", async () => {
    const pair = await both(transport, CHANGE);
    for (let round = 1; round <= 4; round++) {
      const family = `${transport} ${round}`;
      await seed(open.dataSource)
        .score(["alpha", "beta", "gamma"][round % 3], "a", { raw: 0.6 + written / 100, ceiled: 0.6 + written / 100, endedAt: later() })
        .also(changed("model", "name IN ('alpha', 'beta', 'gamma')", { family }))
        .write();
      await told(pair, round);
      const { movers } = pair[1].events[round - 1].data.standingsChanged;
      expect(movers.map(({ model }: { model: { metadata: object } }) => model.metadata)).toEqual(movers.map(() => ({ family })));
      expect(movers.length).toBeGreaterThan(0);
    }
    await seed(open.dataSource)
      .model(`new over a ${transport}`, { owner: "lab", reference: "Roe2021" })
      .score(`new over a ${transport}`, "b", { raw: 0.9, ceiled: 0.9, endedAt: later() })
      .write();
    await told(pair, 5);
    expect(pair[1].events).toEqual(pair[0].events);
    expect(JSON.stringify(pair[1].events[4])).toContain("Roe2021");
    expect(JSON.stringify(pair[1].events)).not.toMatch(/errors|sealed/);
  });

  test.each<[string, string, string, Record<string, unknown>]>([
    ["an unknown domain", "NOT_FOUND", `subscription { standingsChanged(domain: "nowhere") { revision } }`, {}],
    ["an unknown benchmark", "NOT_FOUND", CHANGE, { benchmark: "none" }],
    ["a variable of another type", "BAD_USER_INPUT", CHANGE, { benchmark: 3 }],
    ["an unknown field", "GRAPHQL_VALIDATION_FAILED", `subscription { standingsChanged(domain: "vision") { none } }`, {}],
    ["no subscription", "BAD_USER_INPUT", `{ domains { slug } }`, {}],
  ])("%s is refused as by the joined server, with %s", async (_, code, query, variables) => {
    const pair = await both(transport, query, { variables });
    await until(() => pair.every(({ isOver }) => isOver));
    const [joined, federated] = pair.map(({ events, error }) => JSON.parse(JSON.stringify([events, error])) as unknown);
    expect(federated).toEqual(joined);
    expect(JSON.stringify(joined)).toContain(`"code":"${code}"`);
  });

  test("the revision that a client has written is there when its subscription begins; no other can be asked for (§9)", async () => {
    const response = await fetch(`${open.gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({
        query: `mutation { registerModel(input: { domain: "vision", name: "own ${transport}", isPublic: true }) { model { name } } }`,
      }),
    });
    expect(await response.json()).toMatchObject({ data: { registerModel: { model: { name: `own ${transport}` } } } });
    const least = response.headers.get("x-scoretree-min-revision")!;
    const pair = await both(transport, CHANGE, { headers: { "x-scoretree-min-revision": least } });
    await seed(open.dataSource).score(`own ${transport}`, "a", { raw: 0.95, ceiled: 0.95, endedAt: later() }).write();
    await told(pair, 1);
    expect(pair[1].events).toEqual(pair[0].events);
    expect(JSON.stringify(pair[1].events)).toContain(`own ${transport}`);
    const refused = await both(transport, CHANGE, { headers: { "x-scoretree-min-revision": "7" } });
    await until(() => refused.every(({ isOver }) => isOver));
    expect(refused[1].events).toEqual(refused[0].events);
    expect(refused[0].events).toMatchObject([{ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] }]);
  });

  test("a subscription ends when its key is revoked, with the same words", async () => {
    const token = await giveKey(open.dataSource, "lab");
    const pair = await both(transport, CHANGE, { token });
    await open.dataSource.query("UPDATE api_key SET revoked_at = now() WHERE prefix = $1", [token.slice(0, 11)]);
    await seed(open.dataSource)
      .score("alpha", "b", { raw: 0.96, ceiled: 0.5 + written / 200, endedAt: later() })
      .write();
    await open.catchUp();
    await until(() => pair.every(({ isOver }) => isOver));
    expect(pair[1].events).toEqual(pair[0].events);
    expect(pair[0].events).toMatchObject([{ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] }]);
  });
});

test("an exact revision of a subscription is refused, as it is about what comes (§9)", async () => {
  const headers = { "x-scoretree-revision": "7" };
  const pair = await both("event stream", CHANGE, { headers });
  await until(() => pair.every(({ isOver }) => isOver));
  expect(pair[1].events).toEqual(pair[0].events);
  expect(pair[0].events).toMatchObject([{ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] }]);
});

test("samples and the schema are served as by the joined server", async () => {
  const get = async (url: string, at: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}${at}`, { headers });
    const kept = ["content-type", "etag", "cache-control", "content-security-policy"].map((name) => answer.headers.get(name));
    return { status: answer.status, kept, body: Buffer.from(await answer.arrayBuffer()).toString("base64") };
  };
  const sample = "/samples/vision/V1%20%C3%A4/1.png";
  const [joined, federated] = await Promise.all([open.joined, open.gateway.url].map((url) => get(url, sample)));
  expect(joined).toMatchObject({ status: 200, body: PIXEL.toString("base64") });
  expect(federated).toEqual(joined);
  const again = { "if-none-match": joined.kept[1]! };
  for (const [at, headers] of [[sample, again], ["/samples/vision/none.png"], ["/samples/nowhere/%00"], ["/samples/"]] as const) {
    const [one, other] = await Promise.all([open.joined, open.gateway.url].map((url) => get(url, at, headers)));
    expect([at, other]).toEqual([at, one]);
  }
  const [ours, theirs] = await Promise.all(
    [open.joined, open.gateway.url].map(async (url) =>
      printSchema(lexicographicSortSchema(buildSchema(await (await fetch(`${url}/schema.graphql`)).text()))),
    ),
  );
  expect(theirs === ours).toBe(true);
});

test.each(["SIGTERM", "SIGKILL"] as const)(
  "a gateway that ends by %s under load gives right answers or none, and its clients go on",
  async (signal) => {
    const query = `{ model(domain: "vision", name: "beta") { name reference { key } contributor { displayName } score(benchmark: "average_vision") { display rank } } }`;
    const port = new URL(open.gateway.url).port;
    const ask = async (): Promise<string> => {
      const body = JSON.stringify({ query });
      const headers = { "content-type": "application/json" };
      try {
        const answer = await fetch(`${open.gateway.url}/graphql`, { method: "POST", headers, body, signal: AbortSignal.timeout(20_000) });
        return await answer.text();
      } catch (error) {
        if ((error as Error).name === "TimeoutError") throw error;
        return "no answer";
      }
    };
    const right = await ask();
    expect(right).toContain("Doe2020");
    const answers = new Map<string, number>();
    let isOver = false;
    const clients = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const answer = await ask();
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
        if (answer === "no answer") await pause(50);
      }
    });
    const subscriber = subscribeAt(open.gateway.url, "WebSocket", CHANGE, { retryAttempts: 200 });
    heard.push(subscriber);
    await until(() => open.liveCounts.subscriptions === 1 && (answers.get(right) ?? 0) > 20);
    if (signal === "SIGTERM") expect(await open.gateway.stop()).toBe(0);
    else await open.gateway.kill();
    await until(() => answers.has("no answer") && open.liveCounts.subscriptions === 0);
    Object.assign(open, { gateway: await startGateway(open.subgraphs, { environment: { PORT: port } }) });
    const before = answers.get(right)!;
    await until(() => answers.get(right)! > before + 20);
    isOver = true;
    await Promise.all(clients);
    expect([...answers.keys()].sort()).toEqual([right, "no answer"].sort());
    // Subscribers come back by themselves, and are told of what comes then.
    await until(() => open.liveCounts.subscriptions === 1);
    await seed(open.dataSource)
      .score("beta", "b", { raw: 0.97, ceiled: 0.7 + written / 200, endedAt: later() })
      .write();
    await told([subscriber], 1);
    expect(subscriber.isOver).toBe(false);
  },
  90_000,
);
