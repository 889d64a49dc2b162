import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, escapeLiteral } from "pg";
import { openReplicated } from "../support/replica";
import { readCompose, type Service } from "./read-compose";
import { readImage } from "./read-dockerfile";

const ROOT = path.resolve(__dirname, "../..");

/** How long a service may take to be well, in milliseconds. */
const PATIENCE = 60_000;

const PASSWORDS = { POSTGRES_PASSWORD: "of-the-superuser", SCORETREE_PASSWORD: "of-the-platform", REPLICATION_PASSWORD: "of-the-replica" };

/** The services of docker-compose.yml as processes of this machine. */
export interface RunningCompose {
  /** Where each instance of a service answers, without a slash at its end. */
  readonly urls: ReadonlyMap<string, readonly string[]>;
  stop(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
};

/** Does what docker/primary.sh has psql do. */
async function preparePrimary(url: string): Promise<void> {
  const script = readFileSync(path.join(ROOT, "docker/primary.sh"), "utf8");
  const [, sql] = /<<'SQL'\n(.*?)\nSQL\n/s.exec(script)!;
  const values: Record<string, string> = { scoretree: PASSWORDS.SCORETREE_PASSWORD, replication: PASSWORDS.REPLICATION_PASSWORD };
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of sql.split(/;\n?/).filter(Boolean))
    await client.query(statement.replace(/:'(\w+)'/g, (_, name: string) => escapeLiteral(values[name])));
  await client.end();
}

/** The services that run our image by default, each after those that it depends on. */
function inOrder(services: Readonly<Record<string, Service>>): [string, Service][] {
  const ours = Object.entries(services).filter(([, { build, profiles }]) => build && !profiles);
  const placed = new Set(Object.keys(services).filter((name) => !ours.some(([other]) => other === name)));
  const order: [string, Service][] = [];
  while (order.length < ours.length) {
    const ready = ours.filter(
      ([name, { depends_on = {} }]) => !placed.has(name) && Object.keys(depends_on).every((other) => placed.has(other)),
    );
    if (ready.length === 0) throw new Error("Services of docker-compose.yml wait for each other.");
    order.push(...ready);
    for (const [name] of ready) placed.add(name);
  }
  return order;
}

/**
 * Starts what docker-compose.yml says, without containers: a Postgres and its streaming replica of the embedded programs, and each service of
 * our image with its command and environment, service names being ports of this machine. `program`: what is run in place of the image's
 * entry point. What it does not show: images, volumes, users, read-only roots, docker/replica.sh.
 */
export async function runCompose(program: string): Promise<RunningCompose> {
  const { services } = readCompose({ ...PASSWORDS, LOG_LEVEL: "silent" });
  const { environment: ofImage, health } = readImage();
  const postgres = await openReplicated();
  const children: ChildProcess[] = [];
  const ports = new Map<string, number[]>();
  const stop = async () => {
    await Promise.all(
      children.reverse().map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        await Promise.race([ended, sleep(5_000, undefined, { ref: false }).then(() => child.kill("SIGKILL"))]);
      }),
    );
    await postgres.close();
  };
  const hosts = { primary: new URL(postgres.primaryUrl).host, replica: new URL(postgres.replicaUrl).host };
  const placed = (text: string): string =>
    text
      .replace(/@(primary|replica):5432\//g, (_, name: keyof typeof hosts) => `@${hosts[name]}/`)
      .replace(/http:\/\/([\w-]+):4000\//g, (_, name: string) => `http://127.0.0.1:${ports.get(name)![0]}/`);

  function start(name: string, { command = [], environment = {} }: Service, port: number): ChildProcess {
    const own = Object.entries(environment).map(([key, value]) => [key, placed(value)] as const);
    const child = spawn(process.execPath, [program, ...command], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...ofImage, ...Object.fromEntries(own), HOST: "127.0.0.1", PORT: String(port) },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.on("data", (text: Buffer) => process.stderr.write(`${name}: ${text.toString()}`));
    children.push(child);
    return child;
  }

  /** Waits until the service answers at all, then has the image's own check look at it, as Docker would. */
  async function untilWell(name: string, child: ChildProcess, port: number): Promise<void> {
    const answers = () =>
      fetch(`http://127.0.0.1:${port}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    for (const end = Date.now() + PATIENCE; !(await answers()); await sleep(100))
      if (child.exitCode !== null || Date.now() > end) throw new Error(`The service ${name} is not well.`);
    const checked = spawn(process.execPath, health.slice(1), { env: { PORT: String(port) }, stdio: "ignore" });
    const [code] = (await once(checked, "exit")) as [number];
    if (code !== 0) throw new Error(`The check of the image says that the service ${name} is not well.`);
  }

  try {
    await preparePrimary(postgres.primaryUrl);
    const waiting = new Map<string, Promise<void>>();
    for (const [name, service] of inOrder(services)) {
      const needed = Object.keys(service.depends_on ?? {}).flatMap((other) => waiting.get(other) ?? []);
      const found = await Promise.all(Array.from({ length: service.deploy?.replicas ?? 1 }, freePort));
      ports.set(name, found);
      const begun = Promise.all(needed).then(async () => {
        await Promise.all(
          found.map(async (port) => {
            const child = start(name, service, port);
            if (!service.healthcheck?.disable) return untilWell(name, child, port);
            const [code] = (await once(child, "exit")) as [number];
            if (code !== 0) throw new Error(`The service ${name} ended with ${code}.`);
          }),
        );
      });
      begun.catch(() => undefined);
      waiting.set(name, begun);
    }
    await Promise.all(waiting.values());
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls: new Map([...ports].map(([name, each]) => [name, each.map((port) => `http://127.0.0.1:${port}`)])), stop };
}
