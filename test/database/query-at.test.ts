import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import type { DataSource } from "typeorm";
import { CurrentBoard } from "../../src/board/current";
import { createDataSource } from "../../src/database/data-source";
import { migrate } from "../../src/database/migrate";
import { queryAt } from "../../src/database/query-at";
import { reachableReplicas } from "../../src/database/reachable-replicas";
import { ENTITIES } from "../../src/server/entities";
import { until } from "../board/open-current";
import { giveKey } from "../support/give-key";
import { onServer, openReplicated, type Replicated } from "../support/replica";
import { seed } from "../support/seed";
import { startServer, type StartedServer } from "../support/start-server";
import type { Json } from "../support/json";

let replicated: Replicated;
let dataSource: DataSource;
const servers: StartedServer[] = [];
beforeAll(async () => {
  replicated = await openReplicated();
  dataSource = await createDataSource(replicated.primaryUrl, ENTITIES, 4, { replicaUrls: [replicated.replicaUrl] });
  await migrate(dataSource);
  await seed(dataSource).domain("vision").tree("average_vision\n  V1").model("alpha", { owner: "lab" }).score("alpha", "V1", 0.5).write();
}, 120_000);
afterAll(async () => {
  await replicated?.pauseReplay(false).catch(() => undefined);
  await Promise.all(servers.map((server) => server.kill()));
  await dataSource?.destroy();
  await replicated?.close();
}, 60_000);

const last = async () => (await onServer<{ last: string }>(replicated.primaryUrl, "SELECT last_revision AS last FROM ledger"))[0].last;
/** Null while the replica does not have the tables yet. */
async function lastOnReplica(): Promise<string | null> {
  const [{ exists }] = await onServer<{ exists: boolean }>(replicated.replicaUrl, "SELECT to_regclass('ledger') IS NOT NULL AS exists");
  if (!exists) return null;
  return (await onServer<{ last: string }>(replicated.replicaUrl, "SELECT last_revision AS last FROM ledger"))[0].last;
}
const caughtUp = () => until(async () => (await last()) === (await lastOnReplica()));

/** Which server answers, and how many models it knows. */
const ask = async (revision: number) =>
  (
    await queryAt<{ isReplica: boolean; models: number }>(
      dataSource,
      revision,
      `SELECT pg_is_in_recovery() AS "isReplica", count(*)::int AS models FROM model`,
      [],
    )
  )[0];

// What one test left paused must not fail the next ones.
afterEach(() => replicated.pauseReplay(false).catch(() => "it is gone"));

const write = async (name: string) => (await seed(dataSource).domain("vision").model(name).write()).revision;

describe("a read of facts as of a revision", () => {
  it("is answered by the replica once that has them", async () => {
    await caughtUp();
    expect(await ask(1)).toEqual({ isReplica: true, models: 1 });
    const revision = await write("beta");
    await caughtUp();
    expect(await ask(revision)).toEqual({ isReplica: true, models: 2 });
  });

  it("is answered by the primary while the replica lags behind them, never by older facts", async () => {
    await caughtUp();
    const before = Number(await last());
    await replicated.pauseReplay(true);
    const revision = await write("gamma");
    for (let again = 0; again < 3; again++) expect(await ask(revision)).toEqual({ isReplica: false, models: 3 });
    expect(await ask(before)).toEqual({ isReplica: true, models: 2 });
    await replicated.pauseReplay(false);
    await caughtUp();
    expect(await ask(revision)).toEqual({ isReplica: true, models: 3 });
  });

  it("waits for a replica that is only a little behind", async () => {
    await pause(1_100);
    for (let again = 0; again < 20; again++) {
      const revision = await write(`waited-${again}`);
      expect((await ask(revision)).models).toBe(4 + again);
    }
  });

  it("fails as it does on the primary if it is no SELECT that Postgres takes", async () => {
    await expect(queryAt(dataSource, 1, "SELECT nothing FROM model", [])).rejects.toThrow(/column "nothing" does not exist/);
    expect((await ask(1)).isReplica).toBe(true);
  });
});

describe("a process with a replica", () => {
  let key: string;
  const server = async () => {
    const started = await startServer(replicated.primaryUrl, { DATABASE_REPLICA_URLS: replicated.replicaUrl });
    servers.push(started);
    return started;
  };
  const post = async ({ url }: StartedServer, query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query }),
    });
    return { headers: response.headers, ...((await response.json()) as { data: Json; errors?: unknown }) };
  };
  beforeAll(async () => void (key = await giveKey(dataSource, "lab")));

  it("starts from a replica that lags, and knows the newest facts all the same", async () => {
    await caughtUp();
    await replicated.pauseReplay(true);
    const revision = await write("written while the replica was paused");
    const current = await CurrentBoard.open(dataSource, { url: replicated.primaryUrl, onError: console.error });
    expect(current.revision).toBe(revision);
    await current.close();
    await replicated.pauseReplay(false);
  }, 60_000);

  it("shows what was written through it, and through another one to who asks for that, however far the replica lags", async () => {
    const [one, other] = await Promise.all([server(), server()]);
    await caughtUp();
    await replicated.pauseReplay(true);
    const authorization = `Bearer ${key}`;
    for (let round = 0; round < 5; round++) {
      const name = `written ${round}`;
      const register = `mutation { registerModel(input: { domain: "vision", name: "${name}", isPublic: true, metadata: { family: "f${round}" } }) {
        model { name metadata { family } contributor { displayName } } userErrors { message } } }`;
      const written = await post(one, register, { authorization });
      expect(written.data.registerModel).toEqual({
        model: { name, metadata: { family: `f${round}` }, contributor: { displayName: "lab" } },
        userErrors: [],
      });
      const read = await post(other, `{ model(domain: "vision", name: "${name}") { metadata { family } contributor { displayName } } }`, {
        "x-scoretree-min-revision": written.headers.get("x-scoretree-min-revision")!,
      });
      expect(read.data).toEqual({ model: { metadata: { family: `f${round}` }, contributor: { displayName: "lab" } } });
    }
    const made = await post(one, `mutation { createApiKey(input: { name: "new" }) { apiKey { prefix } userErrors { message } } }`, {
      authorization,
    });
    expect(made.errors).toBeUndefined();
    const { data } = await post(other, `{ viewer { apiKeys { name } } }`, { authorization });
    expect(data.viewer.apiKeys.map(({ name }: { name: string }) => name)).toContain("new");
    await replicated.pauseReplay(false);
  }, 120_000);

  it("answers from the primary while the replica is stopped, and when it is gone", async () => {
    const [one] = servers;
    const question = `{ model(domain: "vision", name: "alpha") { metadata { family } contributor { displayName } } }`;
    const answer = { model: { metadata: { family: null }, contributor: { displayName: "lab" } } };
    await replicated.signalReplica("SIGSTOP");
    for (let again = 0; again < 3; again++) expect((await post(one, question)).data).toEqual(answer);
    await replicated.signalReplica("SIGKILL");
    for (let again = 0; again < 3; again++) expect((await post(one, question)).data).toEqual(answer);
    const lost: string[] = [];
    expect(await reachableReplicas([replicated.replicaUrl, replicated.primaryUrl], (url) => lost.push(url))).toEqual([
      replicated.primaryUrl,
    ]);
    expect(lost).toEqual([replicated.replicaUrl]);
    expect((await post(await server(), question)).data).toEqual(answer);
  }, 120_000);

  it("asks the replica again once that is back, for what was written meanwhile too", async () => {
    const name = "written while the replica was gone";
    const revision = await write(name);
    expect((await ask(revision)).isReplica).toBe(false);
    await replicated.startReplica();
    await until(async () => (await ask(revision)).isReplica);
    const [{ models }] = await onServer<{ models: number }>(replicated.primaryUrl, "SELECT count(*)::int AS models FROM model");
    expect(await ask(revision)).toEqual({ isReplica: true, models });
    const question = `{ model(domain: "vision", name: "${name}") { isPublic metadata { family } } }`;
    await until(async () => (await post(servers[0], question)).data.model !== null);
    expect(await post(servers[0], question)).toMatchObject({ data: { model: { isPublic: true, metadata: { family: null } } } });
  }, 120_000);
});
