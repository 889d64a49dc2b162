import { realpath } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { ExpectedError } from "../errors";
import { refuseFaultyHome } from "./home-fault";
import { postgresMajor, type PostgresPrograms, postgresPrograms } from "./postgres-programs";
import { openHome, SERVER_ROLE, type ServerHome, withFreePort } from "./server-home";
import { serverPlace } from "./server-place";
import { forgetServer, lastWords, type RunningServer, runningServer, startServer, stopServer } from "./server-process";
import { serverUser, type ServerUser } from "./server-user";

/** A Postgres of our own that runs beside us. */
export interface EmbeddedServer {
  /** Where its database `scoretree` is. */
  readonly url: string;
  /** Where another of its databases is, or would be. */
  urlOf(database: string): string;
  /** Its folder. Not below the one that was asked for where root started us in a place closed to others: see `serverPlace`. */
  readonly directory: string;
  /** Leaves the server. The last process that leaves stops it. */
  stop(): Promise<void>;
}

/** How an embedded server is to run. */
export interface EmbeddedOptions {
  /** False for data that may be lost when the machine stops, such as those of tests: faster. Default true. */
  readonly isDurable?: boolean;
  /** How long to try, in milliseconds, for example while a server recovers from a crash. Default 60,000. */
  readonly patience?: number;
}

/** Every process that uses a server holds this advisory lock, shared, in the database `postgres`. It goes with the process. */
const IN_USE = 7_301_944;

/** Time between two tries, in milliseconds, and between two starts: a server that was just killed may hold its memory for a while. */
const PAUSE = 20;
const PAUSE_AFTER_FAILED_START = 300;

/** Failed starts after which a lock file that names another program is taken for stale. */
const FAILED_STARTS = 10;

/** Failed starts after which it is given up: what still stands in the way does not go by itself. */
const TOO_MANY_FAILED_STARTS = 40;

/**
 * Starts the server of the folder `<directory>/postgres`, or attaches to the one that runs there, whoever started it: also one that a
 * killed process left behind. First use makes the folder (about a second). The server outlives the process that started it as long as
 * others use it: the last one that calls `stop` stops it; if that one is killed instead, the server waits for the next to attach. If it
 * dies while in use it is started again, on the same port. It listens on 127.0.0.1 only and asks for a random password.
 * Throws CONFIGURATION if this machine cannot run it, UNAVAILABLE if it does not answer in time.
 */
export async function openEmbedded(directory: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const wanted = path.join(path.resolve(directory), "postgres");
  const place = await serverPlace(await serverUser(path.join(wanted, "data")), wanted);
  const user = await serverUser(path.join(place, "data"));
  const programs = await postgresPrograms(user);
  const enter = (): Promise<Entered> => enterServer(place, user, programs, options);

  let isLeaving = false;
  let entered = enter();
  const { home, client, port } = await entered;
  const comeBack = (lost: Client): void => {
    lost.once("end", () => {
      if (isLeaving) return;
      entered = enter();
      entered.then(
        ({ client }) => comeBack(client),
        () => undefined, // Whoever needs the database hears of it there.
      );
    });
  };
  comeBack(client);
  await ensureDatabase(client, SERVER_ROLE);
  const urlOf = (database: string): string =>
    `postgresql://${SERVER_ROLE}:${home.password}@127.0.0.1:${port}/${encodeURIComponent(database)}?sslmode=disable`;
  return {
    url: urlOf(SERVER_ROLE),
    urlOf,
    directory: place,
    async stop() {
      if (isLeaving) return;
      isLeaving = true;
      await entered.then(leaveServer, () => undefined);
    },
  };
}

interface Entered extends RunningServer {
  readonly home: ServerHome;
  /** Holds the lock IN_USE. */
  readonly client: Client;
}

async function enterServer(place: string, user: ServerUser, programs: PostgresPrograms, options: EmbeddedOptions): Promise<Entered> {
  const { isDurable = true, patience = 60_000 } = options;
  const deadline = performance.now() + patience;
  let home = await openHome(place, user, programs);
  let started: { hasEnded(): boolean } | null = null;
  for (let failedStarts = 0; performance.now() < deadline && failedStarts < TOO_MANY_FAILED_STARTS; await sleep(PAUSE)) {
    const running = await runningServer(home);
    if (running) {
      const client = await attach(home, running);
      if (client) return { home, client, ...running };
      continue;
    }
    if (started && !started.hasEnded()) continue;
    if (started && ++failedStarts === FAILED_STARTS) await forgetServer(home);
    if (started) await sleep(PAUSE_AFTER_FAILED_START);
    await refuseFaultyHome(home, user, await postgresMajor());
    home = await withFreePort(home);
    started = await startServer(home, user, programs, isDurable);
  }
  throw new ExpectedError(
    "UNAVAILABLE",
    `The embedded Postgres in ${place} could not be started. Its last words:\n${await lastWords(home)}`,
  );
}

/** A connection that holds the lock IN_USE; null if the server is not ready, on its way out, or not that of this folder. */
async function attach(home: ServerHome, { port }: RunningServer): Promise<Client | null> {
  const client = new Client({
    host: "127.0.0.1",
    port,
    user: SERVER_ROLE,
    password: home.password,
    database: "postgres",
    ssl: false,
    connectionTimeoutMillis: 5_000,
    application_name: "scoretree",
  });
  client.on("error", () => undefined); // The end that follows it is what counts.
  try {
    await client.connect();
    const { rows } = await client.query(`SELECT current_setting('data_directory') AS "data"`);
    if ((await realpath(rows[0].data)) !== (await realpath(home.data))) throw new Error(`${rows[0].data} is served there`);
    await client.query(`SELECT pg_advisory_lock_shared($1)`, [IN_USE]);
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
}

/** Gives the lock up. Who then gets it for itself alone is the last one: nobody can attach meanwhile, and the server is stopped. */
async function leaveServer({ client, ...server }: Entered): Promise<void> {
  try {
    await client.query(`SELECT pg_advisory_unlock_shared($1)`, [IN_USE]);
    const { rows } = await client.query(`SELECT pg_try_advisory_lock($1) AS "isLast"`, [IN_USE]);
    if (rows[0].isLast) await stopServer(server);
  } catch {
    // The server is gone already.
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(client: Client, name: string): Promise<void> {
  const { rows } = await client.query(`SELECT FROM pg_database WHERE datname = $1`, [name]);
  if (rows.length > 0) return;
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`).catch((error: { code?: string }) => {
    const isThere = error.code === "42P04" || error.code === "23505"; // Another process was faster.
    if (!isThere) throw error;
  });
}
