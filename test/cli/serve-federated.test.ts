import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "../board/open-current";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { startCli } from "./run-cli";

const NAMES = ["benchmarks", "models", "scores", "citations", "submissions"];

let database: TestDatabase;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree("average_vision")
    .model("alpha", { owner: "lab" })
    .score("alpha", "average_vision", 0.5)
    .write();
});
afterAll(async () => {
  for (const child of running) child.kill("SIGTERM");
  await database?.drop();
});

/** Ports that are free now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server: Server = createServer();
    server.once("error", () => resolve(true));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(false)));
  });

/** Starts it with two subgraphs in one process, and gives what it prints until it ends or serves. */
async function start([gateway, ...ports]: readonly number[]) {
  const places = NAMES.map((name, at) => `${name}=http://127.0.0.1:${ports[Math.min(at, ports.length - 1)]}/graphql/${name}`);
  const child = startCli(["serve", "federated"], {
    ...{ DATABASE_URL: database.url, SCORETREE_DATASET: "none", LOG_LEVEL: "error" },
    ...{ PORT: String(gateway), SCORETREE_SUBGRAPHS: places.join(",") },
  });
  running.add(child);
  const exit = once(child, "exit").then(([code]) => (running.delete(child), code as number | null));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void (said += chunk.toString()));
  while (running.has(child) && !/Stop with Ctrl\+C/.test(said)) await pause(20);
  return { child, exit, said: () => said };
}

const ask = async (port: number, query: string) => {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as unknown;
};
const QUERY = `{ model(domain: "vision", name: "alpha") { contributor { displayName } score(benchmark: "average_vision") { display rank } } }`;
const ANSWER = { data: { model: { contributor: { displayName: "lab" }, score: { display: ".500", rank: 1 } } } };

/** The processes that listen at a port. */
const listening = (port: number): number[] =>
  execFileSync("sh", ["-c", `ss -ltnpH "sport = :${port}" 2>/dev/null | grep -o 'pid=[0-9]*' | sort -u || true`])
    .toString()
    .split("\n")
    .flatMap((line) => (line ? [Number(line.slice(4))] : []));

describe("the whole platform by one command", () => {
  it("answers through the gateway, starts again what ends, and stops everything when it is stopped", async () => {
    const ports = await freePorts(5);
    const { child, exit, said } = await start(ports);
    expect(said()).toContain(`scoretree serves at http://127.0.0.1:${ports[0]}`);
    expect(said()).toContain(`submissions  http://127.0.0.1:${ports[4]}/graphql/submissions`);
    expect(await ask(ports[0], QUERY)).toMatchObject(ANSWER);

    const [lost] = listening(ports[2]);
    // Where it cannot be told which process listens, none is ended.
    if (lost) {
      process.kill(lost, "SIGKILL");
      await until(() => said().includes("models ended (SIGKILL): starting again."));
      await until(() => listening(ports[2]).some((pid) => pid !== lost));
      expect(await ask(ports[0], QUERY)).toMatchObject(ANSWER);
    }
    child.kill("SIGTERM");
    expect(await exit).toBe(0);
    expect(await Promise.all(ports.map(isTaken))).toEqual(ports.map(() => false));
  });

  it("stops what it started if it is killed itself", async () => {
    const ports = await freePorts(3);
    const { child, exit } = await start(ports);
    expect(await ask(ports[0], QUERY)).toMatchObject(ANSWER);
    child.kill("SIGKILL");
    await exit;
    await until(async () => (await Promise.all(ports.map(isTaken))).every((taken) => !taken));
  });

  it("says which part cannot be started and why, and leaves nothing behind", async () => {
    const ports = await freePorts(4);
    const other = createServer().listen(ports[2], "127.0.0.1");
    await once(other, "listening");
    const { exit, said } = await start(ports);
    expect(await exit).toBe(1);
    expect(said()).toContain("models cannot be served:");
    expect(said()).toContain(`Another program has 127.0.0.1:${ports[2]}.`);
    expect(await Promise.all([ports[0], ports[1], ports[3]].map(isTaken))).toEqual([false, false, false]);
    await new Promise((resolve) => other.close(resolve));
  });
});
