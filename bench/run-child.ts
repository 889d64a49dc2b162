import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A process of its own: a file of this folder. `execArgv`: options of Node. */
const start = (file: string, args: readonly string[], execArgv?: string[]): ChildProcess =>
  fork(path.join(__dirname, `${file}.js`), args, execArgv && { execArgv });

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
  finish<T>(start(file, args, [`--max-old-space-size=${megabytes}`]));

async function finish<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, "exit");
  const told = await hear<T>(child);
  await ended;
  return told;
}

/** Runs a file of this folder beside us, while `use` works with what it tells first. */
export async function besideChild<T, R>(file: string, args: readonly string[], use: (told: T) => Promise<R>): Promise<R> {
  const child = start(file, args);
  try {
    return await use(await hear<T>(child));
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
