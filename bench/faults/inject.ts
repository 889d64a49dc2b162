import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { Served } from "./served";

/** What faults are done to. */
export interface Victims {
  readonly databaseUrl: string;
  /** Folder of the embedded Postgres. It is started again by the process that opened it. */
  readonly directory: string;
  /** Stays the same process all the time. */
  readonly elder: Served;
  readonly younger: Served;
  /** Hands in so many submissions at the elder at once. */
  readonly rush: (count: number) => Promise<unknown>;
  /** The file that says by how many milliseconds the clock of the elder is wrong. */
  readonly clock: string;
}

/** What a process loads whose clock goes as far wrong as a file says, which is looked at every second. */
export const shiftedClock = (file: string): string => `const { readFileSync } = require("node:fs");
const Right = Date;
let shift = 0;
setInterval(() => (shift = Number(readFileSync(${JSON.stringify(file)}, "utf8"))), 1000).unref();
const now = () => Right.now() + shift;
globalThis.Date = class Date extends Right {
  constructor(...given) { given.length > 0 ? super(...given) : super(now()); }
  static now() { return now(); }
};`;

async function onDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Sends a signal to the Postgres of a folder; it may be gone. */
function signalPostgres({ directory }: Victims, name: NodeJS.Signals): void {
  const pid = Number(readFileSync(path.join(directory, "data/postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, name);
}

const OTHERS = "datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'scoretree bench'";
const cut = (where: string) => `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${where}`;

const DAY = 86_400_000;

/** Everything that is made to fail, by name. What comes back by itself is done when it is done; what must be started again is, at once. */
export const FAULTS: Readonly<Record<string, (victims: Victims) => Promise<unknown>>> = {
  "Postgres restarted": async (victims) => signalPostgres(victims, "SIGINT"),
  "Postgres crashes": async (victims) => signalPostgres(victims, "SIGQUIT"),
  "connections cut, five times": async ({ databaseUrl }) => {
    for (let round = 0; round < 5; round++, await pause(300)) await onDatabase(databaseUrl, (client) => client.query(cut(OTHERS)));
  },
  "LISTEN lost": ({ databaseUrl }) =>
    onDatabase(databaseUrl, (client) => client.query(cut(`${OTHERS} AND application_name = 'scoretree listener'`))),
  "connections stand still for 3 s": async ({ databaseUrl }) => {
    const pids = await onDatabase(databaseUrl, async (client) => {
      const { rows } = await client.query(`SELECT pid FROM pg_stat_activity WHERE ${OTHERS}`);
      return rows.map(({ pid }) => pid as number);
    });
    for (const name of ["SIGSTOP", "SIGCONT"] as const) {
      for (const pid of pids)
        try {
          process.kill(pid, name);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
        }
      if (name === "SIGSTOP") await pause(3_000);
    }
  },
  "all connections used up for 5 s": ({ databaseUrl, rush }) =>
    onDatabase(databaseUrl, async (client) => {
      await client.query("BEGIN; SELECT FROM ledger FOR UPDATE");
      const rushed = rush(14);
      await pause(5_000);
      await client.query("COMMIT");
      await rushed;
    }),
  "a process stopped for 4 s": async ({ elder }) => {
    elder.signal("SIGSTOP");
    await pause(4_000);
    elder.signal("SIGCONT");
  },
  "a process killed": async ({ younger }) => {
    await younger.end("SIGKILL");
    await younger.again();
  },
  "a process asked to stop": async ({ younger }) => {
    await younger.end("SIGTERM").finally(() => younger.again());
  },
  "the clock a day ahead, then a day back, then right": async ({ clock }) => {
    for (const shift of [DAY, -DAY, 0]) {
      writeFileSync(clock, String(shift));
      await pause(2_500);
    }
  },
};
