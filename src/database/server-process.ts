import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile, rm, stat, truncate } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresPrograms } from "./postgres-programs";
import type { ServerHome } from "./server-home";
import type { ServerUser } from "./server-user";

/** A server as its lock file tells of it. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

const LISTENING = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "log_timezone=UTC"];
const NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/** A log that is larger than this, in bytes, is emptied at the next start. */
const LONGEST_LOG = 1_000_000;

/**
 * Starts a server process that does not depend on ours: neither our end nor a key press in our terminal ends it. Gives back at once; the
 * server may still end by itself, for example because another one is faster.
 */
export async function startServer(
  home: ServerHome,
  user: ServerUser,
  { postgres }: PostgresPrograms,
  isDurable: boolean,
): Promise<{ hasEnded(): boolean }> {
  const { size } = await stat(home.log).catch(() => ({ size: 0 }));
  if (size > LONGEST_LOG) await truncate(home.log);
  const settings = [...LISTENING, ...(isDurable ? [] : NOT_DURABLE)].flatMap((setting) => ["-c", setting]);
  const log = openSync(home.log, "a", 0o600);
  try {
    const child = spawn(postgres, ["-D", home.data, "-p", String(home.port), ...settings], {
      cwd: path.parse(home.data).root,
      detached: true,
      stdio: ["ignore", log, log],
      ...(user && { uid: user.uid, gid: user.gid }),
    });
    let hasEnded = false;
    child.once("exit", () => (hasEnded = true));
    child.once("error", () => (hasEnded = true));
    child.unref();
    return { hasEnded: () => hasEnded };
  } finally {
    closeSync(log);
  }
}

/** The server that runs on this folder. Null if there is none: no lock file, or its process is dead or something else. */
export async function runningServer(home: ServerHome): Promise<RunningServer | null> {
  const lines = (await readFile(lockFile(home), "utf8").catch(() => "")).split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && (await isPostgres(pid)) ? { pid, port } : null;
}

/**
 * Removes the lock file of a dead server. Needed where its number meanwhile belongs to another program, as happens in containers, which
 * count from 1 at each start: Postgres takes that program for a server.
 */
export const forgetServer = (home: ServerHome): Promise<void> => rm(lockFile(home), { force: true });

/** Stops a server: whoever is connected is sent away, everything is written, then this returns; after a minute in any case. */
export async function stopServer({ pid }: RunningServer): Promise<void> {
  try {
    process.kill(pid, "SIGINT");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline && (await isPostgres(pid))) await sleep(10);
}

/** The end of what a server wrote to its log. */
export const lastWords = async (home: ServerHome): Promise<string> =>
  (await readFile(home.log, "utf8").catch(() => "")).trim().split("\n").slice(-10).join("\n");

/** The first line of it is the number of the process, the fourth the port. */
const lockFile = (home: ServerHome): string => path.join(home.data, "postmaster.pid");

async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // Linux tells what a process is, and whether it is only waiting to be forgotten by its parent; elsewhere a living one is taken for it.
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => null);
  return status === null ? process.platform !== "linux" : /^Name:\tpostgres$/m.test(status) && !/^State:\tZ/m.test(status);
}
