import { KeptParts, type Way } from "../../../src/server/gateway/kept-parts";
import type { Thing } from "../../../src/server/gateway/representations";
import { giveKey } from "../../support/give-key";
import type { Json } from "../../support/json";
import { type Federated, openFederated } from "../../support/open-federated";
import { seed } from "../../support/seed";
import { type FaultyProxy, openProxy } from "./faulty-proxy";

const WAY: Way = { subgraph: "citations", operation: "query { … }", alias: "_entities", variables: {} };

describe("kept parts", () => {
  test("are of the newest revision only, and none is left when the next one comes", () => {
    const parts = new KeptParts();
    const ninth = parts.of("9", WAY)!;
    ninth.keep("a", { key: "old" }, "9");
    expect(ninth.find("a")).toEqual({ key: "old" });
    expect(parts.of("8", WAY)).toBeNull();
    const tenth = parts.of("10", WAY)!;
    expect(tenth.find("a")).toBeUndefined();
    expect(parts.bytes).toBe(0);
    tenth.keep("a", { key: "new" }, "10");
    expect(ninth.find("a")).toBeUndefined();
    ninth.keep("a", { key: "old" }, "9");
    tenth.keep("b", { key: "of another revision" }, "11");
    expect([tenth.find("a"), tenth.find("b")]).toEqual([{ key: "new" }, undefined]);
    expect(parts.of("9", WAY)).toBeNull();
    expect(parts.of(null, WAY)).toBeNull();
  });

  test.each<Partial<Way>>([{ subgraph: "models" }, { operation: "query { other }" }, { alias: "_e1" }, { variables: { first: 2 } }])(
    "of one way of asking are not those of another: %j",
    (other) => {
      const parts = new KeptParts();
      parts.of("1", WAY)!.keep("a", { key: "one" }, "1");
      expect(parts.of("1", WAY)!.find("a")).toEqual({ key: "one" });
      expect(parts.of("1", { ...WAY, ...other })!.find("a")).toBeUndefined();
    },
  );

  test("take no more bytes than they may: those that were used last stay", () => {
    const most = 100_000;
    const parts = new KeptParts(most);
    const kept = parts.of("1", WAY)!;
    const size = (count: number): Thing => ({ text: "x".repeat(count) });
    for (let count = 0; count < 100; count++) {
      kept.keep(`part ${count}`, size(9_000), "1");
      kept.find("part 0");
      expect(parts.bytes).toBeLessThanOrEqual(most);
    }
    expect(["part 0", "part 1", "part 99"].map((name) => kept.find(name) !== undefined)).toEqual([true, false, true]);
    kept.keep("too large", size(most), "1");
    expect(kept.find("too large")).toBeUndefined();
    expect(parts.bytes).toBeGreaterThan(most / 2);
  });

  test("of a question whose variables are too long are not kept", () => {
    expect(new KeptParts().of("1", { ...WAY, variables: { search: "x".repeat(50_000) } })).toBeNull();
  });

  test("cannot be changed by who uses them", () => {
    const parts = new KeptParts();
    const kept = parts.of("1", WAY)!;
    kept.keep("a", { list: [{ key: "one" }] }, "1");
    expect(() => ((kept.find("a") as { list: Thing[] }).list[0].key = "other")).toThrow(TypeError);
  });
});

describe("behind the gateway", () => {
  let open: Federated;
  let key: string;
  const proxies: Record<string, FaultyProxy> = {};
  beforeAll(async () => {
    for (const name of ["benchmarks", "citations", "scores"]) proxies[name] = await openProxy(() => open.subgraphs[name]);
    open = await openFederated(
      async (dataSource) => {
        await seed(dataSource)
          .domain("vision")
          .reference("Doe2020")
          .tree("average\n  leaf")
          .account("lab")
          .model("alpha", { reference: "Doe2020" })
          .score("alpha", "leaf", 0.5)
          .model("beta", { reference: "Doe2020" })
          .score("beta", "leaf", 0.25)
          .model("secret", { owner: "lab", isPublic: false, reference: "Doe2020" })
          .score("secret", "leaf", 0.75)
          .write();
        key = await giveKey(dataSource, "lab");
      },
      { between: (places) => ({ ...places, ...Object.fromEntries(Object.entries(proxies).map(([name, { url }]) => [name, url])) }) },
    );
  });
  afterAll(async () => {
    await open?.close();
    for (const proxy of Object.values(proxies)) proxy.close();
  });

  async function ask(query: string, authorization?: string) {
    const before = Object.fromEntries(Object.entries(proxies).map(([name, { asked }]) => [name, asked.length]));
    const response = await fetch(`${open.gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) },
      // No whole answer is kept of a question with an extension.
      body: JSON.stringify({ query, extensions: { anew: true } }),
    });
    const answer = (await response.json()) as Record<string, Json>;
    return { answer, asked: Object.entries(proxies).flatMap(([name, { asked }]) => Array<string>(asked.length - before[name]).fill(name)) };
  }
  const cardOf = (name: string, more = "") =>
    `{ model(domain: "vision", name: "${name}") { name domain { usage } reference { label } scores { value benchmark { identifier isRaw version { number } } } ${more} } }`;

  test("what cards share is fetched once a revision, and anew when something that everybody sees has changed", async () => {
    const first = await ask(cardOf("alpha"));
    expect(first.asked).toEqual(["benchmarks", "benchmarks", "citations", "scores"]);
    const other = await ask(cardOf("beta"));
    expect(other.asked).toEqual(["citations", "scores"]);
    expect(other.answer.data.model).toEqual({ ...first.answer.data.model, name: "beta", scores: expect.any(Array) });
    expect(other.answer.data.model.scores).toMatchObject([{ value: 0.25 }, { value: 0.25 }]);

    await seed(open.dataSource).score("beta", "leaf", { raw: 0.375, ceiled: 0.375, endedAt: "2030-01-01" }).write();
    await open.catchUp();
    const later = await ask(cardOf("beta"));
    expect(later.asked).toEqual(["benchmarks", "benchmarks", "citations", "scores"]);
    expect(later.answer.data.model.scores).toMatchObject([{ value: 0.375 }, { value: 0.375 }]);
    expect(Number(later.answer.extensions.revision)).toBeGreaterThan(Number(other.answer.extensions.revision));

    await seed(open.dataSource).version("leaf", 2).score("alpha", "leaf", 0.5).score("secret", "leaf", 0.75).write();
    await open.catchUp();
    const numbers = async () =>
      (await ask(cardOf("alpha"))).answer.data.model.scores.map(({ benchmark }: Json) => benchmark.version?.number ?? null);
    expect(later.answer.data.model.scores.map(({ benchmark }: Json) => benchmark.version?.number ?? null)).toEqual([null, 1]);
    expect(await numbers()).toEqual([null, 2]);
  });

  test("what somebody in particular is told is kept for nobody, and what is kept is not told to them (§10)", async () => {
    const secret = cardOf("secret");
    expect((await ask(secret)).answer.data.model).toBeNull();
    const own = await ask(secret, `Bearer ${key}`);
    expect(own.answer.data.model).toMatchObject({ name: "secret", scores: [{ value: 0.75 }, { value: 0.75 }] });
    expect((await ask(secret)).answer.data.model).toBeNull();
    const ids = `{ node(id: "${(await ask(`{ model(domain: "vision", name: "secret") { id } }`, `Bearer ${key}`)).answer.data.model.id}") { ... on Model { name reference { label } } } }`; // prettier-ignore
    for (const [authorization, found] of [
      [undefined, null],
      [`Bearer ${key}`, "secret"],
      [undefined, null],
    ] as const)
      // prettier-ignore
      expect((await ask(ids, authorization)).answer.data.node?.name ?? null).toBe(found);
    const kept = await ask(cardOf("alpha"));
    expect(kept.asked).toEqual([]);
    const asked = await ask(cardOf("alpha"), `Bearer ${key}`);
    expect(asked.asked).toEqual(["benchmarks", "benchmarks", "citations", "scores"]);
    expect(asked.answer).toEqual(kept.answer);
  });

  test("an answer with an error is not kept", async () => {
    const query = cardOf("alpha", "bibliography");
    proxies.citations.fault = (response) => {
      proxies.citations.fault = null;
      response.end(`{"errors":[{"message":"Not now.","path":["_entities",0,"bibliography"],"extensions":{"code":"UNAVAILABLE"}}],"data":{"_e0":[],"_entities":[{"bibliography":null,"reference":null}]}}`); // prettier-ignore
    };
    const failed = await ask(query);
    expect(failed.answer.errors).toHaveLength(1);
    const { answer, asked } = await ask(query);
    expect(answer.errors).toBeUndefined();
    expect(asked).toEqual(["citations"]);
    expect(answer.data.model.bibliography).toEqual(expect.any(String));
  });

  test("what is kept is not changed by what other questions add to it", async () => {
    const plain = `{ model(domain: "vision", name: "alpha") { scores { benchmark { version { number } } } } }`;
    const deep = `{ model(domain: "vision", name: "alpha") { scores { benchmark { version { number validFrom } } } } }`;
    const first = (await ask(plain)).answer;
    const second = (await ask(deep)).answer;
    for (let count = 0; count < 2; count++) {
      expect((await ask(plain)).answer).toEqual(first);
      expect((await ask(deep)).answer).toEqual(second);
    }
    expect(second.data.model.scores).toContainEqual({ benchmark: { version: { number: 2, validFrom: expect.any(String) } } });
  });
});
