import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { askHttp } from "../../support/ask-http";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { giveKey } from "../../support/give-key";
import { seed } from "../../support/seed";
import { type StartedServer, startGateway, startServer } from "../../support/start-server";
import { type ReadMetrics, readMetrics } from "./read-metrics";

const SUBGRAPHS = ["benchmarks", "models", "scores", "citations", "submissions"];
const TOKEN = "a-token-of-operators";
const read = (name: string): string => readFileSync(path.join(__dirname, "../../..", name), "utf8");

let database: TestDatabase;
let [joined, subgraphs, gateway]: StartedServer[] = [];
let key: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree("top\n  leaf")
    .model("alpha")
    .model("secret", { isPublic: false, owner: "lab" })
    .score("alpha", "leaf", 0.5)
    .write();
  key = await giveKey(database.dataSource, "lab");
  [joined, subgraphs] = await Promise.all([startServer(database.url), startServer(database.url, {}, SUBGRAPHS)]);
  gateway = await startGateway(Object.fromEntries(SUBGRAPHS.map((name) => [name, `${subgraphs.url}/graphql/${name}`])), {
    environment: { SCORETREE_METRICS_TOKEN: TOKEN, SCORETREE_METRICS_OPERATIONS: "Cards,Never" },
  });
});
afterAll(async () => {
  await Promise.all([gateway, subgraphs, joined].map((server) => server?.stop()));
  await database?.drop();
});

const ask = (server: StartedServer, query: string, more: object = {}, headers: Record<string, string> = {}) =>
  askHttp(server.url, { path: "/graphql", headers, body: { query, ...more } });

async function metricsOf(server: StartedServer, headers: Record<string, string> = {}): Promise<ReadMetrics> {
  const { status, headers: told, body } = await askHttp(server.url, { path: "/metrics", headers });
  expect([status, told["content-type"], told["cache-control"]]).toEqual([
    200,
    expect.stringMatching(/^text\/plain; version=0\.0\.4/),
    "no-store",
  ]);
  return readMetrics(body);
}
const ofGateway = () => metricsOf(gateway, { authorization: `Bearer ${TOKEN}` });
const count = ({ values }: ReadMetrics, series: string): number => values.get(`scoretree_${series}`) ?? 0;

describe("/metrics of a joined server", () => {
  it("counts operations by name, answers by how they came about, and errors by code", async () => {
    const before = await metricsOf(joined);
    for (let times = 0; times < 4; times++) await ask(joined, "query Cards { domains { slug } }");
    await ask(joined, "{ domains { slug name } }");
    await ask(joined, "{ nothing }");
    await ask(joined, "query Wrong { domain(slug: 1) { slug } }");
    await ask(
      joined,
      `query Missing { model(domain: "vision", name: "none") { name } x: leaderboard(benchmark: "no.where", first: 1000) { totalCount } }`,
    );
    const after = await metricsOf(joined);
    const added = (series: string): number => count(after, series) - count(before, series);
    expect(added('operation_duration_seconds_count{operation="Cards"}')).toBe(4);
    expect(added('operation_duration_seconds_count{operation="anonymous"}')).toBe(1);
    expect(added('operation_duration_seconds_count{operation="invalid"}')).toBeGreaterThanOrEqual(2);
    expect(added('answers_total{how="kept"}')).toBe(3);
    expect(added("answers_repeated_total")).toBeGreaterThan(0);
    expect(added('executions_total{how="plan"}')).toBeGreaterThanOrEqual(1);
    expect(added('errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBeGreaterThanOrEqual(2);
    expect(added('http_responses_total{route="/graphql",status="200"}')).toBeGreaterThanOrEqual(5);
  });

  it("has a bound of series, whatever names come, and no name that may be a secret", async () => {
    const names = Array.from({ length: 300 }, (_, at) => `Flood${at}`);
    for (const name of [...names, key, "x".repeat(200)]) await ask(joined, `query ${name} { __typename }`);
    await Promise.all(
      ["/nowhere/1", "/nowhere/2", `/${key}`, `/samples/vision/${key}`].map((place) => askHttp(joined.url, { path: place })),
    );
    const { values } = await metricsOf(joined);
    const labels = new Set([...values.keys()].flatMap((series) => /operation="(.*?)"/.exec(series)?.[1] ?? []));
    expect(labels.size).toBeLessThanOrEqual(103);
    expect(labels).toContain("other");
    expect([...values.keys()].join()).not.toMatch(/st_|xxxx|nowhere\/1|secret/);
  });

  it("tells the public revision, and how far the board is behind", async () => {
    const metrics = await metricsOf(joined);
    const { body } = await askHttp(joined.url, { path: "/health/ready" });
    expect(String(count(metrics, "board_revision"))).toBe((JSON.parse(body) as { revision: string }).revision);
    expect(count(metrics, "board_lag_revisions")).toBe(0);
    expect(count(metrics, "board_lag_seconds")).toBeGreaterThan(0);
    expect(count(metrics, 'pool_idle_connections{pool="facts"}')).toBeGreaterThan(0);
    expect(count(metrics, 'process_memory_bytes{kind="resident"}')).toBeGreaterThan(1e7);
    expect(metrics.values.has('scoretree_event_loop_delay_seconds{quantile="0.99"}')).toBe(true);
  });

  it("is not there for who comes by a proxy, or is led here by a foreign name", async () => {
    const given: Record<string, string>[] = [
      { "x-forwarded-for": "127.0.0.1" },
      { forwarded: "for=_x" },
      { via: "1.1 x" },
      { host: "rebound.example" },
    ];
    const statuses = given.map(async (headers) => (await askHttp(joined.url, { path: "/metrics", headers })).status);
    expect(await Promise.all(statuses)).toEqual([404, 404, 404, 404]);
  });
});

describe("/metrics of subgraphs and their gateway", () => {
  it("tells only the operations by name that are to be told, and what subgraphs answered", async () => {
    for (let times = 0; times < 3; times++) await ask(gateway, "query Cards { domains { slug } }");
    await ask(gateway, "query Other { domains { slug } }");
    const metrics = await ofGateway();
    expect(count(metrics, 'operation_duration_seconds_count{operation="Cards"}')).toBe(3);
    expect(count(metrics, 'operation_duration_seconds_count{operation="other"}')).toBe(1);
    expect(count(metrics, 'subgraph_duration_seconds_count{subgraph="benchmarks"}')).toBeGreaterThanOrEqual(1);
    expect(count(metrics, 'answers_total{how="kept"}')).toBeGreaterThanOrEqual(1);
    const below = await metricsOf(subgraphs);
    expect(count(below, 'http_responses_total{route="/graphql/benchmarks",status="200"}')).toBeGreaterThanOrEqual(2);
  });

  it("needs the token where there is one", async () => {
    const tries = [undefined, "Bearer", `Bearer ${TOKEN}x`, TOKEN, `bearer ${TOKEN}`].map(async (authorization) => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      return (await askHttp(gateway.url, { path: "/metrics", headers })).status;
    });
    expect(await Promise.all(tries)).toEqual([404, 404, 404, 404, 404]);
    const passed = { authorization: `Bearer ${TOKEN}`, "x-forwarded-for": "10.0.0.1", host: "scores.example" };
    expect((await askHttp(gateway.url, { path: "/metrics", headers: passed })).status).toBe(200);
  });
});

describe("what is told of metrics", () => {
  const rows = () =>
    [...read("docs/operations.md").matchAll(/^\| `(scoretree_\w+)` +\| (J G|J|G) +\| (.*?) *\| (.*?) *\|$/gm)].map(
      ([, name, of, labels, help]) => ({ name, of, labels, help }),
    );

  /** The labels of each metric: those of its series, and of those that have none yet, what the table says is taken. */
  const labelsIn = ({ values }: ReadMetrics, name: string): Set<string> =>
    new Set(
      [...values.keys()]
        .flatMap((series) =>
          new RegExp(`^${name}(_bucket|_sum|_count)?\\{`).test(series) ? [...series.matchAll(/(\w+)="/g)].map(([, label]) => label) : [],
        )
        .filter((label) => label !== "le"),
    );

  it("in docs/operations.md is a row for each, and no other, with its words", async () => {
    const [ofJoined, ofSubgraphs, outside] = [await metricsOf(joined), await metricsOf(subgraphs), await ofGateway()];
    expect([...ofSubgraphs.help.keys()]).toEqual([...ofJoined.help.keys()]);
    const all = new Map([...ofJoined.help, ...outside.help]);
    const expected = [...all].map(([name, help]) => ({
      ...{ name, help },
      of: [ofJoined.help.has(name) && "J", outside.help.has(name) && "G"].filter(Boolean).join(" "),
    }));
    const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
    expect(rows().map(({ name, help, of }) => ({ name, help, of })).sort(byName)).toEqual(expected.sort(byName)); // prettier-ignore
    for (const { name, labels } of rows()) {
      const told = new Set(labels === "" ? [] : labels.split(", "));
      const found = new Set([...labelsIn(ofJoined, name), ...labelsIn(outside, name)]);
      if (found.size > 0) expect([name, [...told].sort()]).toEqual([name, [...found].sort()]);
    }
  });

  it("is asked by the dashboard and the alerts under names and labels that there are", () => {
    const known = new Map(rows().map(({ name, labels }) => [name, labels === "" ? [] : labels.split(", ")]));
    const panels = (JSON.parse(read("examples/grafana.json")) as { panels: { targets?: { expr: string }[] }[] }).panels;
    const dashboard = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    const alerts = [...read("docs/operations.md").matchAll(/expr: (.*)$/gm)].map(([, expr]) => expr);
    expect([dashboard.length > 20, alerts.length > 8]).toEqual([true, true]);
    const asked = new Set<string>();
    for (const expr of [...dashboard, ...alerts])
      for (const [, whole, within = ""] of expr.matchAll(/(scoretree_\w+)(?:\{(.*?)\})?/g)) {
        const name = known.has(whole) ? whole : whole.replace(/_(bucket|sum|count)$/, "");
        asked.add(name);
        expect([expr, known.has(name)]).toEqual([expr, true]);
        const by = [...expr.matchAll(/by \((.*?)\)/g)].flatMap(([, labels]) => labels.split(/, */));
        const labels = [...[...within.matchAll(/(\w+)(?:=~?|!~?=?)"/g)].map(([, label]) => label), ...by];
        for (const label of labels)
          expect([expr, label, [...known.get(name)!, "le", "instance"].includes(label)]).toEqual([expr, label, true]);
      }
    expect([...known.keys()].filter((name) => !asked.has(name))).toEqual([]);
  });
});
