import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestDatabase } from "../support/database";

/** A process that waits to do something to a database. */
export interface Apart {
  /** Lets it begin, kills it after some milliseconds, and tells whether it was done before. */
  killAfter(milliseconds: number): Promise<boolean>;
}

/** Starts a process that waits to back up the database at a URL into a folder, restore it from there, or migrate it. */
export async function prepareApart(verb: "backup" | "restore" | "migrate", url: string, folder = ""): Promise<Apart> {
  const runner = path.join(__dirname, "../support/run-typescript.cjs");
  const child = spawn(process.execPath, ["--require", runner, path.join(__dirname, "run-apart.ts"), verb, url, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  let isDone = false;
  lines.on("line", (line) => (isDone ||= line === "done"));
  await once(lines, "line");
  return {
    async killAfter(milliseconds) {
      child.stdin.write("go\n");
      await Promise.race([sleep(milliseconds), ended]);
      child.kill("SIGKILL");
      await ended;
      return isDone;
    },
  };
}

/** Waits until nobody else does anything in a database: Postgres gives a dead client's transaction up as soon as it notices. */
export async function untilAlone({ dataSource }: TestDatabase): Promise<void> {
  for (let others = 1; others > 0; await sleep(20))
    [{ others }] = await dataSource.query(
      `SELECT count(*) AS others FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`,
    );
}
