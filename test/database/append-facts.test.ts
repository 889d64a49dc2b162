import { once } from "node:events";
import { Client } from "pg";
import { type Append, appendFacts, FACTS_CHANNEL } from "../../src/database/append-facts";
import { idOf } from "../../src/database/identify";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import type { Query } from "../../src/database/write-rows";

let database: TestDatabase;
beforeEach(async () => (database = await createTestDatabase()));
afterEach(() => database.drop());

const sql: Query = (text, parameters) => database.dataSource.query(text, parameters);
const append = <T>(write: (append: Append) => Promise<T>) => appendFacts(database.dataSource, { source: "test" }, write);
const account = (append: Append, key: string) => ({
  id: idOf(append.idKey, "Account", key),
  contributor_id: idOf(append.idKey, "Contributor", key),
  key,
});
const ledger = async () => (await sql(`SELECT last_revision, public_revision FROM ledger`))[0];

test("§9 each fact takes the next revision in the order written", async () => {
  const { revision, count, result } = await append(async (append) => {
    const first = await append.add("account", [account(append, "a"), account(append, "b")]);
    const [third] = await append.add("account", [account(append, "c")]);
    return [...first, third];
  });
  expect({ revision, count }).toEqual({ revision: 3, count: 3 });
  expect(await sql(`SELECT pk, key, revision FROM account ORDER BY revision`)).toEqual(
    ["a", "b", "c"].map((key, place) => ({ pk: result[place], key, revision: place + 1 })),
  );
});

test("§9 revisions are gapless and in commit order with concurrent writers", async () => {
  const writers = Array.from({ length: 40 }, (_, writer) =>
    append(async (append) => {
      await append.add(
        "account",
        Array.from({ length: 1 + (writer % 3) }, (_, place) => account(append, `${writer}-${place}`)),
      );
      if (writer % 5 === 0) throw new Error("changed my mind");
      return writer;
    }),
  );
  const ends = (await Promise.allSettled(writers)).flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  expect(ends).toHaveLength(32);
  const revisions = (await sql(`SELECT revision FROM account ORDER BY revision`)).map(({ revision }) => revision);
  expect(revisions).toEqual(revisions.map((_, place) => place + 1));
  const appends = await sql(`SELECT first_revision, last_revision FROM fact_append ORDER BY first_revision`);
  expect(appends.map(({ last_revision }) => last_revision + 1).slice(0, -1)).toEqual(
    appends.map(({ first_revision }) => first_revision).slice(1),
  );
  expect(Math.max(...ends.map(({ revision }) => revision))).toBe(revisions.length);
});

test("§9 a reader never sees a revision without all before it", async () => {
  let isWriting = true;
  const writing = Promise.all(
    Array.from({ length: 30 }, (_, n) => append((append) => append.add("account", [account(append, `${n}-a`), account(append, `${n}-b`)]))),
  ).finally(() => (isWriting = false));
  while (isWriting) {
    const [{ highest, count }] = await sql(`SELECT coalesce(max(revision), 0) AS "highest", count(*) FROM account`);
    expect(count).toBe(highest);
  }
  await writing;
});

test("a rollback leaves nothing behind, and its error is thrown on", async () => {
  await append((append) => append.add("account", [account(append, "a")]));
  const failing = append(async (append) => {
    await append.add("account", [account(append, "b")]);
    await append.add("account", [account(append, "a")]);
  });
  await expect(failing).rejects.toMatchObject({ driverError: { code: "23505" } });
  expect(await ledger()).toEqual({ last_revision: 1, public_revision: 0 });
  const { revision } = await append((append) => append.add("account", [account(append, "c")]));
  expect(revision).toBe(2);
});

test("nothing written changes nothing", async () => {
  const { revision, publicRevision, count, result } = await append(async () => "looked only");
  expect({ revision, publicRevision, count, result }).toEqual({ revision: 0, publicRevision: 0, count: 0, result: "looked only" });
  expect(await sql(`SELECT * FROM fact_append`)).toEqual([]);
});

test("§9 a change keeps the earlier content and touches the given columns only", async () => {
  const [pk] = (await append((append) => append.add("account", [{ ...account(append, "a"), display_name: "Before" }]))).result;
  await append((append) => append.change("account", [{ pk, display_name: "Between" }]));
  const { revision } = await append((append) => append.change("account", [{ pk, role: "ADMIN" }]));
  expect(revision).toBe(3);
  expect(await sql(`SELECT key, display_name, role, revision FROM account`)).toEqual([
    { key: "a", display_name: "Between", role: "ADMIN", revision: 3 },
  ]);
  expect(await sql(`SELECT * FROM earlier_content ORDER BY revision`)).toMatchObject([
    { table_name: "account", pk, revision: 1, until_revision: 2, content: { display_name: "Before", role: "MEMBER" } },
    { table_name: "account", pk, revision: 2, until_revision: 3, content: { display_name: "Between", role: "MEMBER" } },
  ]);
});

test("a change of an unknown fact, or of one twice at once, is refused", async () => {
  const [pk] = (await append((append) => append.add("account", [account(append, "a")]))).result;
  await expect(append((append) => append.change("account", [{ pk: pk + 1, role: "ADMIN" }]))).rejects.toThrow(
    "1 rows of account to change, 0",
  );
  const twice = [
    { pk, role: "ADMIN" },
    { pk, role: "MEMBER" },
  ];
  await expect(append((append) => append.change("account", twice))).rejects.toThrow("2 rows of account to change, 1");
});

test("values of every kind come back as they were given, and what is absent takes its default", async () => {
  await append(async (append) => {
    const name = 'Ünïcode "quoted" \\ 🧠\n{a,b}';
    const [domain_pk] = await append.add("domain", [{ id: "d", slug: "vision", name, reference_keys: ['a "b"', "c,d", "NULL"] }]);
    await append.add("sample_file", [
      { id: "f", domain_pk, path: "1.png", content: Buffer.from([0, 255, 92, 39]), media_type: "image/png" },
    ]);
    await append.add("model", [
      {
        id: "m1",
        domain_pk,
        name: "m1",
        is_public: true,
        submitted_at: new Date(1234567890123),
        parameter_count: 0.1 + 0.2,
        is_runnable: false,
      },
      { id: "m2", domain_pk, name: "m2", is_public: true, layers: [{ region: "V1", layer: "a" }], competition: undefined, notes: null },
    ]);
    await append.add("benchmark", [
      { id: "b1", domain_pk, identifier: "b1", root_position: 0, rank_decimals: null },
      { id: "b2", domain_pk, identifier: "b2", root_position: 1 },
    ]);
  });
  const [domain] = await sql(`SELECT * FROM domain`);
  expect(domain).toMatchObject({ name: 'Ünïcode "quoted" \\ 🧠\n{a,b}', usage: null, reference_keys: ['a "b"', "c,d", "NULL"] });
  expect((await sql(`SELECT content FROM sample_file`))[0].content).toEqual(Buffer.from([0, 255, 92, 39]));
  expect(await sql(`SELECT * FROM model ORDER BY name`)).toMatchObject([
    { submitted_at: new Date(1234567890123), parameter_count: 0.1 + 0.2, is_runnable: false, layers: [] },
    { submitted_at: null, layers: [{ region: "V1", layer: "a" }], competition: null, is_runnable: null },
  ]);
  expect(await sql(`SELECT "order", is_visible, rank_decimals FROM benchmark ORDER BY identifier`)).toEqual([
    { order: 0, is_visible: true, rank_decimals: null },
    { order: 0, is_visible: true, rank_decimals: 3 },
  ]);
});

test("a date that is none is refused, not taken for unknown", async () => {
  const write = append(async (append) => {
    const [domain_pk] = await append.add("domain", [{ id: "d", slug: "vision", name: "Vision" }]);
    await append.add("model", [{ id: "m", domain_pk, name: "m", is_public: true, submitted_at: new Date("once upon a time") }]);
  });
  await expect(write).rejects.toThrow("submitted_at is no date");
  expect(await sql(`SELECT 1 FROM domain`)).toEqual([]);
});

test.each([NaN, Infinity, -Infinity])("§2 %p is refused, not taken for unknown", async (raw) => {
  await seed(database.dataSource).domain("vision").tree("root").model("alpha").write();
  await expect(seed(database.dataSource).score("alpha", "root", { raw }).write()).rejects.toThrow(`raw is ${raw}`);
});

test("an unknown column is refused", async () => {
  const write = append((append) => append.add("account", [{ ...account(append, "a"), colour: "red" }]));
  await expect(write).rejects.toThrow('column "colour"');
});

test("who listens is told the last revision once it is committed", async () => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`LISTEN ${FACTS_CHANNEL}`);
  const told = once(client, "notification");
  await append((append) => append.add("account", [account(append, "a"), account(append, "b")]));
  expect(await told).toMatchObject([{ payload: "2" }]);
  await client.end();
});

test("the audit says which revisions came when, from whom and whence", async () => {
  const { result } = await append((append) => append.add("account", [account(append, "a")]));
  const by = { accountPk: result[0], source: "import data" };
  await appendFacts(database.dataSource, by, (append) => append.add("account", [account(append, "b"), account(append, "c")]));
  expect(await sql(`SELECT * FROM fact_append ORDER BY first_revision`)).toMatchObject([
    { first_revision: 1, last_revision: 1, public_revision: 0, account_pk: null, source: "test", appended_at: expect.any(Date) },
    { first_revision: 2, last_revision: 3, public_revision: 0, account_pk: result[0], source: "import data" },
  ]);
});

describe("§9 the public revision", () => {
  const moved = async (writing: Promise<{ count: number; publicRevision: number }>): Promise<[number, number]> => {
    const { public_revision } = await ledger();
    const { count, publicRevision } = await writing;
    expect((await ledger()).public_revision).toBe(publicRevision);
    return [count, publicRevision - public_revision];
  };
  const vision = () => seed(database.dataSource).domain("vision");

  test("counts domains, benchmarks, versions and files", async () => {
    expect(await moved(vision().tree("root\n  leaf-a\n  leaf-b").sampleFile("1.png", Buffer.of(1)).write())).toEqual([7, 7]);
    expect(await moved(vision().version("leaf-a", 2).write())).toEqual([1, 1]);
  });

  test("counts what is cited by a domain, a benchmark or a public model", async () => {
    const references = seed(database.dataSource)
      .domain("vision", { references: ["ByDomain"] })
      .reference("ByDomain")
      .reference("ByNobody");
    expect(await moved(references.write())).toEqual([3, 2]);
    expect(await moved(vision().reference("ByBenchmark").tree("root    reference ByBenchmark").write())).toEqual([3, 3]);
    expect(await moved(vision().reference("ByModel").model("alpha", { reference: "ByModel" }).write())).toEqual([2, 2]);
    expect(await moved(vision().reference("Hidden").model("beta", { reference: "Hidden", isPublic: false }).write())).toEqual([2, 0]);
  });

  test("§10 tells nothing of private models, their observations, owners and submissions", async () => {
    await vision().tree("root").write();
    const hidden = vision().model("beta", { isPublic: false, owner: "lab" }).score("beta", "root", { raw: 0.5, submission: "first" });
    expect(await moved(hidden.write())).toEqual([4, 0]);
    const shown = vision().model("alpha", { owner: "others" }).score("alpha", "root", { raw: 0.5, submission: "first" });
    expect(await moved(shown.write())).toEqual([4, 3]);
  });

  test("moves when a model is published, and when it is made private again", async () => {
    await vision().tree("root").model("alpha", { isPublic: false }).write();
    const publish = (is_public: boolean) => append((append) => append.change("model", [{ pk: 1, is_public }]));
    expect(await moved(publish(true))).toEqual([1, 1]);
    expect(await moved(publish(false))).toEqual([1, 1]);
  });

  test("counts a fact that was written twice twice", async () => {
    const twice = append(async (append) => {
      const [pk] = await append.add("domain", [{ id: "d", slug: "vision", name: "Vision" }]);
      await append.change("domain", [{ pk, name: "Sight" }]);
    });
    expect(await moved(twice)).toEqual([2, 2]);
  });
});

test("54,000 observations in one append keep their order", async () => {
  const models = 300;
  const leaves = 180;
  await seed(database.dataSource)
    .domain("vision")
    .tree(["root", ...Array.from({ length: leaves }, (_, leaf) => `  leaf-${leaf}`)].join("\n"))
    .also(async (append) => {
      await append.add(
        "model",
        Array.from({ length: models }, (_, n) => ({ id: `m${n}`, domain_pk: 1, name: `m${n}`, is_public: true })),
      );
    })
    .write();
  const rows = Array.from({ length: models * leaves }, (_, n) => ({
    id: `o${n}`,
    model_pk: 1 + (n % models),
    version_pk: 1 + Math.floor(n / models),
    raw: n / 1e6,
    ceiled: n / 1e6,
    error: 0.01,
    is_failed: false,
    started_at: new Date(1.6e12 + n * 1000),
    ended_at: new Date(1.6e12 + n * 1000 + 500),
  }));
  const { result, count } = await append((append) => append.add("observation", rows));
  expect(count).toBe(54_000);
  const stored = await sql(`SELECT pk, id FROM observation ORDER BY revision`);
  expect(stored.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(stored.map(({ pk }) => pk)).toEqual(result);
});
