import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { type StartedServer, startServer } from "../support/start-server";
import type { Json } from "../support/json";

const PAGE = readFileSync(path.join(__dirname, "../../docs/scaling.md"), "utf8");

/** The commands of the page that start the subgraphs and the gateway: environment, and what stands behind `serve`. */
const COMMANDS = /```sh apart\n(.*?)```/s
  .exec(PAGE)![1]
  .trim()
  .split("\n")
  .map((line) => {
    const [, variables, names] = /^(.*?) ?scoretree serve (.*)$/.exec(line)!;
    return {
      environment: Object.fromEntries(variables.split(" ").map((each) => each.split(/=(.*)/s, 2) as [string, string])),
      names: names.split(" "),
    };
  });

let database: TestDatabase;
let key: string;
const servers = new Map<string, StartedServer>();
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree("average_vision")
    .model("alpha", { owner: "lab" })
    .score("alpha", "average_vision", 0.5)
    .write();
  key = await giveKey(database.dataSource, "lab");
  const subgraphs = COMMANDS.filter(({ names }) => names[0] !== "gateway");
  await Promise.all(
    subgraphs.map(
      async ({ environment, names }) => void servers.set(environment.PORT, await startServer(database.url, { PORT: "0" }, names)),
    ),
  );
  // Their ports are free ones here.
  const gateway = COMMANDS.find(({ names }) => names[0] === "gateway")!;
  const places = gateway.environment.SCORETREE_SUBGRAPHS.replaceAll(
    /http:\/\/127\.0\.0\.1:(\d+)/g,
    (_, port: string) => servers.get(port)!.url,
  );
  servers.set(gateway.environment.PORT, await startServer(database.url, { PORT: "0", SCORETREE_SUBGRAPHS: places }, ["gateway"]));
});
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.kill()));
  await database?.drop();
});

const ask = async (port: string, at: string, query: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${servers.get(port)!.url}${at}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  return { headers: response.headers, ...((await response.json()) as { data: Json; errors?: unknown }) };
};

it("the commands of docs/scaling.md start a platform that answers by one API", async () => {
  const query = `{ model(domain: "vision", name: "alpha") { contributor { displayName } score(benchmark: "average_vision") { display rank } } }`;
  expect(await ask("4000", "/graphql", query)).toMatchObject({
    data: { model: { contributor: { displayName: "lab" }, score: { display: ".500", rank: 1 } } },
  });
});

it("what was written through the gateway is there for who sends back what its answer names, at any process", async () => {
  for (let round = 0; round < 10; round++) {
    const register = `mutation { registerModel(input: { domain: "vision", name: "model ${round}", isPublic: true }) { model { name } userErrors { message } } }`;
    const { data, headers } = await ask("4000", "/graphql", register, { authorization: `Bearer ${key}` });
    expect(data.registerModel).toEqual({ model: { name: `model ${round}` }, userErrors: [] });
    const least = { "x-scoretree-min-revision": headers.get("x-scoretree-min-revision")! };
    const count = `{ models(domain: "vision") { totalCount } }`;
    for (const [port, at] of [
      ["4000", "/graphql"],
      ["4003", "/graphql/scores"],
      ["4004", "/graphql/scores"],
    ] as const)
      expect((await ask(port, at, count, least)).data).toEqual({ models: { totalCount: 2 + round } });
  }
});
