import { cp, chown, mkdir, mkdtemp, readdir, rm, writeFile, appendFile, chmod } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { type EmbeddedServer, openEmbedded } from "../../src/database/embedded";
import { postgresPrograms } from "../../src/database/postgres-programs";
import { runningServer, startServer, stopServer } from "../../src/database/server-process";
import { serverUser } from "../../src/database/server-user";

/** A Postgres with a streaming replica, both of the embedded programs. */
export interface Replicated {
  readonly primaryUrl: string;
  readonly replicaUrl: string;
  /** Makes the replica keep what it receives to itself, or go on. */
  pauseReplay(isPaused: boolean): Promise<void>;
  /** Sends a signal to all processes of the replica. */
  signalReplica(name: NodeJS.Signals): Promise<void>;
  /** Starts the replica again after it was killed. */
  startReplica(): Promise<void>;
  close(): Promise<void>;
}

/** Runs one SELECT over a connection of its own. */
export async function onServer<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Sends a signal to a process that may be gone. */
function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Files of a server's folder that a copy of it must not have (PostgreSQL manual, 25.3.4: backing up the data directory). */
const OWN = ["postmaster.pid", "postmaster.opts", "pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_stat_tmp", "pg_subtrans"];

/** Starts a primary and copies it into a replica while it runs, as `pg_basebackup` would: that is not among the embedded programs. */
export async function openReplicated(): Promise<Replicated> {
  const folder = await mkdtemp(path.join(tmpdir(), "scoretree-replica-"));
  await chmod(folder, 0o755);
  const primary = await openEmbedded(path.join(folder, "primary"), { isDurable: false });
  try {
    return await copyOf(primary, folder);
  } catch (error) {
    await primary.stop();
    throw error;
  }
}

async function copyOf(primary: EmbeddedServer, folder: string): Promise<Replicated> {
  const source = path.join(primary.directory, "data");
  const user = await serverUser(source);
  const directory = path.join(folder, "replica");
  const home = {
    directory,
    data: path.join(directory, "data"),
    log: path.join(directory, "server.log"),
    password: "",
    port: await freePort(),
  };
  await mkdir(directory);
  await mkdir(home.data, { mode: 0o700 });

  const client = new Client({ connectionString: primary.url });
  await client.connect();
  await client.query(`SELECT pg_backup_start('replica', true)`);
  for (const name of await readdir(source))
    if (!OWN.includes(name)) await cp(path.join(source, name), path.join(home.data, name), { recursive: true });
  const { rows } = await client.query(`SELECT labelfile FROM pg_backup_stop(false)`);
  await client.end();
  for (const name of OWN.slice(2)) await mkdir(path.join(home.data, name), { mode: 0o700 });
  await writeFile(path.join(home.data, "backup_label"), rows[0].labelfile as string);
  await writeFile(path.join(home.data, "standby.signal"), "");
  const { hostname, port, username, password } = new URL(primary.url);
  const source_ = `host=${hostname} port=${port} user=${username} password=${password} sslmode=disable`;
  await appendFile(path.join(home.data, "postgresql.auto.conf"), `primary_conninfo = '${source_}'\n`);
  if (user)
    for (const name of ["", ...(await readdir(home.data, { recursive: true }))])
      await chown(path.join(home.data, name), user.uid, user.gid);

  const replica = new URL(primary.url);
  replica.port = String(home.port);
  async function start() {
    const started = await startServer(home, user, await postgresPrograms(user), false);
    for (let patience = 3_000; ; patience--) {
      try {
        await onServer(replica.href, "SELECT");
        return (await runningServer(home))!;
      } catch (error) {
        if (patience === 0 || started.hasEnded()) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }
  let running = await start();
  // Those that serve connections, too.
  const backends = async () =>
    (await onServer<{ pid: number }>(replica.href, `SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()`)).map(({ pid }) => pid);
  let stopped: number[] = [];
  return {
    primaryUrl: primary.url,
    replicaUrl: replica.href,
    async pauseReplay(isPaused) {
      await onServer(replica.href, isPaused ? "SELECT pg_wal_replay_pause()" : "SELECT pg_wal_replay_resume()");
      while (
        isPaused &&
        (await onServer<{ state: string }>(replica.href, "SELECT pg_get_wal_replay_pause_state() AS state"))[0].state !== "paused"
      );
    },
    async signalReplica(name) {
      if (name === "SIGSTOP") stopped = [running.pid, ...(await backends())];
      for (const pid of stopped) send(pid, name);
    },
    async startReplica() {
      running = await start();
      stopped = [];
    },
    async close() {
      for (const pid of stopped) send(pid, "SIGCONT");
      if (await runningServer(home)) await stopServer(running);
      await primary.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
