import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { CurrentBoard } from "../../src/board/current";
import { ExactBoards } from "../../src/board/exact-boards";
import { sealRevision } from "../../src/federation/sealed-revision";
import { standalone } from "../../src/federation/standalone";
import { createServer } from "../../src/server/create-server";
import { createLogger } from "../../src/server/logger";
import { chooseBoard } from "../../src/server/sealed-headers";
import { askHttp, type HttpAnswer } from "../support/ask-http";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { joinedSchema } from "../support/joined";
import { seed } from "../support/seed";
import { ADMIN } from "../support/viewer-of";
import type { Json } from "../support/json";

const EXACT = "x-scoretree-revision";
const LEAST = "x-scoretree-min-revision";

let database: TestDatabase;
let key: string;
let admin: string;
const closing: (() => Promise<unknown>)[] = [];
const urls: Record<string, string> = {};
const boards: Record<string, CurrentBoard> = {};

/** A process of some subgraphs, as far as one process can have several; "joined" serves the API. */
async function serve(name: string): Promise<void> {
  const { schema, subgraphs } = joinedSchema();
  const { dataSource, url } = database;
  const current = await CurrentBoard.open(dataSource, {
    url,
    holdsModels: ["joined", "scores"].includes(name),
    keptBoards: 4,
    onError: console.error,
  });
  const exact = new ExactBoards(dataSource, current);
  const server: FastifyInstance = await createServer({
    endpoints:
      name === "joined"
        ? [{ path: "/graphql", schema }]
        : [{ path: `/graphql/${name}`, schema: standalone(subgraphs.find((each) => each.name === name)!), isForGateway: true }],
    ...{ config: { host: "127.0.0.1", port: 0 }, dataSource, logger: createLogger("silent"), pages: null },
    ...{ board: () => current.board, atLeast: (revision) => current.atLeast(revision) },
    ...{ exactly: (revision) => exact.at(revision), recent: () => current.recent },
  });
  urls[name] = `${await server.listen({ port: 0, host: "127.0.0.1" })}/graphql${name === "joined" ? "" : `/${name}`}`;
  boards[name] = current;
  closing.push(
    () => server.close(),
    () => current.close(),
  );
}

beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree("average_vision\n  V1")
    .account("admin", { role: "ADMIN" })
    .model("alpha", { owner: "lab", columns: { family: "first" } })
    .score("alpha", "V1", 0.25)
    .write();
  key = await giveKey(database.dataSource, "lab");
  admin = await giveKey(database.dataSource, "admin");
  for (const name of ["joined", "scores", "models"]) await serve(name);
});
afterAll(async () => {
  for (const close of closing) await close();
  await database?.drop();
});

interface Answer extends HttpAnswer {
  readonly data: Json;
  readonly code: string | undefined;
}

async function ask(name: string, query: string, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await askHttp(urls[name], { path: new URL(urls[name]).pathname, headers, body: { query } });
  const { data, errors } = JSON.parse(answer.body) as { data: unknown; errors?: { extensions: { code: string } }[] };
  return { ...answer, data, code: errors?.[0].extensions.code };
}

const MODEL = `{ model(domain: "vision", name: "alpha") { id metadata { family } } }`;
const VALUE = `{ standings(domain: "vision") { leaderboard { nodes { model { name } score { value } } } } }`;
const family = async (headers: Record<string, string>) => (await ask("models", MODEL, headers)).data.model.metadata.family as string;
const value = async (headers: Record<string, string>) =>
  (await ask("scores", VALUE, headers)).data.standings.leaderboard.nodes[0].score.value as number;

/** Changes the model and its score, in two appends. */
async function change(name: string, to: number): Promise<void> {
  const { data } = await ask("models", MODEL);
  const update = `mutation { updateModel(input: { model: "${data.model.id}", metadata: { family: "${name}" } }) { userErrors { message } } }`;
  const authorization = `Bearer ${key}`;
  expect((await ask("joined", update, { authorization })).data).toEqual({ updateModel: { userErrors: [] } });
  const submit = `mutation { submitScores(input: { domain: "vision", submissionKey: "${name}", scores: [{ model: "alpha", benchmark: "V1", version: 1,
    raw: ${to}, ceiled: ${to}, startedAt: "2025-01-01T00:00:0${Math.round(to * 8)}Z", endedAt: "2025-01-01T00:00:0${Math.round(to * 8)}Z" }] }) { userErrors { message } } }`;
  expect((await ask("joined", submit, { authorization })).data).toEqual({ submitScores: { userErrors: [] } });
}

const sealOf = (answer: HttpAnswer, name = EXACT): string => String(answer.headers[name]);

describe("a revision that answers name for others to answer from (§9)", () => {
  it("stands on every answer of a subgraph; on those of the joined API only where one was asked for", async () => {
    expect((await ask("models", MODEL)).headers).toHaveProperty(EXACT);
    expect((await ask("scores", VALUE)).headers).toHaveProperty(EXACT);
    const plain = await ask("joined", MODEL);
    expect(plain.headers).not.toHaveProperty(EXACT);
    expect(plain.headers).not.toHaveProperty(LEAST);
    const asked = await ask("joined", MODEL, { [EXACT]: sealOf(await ask("models", MODEL)) });
    expect(asked.headers).toHaveProperty(EXACT);
    expect(String(plain.headers.vary)).toContain(EXACT);
  });

  it("is answered from exactly by every subgraph: numbers, ranks and text as they were", async () => {
    const before = { [EXACT]: sealOf(await ask("scores", VALUE)) };
    const [familyThen, valueThen] = [await family(before), await value(before)];
    await change("second", 0.5);
    const between = { [EXACT]: sealOf(await ask("joined", MODEL, { [EXACT]: sealOf(await ask("models", `{ __typename }`)) })) };
    await change("third", 0.75);
    await Promise.all([boards.scores.refresh(), boards.models.refresh()]);
    expect([await family({}), await value({})]).toEqual(["third", 0.75]);
    for (let again = 0; again < 2; again++) {
      expect([await family(before), await value(before)]).toEqual([familyThen, valueThen]);
      expect(sealOf(await ask("scores", VALUE, before))).toBe(before[EXACT]);
    }
    expect(await family(between)).toBe("second");
  });

  it("may be one that this process never was at: it makes the board of it", async () => {
    // Two facts that the scores process reads at once; the catalog of models is read in between.
    const { dataSource } = database;
    await seed(dataSource).domain("vision").model("beta").score("beta", "V1", 0.875).write();
    await boards.models.refresh();
    const between = { [EXACT]: sealOf(await ask("models", MODEL)) };
    await seed(dataSource).domain("vision").model("gamma").score("gamma", "V1", 1).write();
    await boards.scores.refresh();
    const names = async (headers: object) =>
      (await ask("scores", VALUE, headers as Record<string, string>)).data.standings.leaderboard.nodes.map(
        ({ model }: { model: { name: string } }) => model.name,
      ) as string[];
    expect(await names({})).toEqual(["gamma", "beta", "alpha"]);
    expect(await names(between)).toEqual(["beta", "alpha"]);
  });

  it("is told of what was written, and a process that is asked for that or later has read it", async () => {
    const [{ id }] = await database.dataSource.query(`SELECT id FROM model WHERE name = 'alpha'`);
    const update = `mutation { updateModel(input: { model: "${id}", metadata: { family: "written" } }) { userErrors { message } } }`;
    const answer = await ask("models", update, { authorization: `Bearer ${key}` });
    const least = { [LEAST]: sealOf(answer, LEAST) };
    expect(await family(least)).toBe("written");
    expect((await ask("scores", VALUE, least)).status).toBe(200);
    expect((await ask("models", MODEL)).headers).not.toHaveProperty(LEAST);
  });

  it("is refused if no answer gave it, and says so if it is kept no longer, or not there yet", async () => {
    const { ledger } = boards.joined.board.catalog;
    for (const name of [EXACT, LEAST])
      for (const made of ["", "7", "x".repeat(59), sealRevision(Buffer.alloc(32), ledger)])
        for (const server of ["joined", "models", "scores"])
          expect(await ask(server, `{ __typename }`, { [name]: made })).toMatchObject({ status: 400, code: "BAD_USER_INPUT" });
    const late = { ...ledger, revision: ledger.revision + 1_000 };
    expect(await ask("scores", VALUE, { [LEAST]: sealRevision(ledger.idKey, late) })).toMatchObject({ status: 503, code: "UNAVAILABLE" });
    const early = sealRevision(ledger.idKey, { revision: 1, publicRevision: 1 });
    expect(await ask("scores", VALUE, { [EXACT]: early })).toMatchObject({ status: 400, code: "EXPIRED_REVISION" });
  });

  it("does not expire by what was written in secret, (§10)", async () => {
    const { dataSource } = database;
    const seals = { [EXACT]: sealOf(await ask("scores", VALUE)) };
    const told = await ask("scores", VALUE, seals);
    // More than a process here keeps.
    for (let secret = 0; secret < 12; secret++) {
      await seed(dataSource).domain("vision").model(`secret ${secret}`, { isPublic: false, owner: "other" }).write();
      await boards.scores.refresh();
    }
    for (const headers of [seals, { ...seals, authorization: `Bearer ${key}` }])
      expect(await ask("scores", VALUE, headers)).toMatchObject({ status: 200, data: told.data, headers: { [EXACT]: seals[EXACT] } });
    // As if private writes had used up all the room: what is kept is then of the same public revision.
    const { board } = boards.scores;
    const gone = { board: () => board, exactly: async () => null };
    expect(await chooseBoard(seals, null, gone)).toEqual({ board, isPinned: true });
    await expect(chooseBoard(seals, ADMIN, gone)).rejects.toMatchObject({ code: "EXPIRED_REVISION" });
    await seed(dataSource).domain("vision").model("for all to see").write();
    await boards.scores.refresh();
    expect(sealOf(await ask("scores", VALUE))).not.toBe(sealOf(await ask("scores", VALUE)));
    await expect(chooseBoard(seals, null, { ...gone, board: () => boards.scores.board })).rejects.toMatchObject({
      code: "EXPIRED_REVISION",
    });
  });
});

describe("who asks a subgraph", () => {
  it("is known by the credential alone: a bare identity is passed over", async () => {
    const bare = {
      "x-account": "lab",
      "x-account-pk": "1",
      "x-user": "admin",
      "x-scoretree-account": "admin",
      "x-forwarded-user": "admin",
    };
    for (const name of ["models", "scores"]) {
      // What earlier tests wrote has been read: else it could arrive between two of the answers.
      await boards[name].refresh();
      const secret = `{ __typename ${name === "models" ? `model(domain: "vision", name: "secret 0") { name }` : `models(domain: "vision") { totalCount }`} }`;
      const [plain, claimed, real] = await Promise.all([
        ask(name, secret),
        ask(name, secret, bare),
        ask(name, secret, { authorization: `Bearer ${admin}` }),
      ]);
      expect(claimed.body).toBe(plain.body);
      expect(real.body).not.toBe(plain.body);
    }
    expect(await ask("models", MODEL, { authorization: "Bearer st_nobody" })).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
  });
});

describe("a reference to what another process has just written", () => {
  it("is looked for among the newest facts before it is nothing's", async () => {
    const { dataSource } = database;
    const { subgraphs } = joinedSchema();
    for (const [subgraph, holdsModels] of [
      ["scores", true],
      ["models", false],
      ["benchmarks", false],
    ] as const) {
      const behind = await CurrentBoard.open(dataSource, { url: database.url, holdsModels, onError: console.error });
      const old = behind.board;
      await seed(dataSource).domain("vision").model(`new to ${subgraph}`).write();
      const [{ id }] = await dataSource.query(`SELECT id FROM model WHERE name = $1`, [`new to ${subgraph}`]);
      const [{ id: domain }] = await dataSource.query(`SELECT id FROM domain`);
      const server = await createServer({
        endpoints: [{ path: "/graphql", schema: standalone(subgraphs.find(({ name }) => name === subgraph)!) }],
        ...{ config: { host: "127.0.0.1", port: 0 }, dataSource, logger: createLogger("silent"), pages: null },
        ...{ board: () => old, atLeast: (revision: number) => behind.atLeast(revision) },
      });
      urls.behind = (await server.listen({ port: 0, host: "127.0.0.1" })) + "/graphql";
      const of = subgraph === "benchmarks" ? `{ __typename: "Domain", id: "${domain}" }` : `{ __typename: "Model", id: "${id}" }`;
      const query = `{ _entities(representations: [${of}]) { __typename ${subgraph === "benchmarks" ? "" : "... on Model { name }"} } }`;
      const { data } = await ask("behind", query);
      expect(data._entities).toEqual([
        subgraph === "benchmarks" ? { __typename: "Domain" } : { __typename: "Model", name: `new to ${subgraph}` },
      ]);
      expect((await ask("behind", query.replace(id, "model_none"))).data._entities[0]).toEqual(
        subgraph === "benchmarks" ? { __typename: "Domain" } : null,
      );
      await server.close();
      await behind.close();
    }
  });
});
