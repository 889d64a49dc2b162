import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { CARD, CARD_MODEL } from "../../data/make/card";
import type { FastifyInstance } from "fastify";
import { readBoard } from "../../src/board/read-facts";
import { importDataset } from "../../src/dataset/import-dataset";
import { createServer } from "../../src/server/create-server";
import { createLogger } from "../../src/server/logger";
import { countStatements } from "../support/count-statements";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, joinedSchema, openJoined } from "../support/joined";
import { nestedQuery } from "./nested-query";

const ROOT = path.resolve(__dirname, "../..");
const SEED = path.resolve(ROOT, "../shared/seed/model-card.json");
const QUERY = readFileSync(path.join(ROOT, "examples/model-card.graphql"), "utf8");

/** One node of the card, as the query of the example answers it. */
interface AnsweredNode {
  benchmark: {
    identifier: string;
    depth: number;
    leafCount: number;
    reference: { key: string; label: string; url: string | null } | null;
    version: {
      number: number;
      recording: { sites: number | null; region: string | null } | null;
      stimuli: { samples: { position: number; url: string }[] } | null;
    } | null;
  };
  display: string;
  value: number | null;
  rank: number | null;
  tiedWith: number | null;
  coverage: { scored: number; leaves: number };
}

const WORKS = [
  "Marques2021.03.01.433495",
  "Schiller1976",
  "Freeman2013",
  "Cavanaugh2002",
  "Sanghavi_Jozwik_DiCarlo_2021",
  "Sanghavi_DiCarlo_2021",
  "Sanghavi_Murty_DiCarlo_2021",
  "Majaj13402",
  "Kar2019",
];

let database: TestDatabase;
let joined: Joined;
let model: { name: string; usage: string; scores: AnsweredNode[]; bibliography: string };
beforeAll(async () => {
  database = await createTestDatabase();
  await importDataset(database.dataSource, path.join(ROOT, "data"));
  joined = await openJoined(database);
  ({ model } = await joined.data(QUERY));
});
afterAll(() => database?.drop());

const cells = () => new Map(model.scores.map((score) => [score.benchmark.identifier, score]));

describe("one query for the card", () => {
  it("answers its 47 nodes in its order, each with display, rank, leaf count, version and reference", () => {
    const told = model.scores.map(({ benchmark, display, rank }) => ({
      identifier: benchmark.identifier,
      display,
      rank,
      leafCount: benchmark.leafCount,
      version: benchmark.version?.number ?? null,
      reference: benchmark.reference?.key ?? null,
      sites: benchmark.version?.recording?.sites ?? null,
      region: benchmark.version?.recording?.region ?? null,
    }));
    expect(told).toEqual(
      CARD.map(({ identifier, display, rank, leafCount, version, reference, sites, region }) => ({
        ...{ identifier, display, rank, leafCount, version, reference, sites, region },
      })),
    );
    expect(told).toHaveLength(47);
  });

  it("answers ten samples for each leaf, in their order, by absolute addresses", () => {
    for (const { benchmark } of model.scores) {
      const samples = benchmark.version?.stimuli?.samples ?? [];
      expect(samples.map(({ position }) => position)).toEqual(benchmark.version ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : []);
      for (const { url } of samples) expect(url).toMatch(/^http:\/\/test\/samples\/vision\/[\w./%-]+\.png$/);
    }
  });

  it("shows Kar2019-ost as FAILED, X, without value and rank (§2, §4, §5)", async () => {
    expect(cells().get("Kar2019-ost")).toMatchObject({ display: "X", value: null, rank: null, tiedWith: null });
    const source = `{ model(domain: "vision", name: "${CARD_MODEL}") { score(benchmark: "Kar2019-ost") { state percentile rankInterval { best } } } }`;
    expect((await joined.data(source)).model.score).toEqual({ state: "FAILED", percentile: null, rankInterval: null });
  });

  it("keeps the parents of the card: each node stands one below its own", () => {
    for (const { identifier, parent } of CARD) {
      const above = parent === null ? -1 : cells().get(parent)!.benchmark.depth;
      expect([identifier, cells().get(identifier)!.benchmark.depth]).toEqual([identifier, above + 1]);
    }
  });

  it("tells how to use the model, to the letter", () => {
    expect(model.usage).toBe(
      `from brainscore_vision import load_model\nmodel = load_model("${CARD_MODEL}")\nmodel.start_task(...)\nmodel.start_recording(...)\nmodel.look_at(...)`,
    );
  });

  it("gives the nine works in the order of the card, Freeman2013 once", () => {
    const keys = [...model.bibliography.matchAll(/^@\w+\{([^,]+),/gm)].map(([, key]) => key);
    expect(keys).toEqual(WORKS);
  });

  (existsSync(SEED) ? it : it.skip)("is the card of ../shared/seed (skipped where that is not there)", () => {
    const { nodes, model: seed, bibtexKeysInOrder } = JSON.parse(readFileSync(SEED, "utf8"));
    const told = model.scores.map(({ benchmark: { identifier, version, leafCount, reference }, display, rank, value }) => ({
      identifier,
      parent: CARD.find((node) => node.identifier === identifier)!.parent,
      isLeaf: version !== null,
      state: value === null ? "FAILED" : "SCORED",
      display,
      rank,
      leafCount: version ? null : leafCount,
      version: version?.number ?? null,
      hasReference: reference !== null,
      recordingSites: version?.recording?.sites ?? null,
      region: version?.recording?.region ?? null,
      sampleStimuli: version?.stimuli?.samples.length ?? 0,
    }));
    expect(told).toEqual(nodes);
    expect(model.usage).toBe(seed.howToUse);
    expect([...new Set(bibtexKeysInOrder)]).toEqual(WORKS);
  });
});

describe("the recursive query", () => {
  it("gives the same cells as the flat one, each under its parent (§3)", async () => {
    interface Nested {
      benchmark: { identifier: string };
      children: Nested[];
    }
    const { model: nested } = await joined.data(nestedQuery(CARD_MODEL, "average_vision", 6));
    const flatten = ({ children, ...cell }: Nested, parent: string | null): [string | null, object][] => [
      [parent, cell],
      ...children.flatMap((child) => flatten(child, cell.benchmark.identifier)),
    ];
    const all = flatten(nested.score, null).filter(([, cell]) => (cell as { state: string }).state !== "NOT_RUN");
    const flat = model.scores.map(({ benchmark: { identifier }, display, value, rank, coverage }, index) => [
      CARD[index].parent,
      { benchmark: { identifier }, state: value === null ? "FAILED" : "SCORED", display, value, rank, coverage },
    ]);
    expect(all).toEqual(flat);
  });
});

describe("the work that a card is", () => {
  it("makes at most 5 SQL statements the first time, statistics, references and bibliography included, and none again", async () => {
    // A board of its own: nothing that was read for another one is kept for it.
    const fresh = await openJoined(database);
    for (const most of [5, 0]) {
      const { result, statements } = await countStatements(() => fresh.data(QUERY));
      expect(result.model).toEqual(model);
      expect(statements.length).toBeLessThanOrEqual(most);
      expect(statements.length > 0).toBe(most > 0);
    }
  });
});

describe("over HTTP", () => {
  let server: FastifyInstance;
  let url: string;
  let revision: string;
  beforeAll(async () => {
    const { schema, api } = joinedSchema();
    const board = await readBoard(database.dataSource);
    revision = String(board.catalog.ledger.publicRevision);
    const logger = createLogger("silent");
    const config = { host: "127.0.0.1", port: 0 };
    server = await createServer({
      ...{ endpoints: [{ path: "/graphql", schema }], api, config, logger, pages: null },
      ...{ dataSource: database.dataSource, board: () => board },
    });
    url = `${await server.listen(config)}/graphql`;
  });
  afterAll(() => server?.close());

  /** The same card, but for the address that samples are served under. */
  const here = (card: unknown) => JSON.parse(JSON.stringify(card).replaceAll("http://test/", url.replace("graphql", "")));

  it("answers the card by POST and by GET, and names its revision (§9)", async () => {
    const headers = { "content-type": "application/json", accept: "application/json" };
    const body = JSON.stringify({ query: QUERY, variables: { name: CARD_MODEL } });
    const posted = await fetch(url, { method: "POST", headers, body });
    const got = await fetch(`${url}?${new URLSearchParams({ query: QUERY })}`, { headers });
    for (const response of [posted, got]) {
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ data: { model: here(model) }, extensions: { revision } });
    }
  });

  it("serves the samples where the card says that they are", async () => {
    const { url: sample } = here(cells().get("Kar2019-ost")!.benchmark.version!.stimuli!.samples[0]);
    const response = await fetch(sample);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
  });

  it("answers an unknown model with null, and a bad argument with a code and a path", async () => {
    const ask = async (query: string) => (await fetch(`${url}?${new URLSearchParams({ query })}`, { headers: { accept: "*/*" } })).json();
    expect(await ask(`{ model(domain: "vision", name: "none") { name } }`)).toEqual({ data: { model: null }, extensions: { revision } });
    expect(await ask(`{ model(domain: "vision", name: "${CARD_MODEL}") { name score(benchmark: "none") { value } } }`)).toMatchObject({
      data: { model: { name: CARD_MODEL, score: null } },
      errors: [{ path: ["model", "score"], extensions: { code: "NOT_FOUND" } }],
    });
  });
});
