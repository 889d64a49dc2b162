import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import type { Database } from "../../src/federation/context";

/** Milliseconds of one tick of Linux's clock of processes. */
const TICK = 10;

/** What Linux tells of a process; null if it has ended. */
function readProcess(pid: number): { parent: number; processor: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The program's name stands in parentheses and may hold spaces.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), processor: (Number(fields[11]) + Number(fields[12])) * TICK };
  } catch {
    return null;
  }
}

/** Milliseconds that all threads of a process have been on a processor, to 10 ms. */
export const processorOf = (pid: number): number => readProcess(pid)?.processor ?? 0;

/** Megabytes of memory that a process holds now (RSS). */
export function memoryOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))!;
  return Number(kilobytes) / 1024;
}

/** The processes of the PostgreSQL that we are connected to: its first one, and all of its backends. */
export async function postgresProcesses(dataSource: Database): Promise<() => readonly number[]> {
  const [{ pid }] = await dataSource.query(`SELECT pg_backend_pid() AS "pid"`);
  const { parent } = readProcess(pid)!;
  return () =>
    readdirSync("/proc")
      .flatMap((name) => (readProcess(Number(name))?.parent === parent ? [Number(name)] : []))
      .concat(parent);
}

/** Milliseconds on processors by process: what they have been by now. */
export const clocksOf = (pids: readonly number[]): Map<number, number> => new Map(pids.map((pid) => [pid, processorOf(pid)]));

/** What was added between two readings. A process that ended meanwhile is not counted, one that began is. */
export const addedBetween = (before: Map<number, number>, after: Map<number, number>): number =>
  [...after].reduce((sum, [pid, processor]) => sum + processor - (before.get(pid) ?? 0), 0);

/** Binds processes, all their threads and what they start from now on to one core; null: to all cores. */
export function bind(pids: readonly number[], core: number | null): void {
  const list = core === null ? `0-${cpus().length - 1}` : String(core);
  for (const pid of pids) execFileSync("taskset", ["--all-tasks", "--cpu-list", "--pid", list, String(pid)], { stdio: "ignore" });
}

/** Throws unless processes can be bound to cores here. */
export function checkBinding(): void {
  if (process.platform !== "linux" || cpus().length < 2) throw new Error("The bench of peers needs Linux and two cores.");
  try {
    execFileSync("taskset", ["--version"], { stdio: "ignore" });
  } catch {
    throw new Error("The bench of peers needs `taskset`, which Debian has in the package util-linux.");
  }
}
