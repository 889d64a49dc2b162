import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** How a process runs. */
export interface Running {
  /** Megabytes of room for objects and strings. Default: Node's own. */
  readonly megabytes?: number;
  /** The only core it runs on, from 0; needs `taskset`. Default: all. */
  readonly core?: number;
  /** The program `node`. Default: the one that runs this. */
  readonly node?: string;
}

/** A process of its own: a file of this folder, as in production. */
function start(file: string, args: readonly string[], { megabytes, core, node = process.execPath }: Running = {}): ChildProcess {
  const room = megabytes === undefined ? [] : [`--max-old-space-size=${megabytes}`];
  const [execPath, execArgv] = core === undefined ? [node, room] : ["taskset", ["--cpu-list", String(core), node, ...room]];
  return fork(path.join(__dirname, `${file}.js`), args, { execPath, execArgv, env: { ...process.env, NODE_ENV: "production" } });
}

/** The first thing that a child tells. Throws if it ends without a word. */
async function hear<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`A process of the bench ended with ${code} and told nothing.`);
  });
  const [told] = (await Promise.race([once(child, "message"), ended])) as [T];
  ended.catch(() => undefined);
  return told;
}

/** Runs a file of this folder to its end in a process of its own; gives back what it tells. */
export const runChild = <T>(file: string, ...args: readonly string[]): Promise<T> => finish<T>(start(file, args));

/** The same with room for so many megabytes of objects and strings. */
export const runLargeChild = <T>(megabytes: number, file: string, ...args: readonly string[]): Promise<T> =>
  finish<T>(start(file, args, { megabytes }));

/** The same on one core. */
export const runChildOn = <T>(core: number, file: string, ...args: readonly string[]): Promise<T> => finish<T>(start(file, args, { core }));

async function finish<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, "exit");
  const told = await hear<T>(child);
  await ended;
  return told;
}

/** Runs a file of this folder beside us, while `use` works with what it tells first, and its process id. */
export async function besideChild<T, R>(
  file: string,
  args: readonly string[],
  use: (told: T, pid: number) => Promise<R>,
  running?: Running,
): Promise<R> {
  const child = start(file, args, running);
  try {
    return await use(await hear<T>(child), child.pid!);
  } finally {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
    if (child.connected) child.disconnect();
    await ended;
  }
}

/** Tells the process that started this one. */
export const tell = (what: unknown): void => void process.send?.(what);

/** Resolves when the process that started this one lets go. */
export const untilLetGo = async (): Promise<unknown> => once(process, "disconnect");
