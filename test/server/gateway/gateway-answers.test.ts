import { giveKey } from "../../support/give-key";
import { type Federated, openFederated } from "../../support/open-federated";
import { seed } from "../../support/seed";
import { type FaultyProxy, openProxy } from "./faulty-proxy";

let open: Federated;
let key: string;
const proxies: Record<string, FaultyProxy> = {};
beforeAll(async () => {
  for (const name of ["models", "scores"]) proxies[name] = await openProxy(() => open.subgraphs[name]);
  open = await openFederated(
    async (dataSource) => {
      await seed(dataSource)
        .domain("vision")
        .tree("average\n  leaf")
        .account("lab")
        .model("alpha")
        .score("alpha", "leaf", 0.5)
        .model("secret", { owner: "lab", isPublic: false })
        .write();
      key = await giveKey(dataSource, "lab");
    },
    { between: (places) => ({ ...places, ...Object.fromEntries(Object.entries(proxies).map(([name, { url }]) => [name, url])) }) },
  );
  // How answers are spoken is known from then on.
  await ask(`{ domains { slug } }`);
});
afterEach(() => Object.values(proxies).forEach((proxy) => (proxy.fault = null)));
afterAll(async () => {
  await open?.close();
  for (const proxy of Object.values(proxies)) proxy.close();
});

const cardOf = (name: string): string => `{ model(domain: "vision", name: "${name}") { name scores { value benchmark { identifier } } } }`;
const CARD = cardOf("alpha");
const IS_THERE = `{"query":"{__typename}"}`;

interface Asking {
  readonly at?: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Record<string, string>;
}

/** Asks, and tells what subgraphs were asked for that. */
async function ask(query: string, { at = open.gateway.url, method = "POST", headers = {} }: Asking = {}) {
  const before = Object.values(proxies).map(({ asked }) => asked.length);
  const type = { "content-type": "application/json" };
  const response =
    method === "POST"
      ? await fetch(`${at}/graphql`, { method, headers: { ...type, ...headers }, body: JSON.stringify({ query }) })
      : await fetch(`${at}/graphql?query=${encodeURIComponent(query)}`, { headers });
  const text = await response.text();
  const asked = Object.entries(proxies).flatMap(([name, proxy], place) =>
    proxy.asked.slice(before[place]).map(({ body }) => (body === IS_THERE ? `${name}: the revision` : name)),
  );
  return { status: response.status, headers: response.headers, text, asked: asked.sort() };
}

test("a whole answer is sent again as long as it is of the newest revision, which a subgraph is asked for", async () => {
  const first = await ask(CARD);
  expect(first.asked).toEqual(["models", "scores"]);
  const again = await ask(CARD);
  expect(again.asked).toEqual(["scores: the revision"]);
  expect([again.status, again.text, again.headers.get("content-type")]).toEqual([200, first.text, first.headers.get("content-type")]);
  expect((await ask(cardOf("beta"))).asked).toEqual(["models"]);

  await seed(open.dataSource).score("alpha", "leaf", { raw: 0.75, ceiled: 0.75, endedAt: "2030-01-01" }).write();
  await open.catchUp();
  const later = await ask(CARD);
  expect(later.asked).toEqual(["models", "scores", "scores: the revision"]);
  expect(later.text).toMatch("0.75");
  expect((await ask(CARD)).text).toBe(later.text);
});

test("what is written in private leaves it where it is (§10)", async () => {
  const { text } = await ask(CARD);
  await seed(open.dataSource).score("secret", "leaf", 0.9).write();
  await open.catchUp();
  expect(await ask(CARD)).toMatchObject({ text, asked: ["scores: the revision"] });
});

test("nothing is kept of what somebody in particular is told, and nothing that is kept is told to them (§10)", async () => {
  const authorization = `Bearer ${key}`;
  const secret = cardOf("secret");
  const own = await ask(secret, { headers: { authorization } });
  expect(own.text).toMatch(`"name":"secret"`);
  expect(own.headers.get("cache-control")).toBe("private, no-store");
  for (let count = 0; count < 2; count++) expect((await ask(secret)).text).toMatch(`"model":null`);
  expect((await ask(secret, { headers: { authorization } })).text).toBe(own.text);
  await ask(CARD);
  expect((await ask(CARD, { headers: { authorization } })).asked).toEqual(["models", "scores"]);
  expect((await ask(CARD, { headers: { authorization: "Bearer st_none" } })).status).toBe(401);
});

test("who asks for a revision is answered from it", async () => {
  const { text } = await ask(CARD);
  const seal = await sealOf();
  const pinned = await ask(CARD, { headers: { "x-scoretree-revision": seal } });
  expect(pinned.asked).toEqual(["models"]);
  expect(pinned.headers.get("x-scoretree-revision")).toBe(seal);
  expect(JSON.parse(pinned.text)).toEqual(JSON.parse(text));
});

async function sealOf(): Promise<string> {
  const response = await fetch(open.subgraphs.scores, { method: "POST", headers: { "content-type": "application/json" }, body: IS_THERE });
  return response.headers.get("x-scoretree-revision")!;
}

test("neither an answer with an error nor one that is of its request is kept", async () => {
  const broken = `{ model(domain: "vision", name: "alpha") { name scores { value display } } }`;
  const expired: FaultyProxy["fault"] = (response) =>
    response.end(`{"errors":[{"message":"Not now.","path":["_entities",0,"scores"]}],"data":{"_entities":[null]}}`);
  proxies.scores.fault = expired;
  expect((await ask(broken)).text).toMatch("Not now.");
  proxies.scores.fault = null;
  const whole = await ask(broken);
  expect(whole.asked).toEqual(["models", "scores"]);
  expect(whole.text).not.toMatch("errors");
  const rate = `{ rateLimit { cost } model(domain: "vision", name: "alpha") { name } }`;
  for (let count = 0; count < 2; count++) expect((await ask(rate)).asked).toEqual(["models"]);
});

test("where the revision cannot be told, it is asked for anew", async () => {
  const plain = `{ model(domain: "vision", name: "alpha") { name } }`;
  const { text } = await ask(plain);
  proxies.scores.fault = (response) => response.destroy();
  expect(await ask(plain)).toMatchObject({ text, asked: ["models", "scores: the revision"] });
});

test("GET answers name their content, and say that it is still so, as the joined server does", async () => {
  const joined = await ask(CARD, { at: open.joined, method: "GET" });
  const first = await ask(CARD, { method: "GET" });
  const told = ({ headers, status, text }: typeof first) =>
    [status, text, ...["etag", "cache-control", "content-type", "vary"].map((name) => headers.get(name))]; // prettier-ignore
  expect(told(first)).toEqual(told(joined));
  const etag = first.headers.get("etag")!;
  expect(etag).toMatch(/^W\//);
  const held = await ask(CARD, { method: "GET", headers: { "if-none-match": etag } });
  expect([held.status, held.text, held.asked]).toEqual([304, "", ["scores: the revision"]]);
});
