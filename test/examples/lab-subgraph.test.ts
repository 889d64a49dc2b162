import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { importDataset } from "../../src/dataset/import-dataset";
import { until } from "../board/open-current";
import { runCli, startCli } from "../cli/run-cli";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type StartedServer, startServer } from "../support/start-server";
import { giveKey } from "../support/give-key";
import { openPassage, type Passage } from "./passage";
import { type Started, started, startNode } from "./started";

/**
 * The guide for integrators, step by step over real processes. Other ports are taken than it names, one process serves all five subgraphs,
 * and packages are this checkout's own.
 */

const ROOT = path.resolve(__dirname, "../..");
const GUIDE = readFileSync(path.join(ROOT, "docs/joining.md"), "utf8");
const LAB = path.join(ROOT, "examples/lab-subgraph");
const OWN = ["benchmarks", "models", "scores", "citations", "submissions"];

/** The blocks of a kind in the guide, in order. */
const blocks = (kind: string): string[] => [...GUIDE.matchAll(new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, "gs"))].map(([, text]) => text);
const [theirs, ours, away] = blocks("graphql");
const answers = blocks("json").map((text) => JSON.parse(text) as unknown);

let folder: string;
let database: TestDatabase;
let platform: StartedServer;
let lab: Started;
let gateway: Started;
let way: Passage;
let supergraph: string;
let subgraphs: string;
/** What the gateway has logged. */
let logged = "";

/** The command of the guide that has these words, with this test's address of the lab and file of the supergraph for those of the guide. */
function command(words: string): string[] {
  const lines = blocks("sh").join("\n").replaceAll("\\\n", " ").split("\n");
  const [, parameters] = lines.find((line) => line.includes(words))!.split("npm run scoretree -- ");
  return parameters.replace("http://127.0.0.1:4100", way.url).replace("supergraph.graphql", supergraph).trim().split(/\s+/);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "joining-"));
  supergraph = path.join(folder, "supergraph.graphql");
  database = await createTestDatabase();
  [platform, lab] = await Promise.all([
    startServer(database.url, {}, OWN),
    startNode("server.js", LAB, { PORT: "0" }),
    importDataset(database.dataSource, path.join(ROOT, "data")),
  ]);
  way = await openPassage(() => lab.url);
  subgraphs = OWN.map((name) => `${name}=${platform.url}/graphql/${name}`).join(",");
  const composed = await runCli(command("compose --with"), { SCORETREE_SUBGRAPHS: subgraphs });
  expect(composed).toMatchObject({ code: 0, error: "" });
  gateway = await started(startCli(command("serve gateway"), { PORT: "0", LOG_LEVEL: "error" }));
  for (const stream of [gateway.child.stdout, gateway.child.stderr]) stream!.on("data", (chunk: Buffer) => (logged += chunk.toString()));
});
afterAll(async () => {
  await Promise.all([gateway?.stop(), lab?.stop(), platform?.kill(), way?.close()]);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  data: unknown;
  errors?: unknown[];
}

async function ask(query: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as Answer;
  return errors ? { data, errors } : { data };
}

test("the lab's subgraph says that it is well", async () => {
  expect((await fetch(`${lab.url}/health`)).status).toBe(200);
  expect((await fetch(`${lab.url}/nothing`)).status).toBe(404);
});

test("a model of ours has the lab's fields", async () => {
  expect(await ask(theirs)).toEqual(answers[0]);
});

test("a note of the lab's leads to our model and benchmark, and to none that is not there", async () => {
  expect(await ask(ours)).toEqual(answers[1]);
});

test("all models of an answer are asked of the lab in one request, which does not tell who asks", async () => {
  const key = await giveKey(database.dataSource, "synthetic-lab-1");
  way.passed.length = 0;
  const query = `{ viewer { key } models(domain: "vision", first: 50) { nodes { name labNotes { id } code { url } } } }`;
  const { data, errors } = await ask(query, { authorization: `Bearer ${key}` });
  expect(errors).toBeUndefined();
  const { nodes, viewer } = { ...(data as { models: { nodes: { labNotes: unknown }[] } }).models, ...(data as { viewer: unknown }) };
  expect(viewer).toEqual({ key: "synthetic-lab-1" });
  expect(nodes).toHaveLength(50);
  expect(nodes.every(({ labNotes }) => Array.isArray(labNotes))).toBe(true);
  expect(way.passed).toHaveLength(1);
  expect(Object.keys(way.passed[0]).filter((name) => name === "authorization" || name.startsWith("x-scoretree"))).toEqual([]);
});

test("what the lab says is asked of it each time, as nobody knows when it changes", async () => {
  await ask(theirs);
  way.passed.length = 0;
  for (let count = 0; count < 3; count++) expect(await ask(theirs)).toEqual(answers[0]);
  expect(way.passed).toHaveLength(3);
});

test("while the lab's subgraph is down, its fields alone are null, and errors say why", async () => {
  await lab.stop();
  expect(away).toBe(theirs);
  expect(await ask(away)).toEqual(answers[2]);
  // A load balancer goes on sending: what is ours is answered.
  const ready = await fetch(new URL("/health/ready", gateway.url));
  expect([ready.status, await ready.json()]).toEqual([
    200,
    expect.objectContaining({ subgraphs: expect.objectContaining({ lab: "not ready" }) }),
  ]);
  lab = await startNode("server.js", LAB, { PORT: new URL(lab.url).port });
  expect(await ask(theirs)).toEqual(answers[0]);
});

test("another supergraph is served without a restart; one that cannot be is refused with the reason, and the one before served on", async () => {
  const whole = readFileSync(supergraph, "utf8");
  const knowsLab = async () => (await ask("{ labNotes { id } }")).errors === undefined;
  const own = await runCli(["compose", "--out", supergraph], { SCORETREE_SUBGRAPHS: subgraphs });
  expect(own).toMatchObject({ code: 0, error: "" });
  gateway.child.kill("SIGHUP");
  await until(async () => !(await knowsLab()));
  const ours = `{ model(domain: "vision", name: "resnet-50x2_untrained") { score(benchmark: "average_vision") { display } } }`;
  const answer = await ask(ours);
  expect(answer).toMatchObject({ data: { model: { score: { display: ".095" } } } });
  for (const [broken, reason] of [
    ["type Query {", "Syntax Error"],
    ["type Query { a: Int }", "names no subgraph"],
  ]) {
    writeFileSync(supergraph, broken);
    gateway.child.kill("SIGHUP");
    await until(() => logged.includes(reason));
    expect(await ask(ours)).toEqual(answer);
  }
  rmSync(supergraph);
  gateway.child.kill("SIGHUP");
  await until(() => logged.includes("cannot be read"));
  expect(await ask(ours)).toEqual(answer);
  // Without a signal, it notices by itself.
  writeFileSync(supergraph, whole);
  await until(knowsLab);
  expect(await ask(theirs)).toEqual(answers[0]);
}, 120_000);
