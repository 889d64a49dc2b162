import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { Client } from "pg";
import type { CurrentBoard } from "../../src/board/current";
import { FACTS_CHANNEL } from "../../src/database/append-facts";
import { createDataSource } from "../../src/database/data-source";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { openCurrent, until } from "./open-current";

let database: TestDatabase;
const opened: CurrentBoard[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource).domain("vision").tree("average_vision").write();
});
afterEach(async () => {
  for (const current of opened.splice(0)) await current.close();
  await database.drop();
});

async function open() {
  const { current, errors } = await openCurrent(database);
  opened.push(current);
  return { current, errors };
}
const addModel = (name: string, dataSource = database.dataSource) => seed(dataSource).domain("vision").model(name).write();
const names = (current: CurrentBoard) => current.board.domain("vision")!.models.map(({ name }) => name);

/** The connections that listen for facts, seen from outside. */
async function listeners(): Promise<number[]> {
  const rows: { pid: number }[] = await database.dataSource.query(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'scoretree listener'",
  );
  return rows.map(({ pid }) => pid);
}

describe("the newest board of a process", () => {
  it("tells how far it is behind the ledger: not at all once it was looked at, longer and longer where it cannot be asked", async () => {
    const { current } = await open();
    const begin = performance.now();
    await current.refresh();
    expect(current.lag).toEqual({ revisions: 0, milliseconds: expect.any(Number) });
    expect(current.lag.milliseconds).toBeLessThanOrEqual(performance.now() - begin);

    // A notice of what is not there yet: until the ledger says otherwise, that is behind.
    await until(async () => {
      await database.dataSource.query("SELECT pg_notify($1, $2)", [FACTS_CHANNEL, String(current.revision + 5)]);
      return current.lag.revisions === 5;
    });
    await until(async () => (await current.refresh()) === current.board && current.lag.revisions === 0);

    await database.dataSource.query("ALTER TABLE ledger RENAME TO ledger_away");
    const { milliseconds } = current.lag;
    await expect(current.refresh()).rejects.toThrow("ledger");
    expect(current.lag.milliseconds).toBeGreaterThan(milliseconds);
    await database.dataSource.query("ALTER TABLE ledger_away RENAME TO ledger");
    const mended = performance.now();
    await until(() => current.lag.milliseconds < performance.now() - mended);
  });

  it("reads what was written also while it cannot hear of it", async () => {
    const { current, errors } = await open();
    const connect = jest.spyOn(Client.prototype, "connect").mockRejectedValue(new Error("too many connections") as never);
    try {
      for (const pid of await listeners()) await database.dataSource.query("SELECT pg_terminate_backend($1)", [pid]);
      await until(() => errors.some((error) => String(error).includes("too many connections")));
      await addModel("unheard");
      await until(() => names(current).includes("unheard"));
    } finally {
      connect.mockRestore();
    }
  });

  it("hears of facts that another connection wrote", async () => {
    const { current, errors } = await open();
    const other = await createDataSource(database.url, []);
    try {
      const { revision } = await addModel("alpha", other);
      await until(() => current.revision === revision);
    } finally {
      await other.destroy();
    }
    expect(names(current)).toEqual(["alpha"]);
    expect(errors).toEqual([]);
  });

  it("reads a few times for a burst of notices, not once for each", async () => {
    const { current, errors } = await open();
    const asking = jest.spyOn(database.dataSource, "createQueryRunner");
    await database.dataSource.query(`SELECT pg_notify('scoretree_facts', (9000 + n)::text) FROM generate_series(1, 100) n`);
    const { revision } = await addModel("alpha");
    await until(() => current.revision === revision);
    expect(asking.mock.calls.length).toBeLessThan(20);
    expect(errors).toEqual([]);
  });

  it("gives the newest board if the revision asked for was never written, as after a forged notice", async () => {
    const { current, errors } = await open();
    const { revision } = await addModel("alpha");
    const board = await current.atLeast(revision + 1_000);
    expect(board.catalog.ledger.revision).toBe(revision);
    await database.dataSource.query(`SELECT pg_notify('scoretree_facts', '999999')`);
    const next = await addModel("beta");
    await until(() => current.revision === next.revision);
    expect(errors).toEqual([]);
  });

  it("keeps the board that a query took as it was", async () => {
    const { current } = await open();
    const taken = current.board;
    const { revision } = await addModel("alpha");
    await current.atLeast(revision);
    expect(taken.domain("vision")!.models).toEqual([]);
    expect(current.board).not.toBe(taken);
    expect(current.recent.at(-1)).toBe(taken);
  });

  it("catches up by itself and listens anew when its listening connection is cut", async () => {
    const { current, errors } = await open();
    const [pid] = await listeners();
    await database.dataSource.query("SELECT pg_terminate_backend($1)", [pid]);
    await until(async () => !(await listeners()).includes(pid));
    const { revision } = await addModel("alpha");
    await until(() => current.revision === revision);
    expect(errors.length).toBeGreaterThan(0);
    await until(async () => (await listeners()).length === 1);
    expect(await listeners()).not.toEqual([pid]);
  });

  it("only ever moves to a higher revision (§9)", async () => {
    const { current } = await open();
    const seen = [current.revision];
    const look = setInterval(() => seen.push(current.revision), 1);
    let last = 0;
    for (let n = 0; n < 8; n++) last = (await addModel(`model-${n}`)).revision;
    await Promise.all([current.atLeast(last), current.refresh(), current.atLeast(1)]);
    clearInterval(look);
    expect(current.revision).toBe(last);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });

  it("waits for a write that it has not seen: an answer is never older than the request's own write (§9)", async () => {
    const { current } = await open();
    const { revision } = await addModel("alpha");
    const board = await current.atLeast(revision);
    expect(board.catalog.ledger.revision).toBe(revision);
    expect(board.domain("vision")!.modelsByName.has("alpha")).toBe(true);
  });

  it("reads once for all who wait", async () => {
    const { current } = await open();
    const { revision } = await addModel("alpha");
    const [a, b] = await Promise.all([current.atLeast(revision), current.atLeast(revision)]);
    expect(a).toBe(b);
    expect(current.recent).toHaveLength(1);
  });
});

describe("who waits for newer boards", () => {
  it("is given each one when it is the newest, and nothing after it stopped to listen", async () => {
    const { current } = await open();
    const given: number[] = [];
    const stop = current.onNewer((board) => {
      expect(current.board).toBe(board);
      given.push(board.catalog.ledger.revision);
    });
    const first = await addModel("alpha");
    await current.atLeast(first.revision);
    const second = await addModel("beta");
    await current.atLeast(second.revision);
    stop();
    await current.atLeast((await addModel("gamma")).revision);
    expect(given).toEqual([first.revision, second.revision]);
  });

  it("does not keep others from it by throwing", async () => {
    const { current, errors } = await open();
    const given: number[] = [];
    current.onNewer(() => {
      throw new Error("no");
    });
    current.onNewer((board) => given.push(board.catalog.ledger.revision));
    const { revision } = await addModel("alpha");
    await current.atLeast(revision);
    expect(given).toEqual([revision]);
    expect(errors).toEqual([new Error("no")]);
  });
});

describe("a failing read", () => {
  it("is told, leaves the board as it was, and is tried again", async () => {
    const { current, errors } = await open();
    const before = current.board;
    await database.dataSource.query("ALTER TABLE model RENAME TO model_elsewhere");
    const admin = new Client({ connectionString: database.url });
    await admin.connect();
    try {
      await admin.query("UPDATE ledger SET last_revision = last_revision + 1");
      await until(() => errors.length > 0);
      expect(current.board).toBe(before);
      await admin.query("ALTER TABLE model_elsewhere RENAME TO model");
    } finally {
      await admin.end();
    }
    await until(() => current.revision === before.catalog.ledger.revision + 1);
  });

  it("is told to who waits for it", async () => {
    const { current } = await open();
    await database.dataSource.query("ALTER TABLE model RENAME TO model_elsewhere");
    await expect(current.atLeast(current.revision + 1)).rejects.toThrow(/model/);
    await database.dataSource.query("ALTER TABLE model_elsewhere RENAME TO model");
  });
});

describe("closing", () => {
  it("ends the listening connection and reads no more", async () => {
    const { current, errors } = await open();
    await current.close();
    await until(async () => (await listeners()).length === 0);
    const { revision } = await addModel("alpha");
    await current.atLeast(revision);
    expect(current.revision).toBeLessThan(revision);
    expect(errors).toEqual([]);
  });

  it("leaves no connection behind when it comes while it connects anew", async () => {
    const { current } = await open();
    const [pid] = await listeners();
    await database.dataSource.query("SELECT pg_terminate_backend($1)", [pid]);
    const connecting = jest.spyOn(Client.prototype, "connect");
    await until(() => connecting.mock.calls.length > 0);
    await current.close();
    connecting.mockRestore();
    await until(async () => (await listeners()).length === 0);
  });
});
