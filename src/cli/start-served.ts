import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { ExpectedError } from "../errors";

/** How long after its end a process is started again, in milliseconds. */
const PAUSE = 1_000;

/** How long a process may take to stop before it is ended, in milliseconds. */
const PATIENCE = 30_000;

export interface ServedOptions {
  /** What stands behind `scoretree serve`. */
  readonly names: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Told of each line of its log. */
  readonly onLog: (line: string) => void;
  /** Told that it ended by itself and is started again. */
  readonly onRestart: (words: string) => void;
  /** Told that it could not be started again. */
  readonly onLost: (error: Error) => void;
}

/** A `scoretree serve` in a process of its own. */
export interface Served {
  /** Where it answers, without a slash at its end. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts `scoretree serve` in a process of its own, and starts it again whenever it ends by itself. It stops by itself if this process goes
 * away. Throws CONFIGURATION with what it said if it ends before it serves.
 */
export async function startServed(options: ServedOptions): Promise<Served> {
  let isStopping = false;
  let current: Started;

  function watch(started: Started): void {
    current = started;
    void started.ended.then(async (how) => {
      if (isStopping) return;
      options.onRestart(`${options.names.join(", ")} ended (${how}): starting again.`);
      await pause(PAUSE);
      if (!isStopping) await start(options).then(watch, options.onLost);
    });
  }
  watch(await start(options));
  return {
    url: current!.url,
    async stop() {
      isStopping = true;
      const { child, ended } = current;
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
      await ended;
      clearTimeout(late);
    },
  };
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
}

async function start({ names, environment, onLog }: ServedOptions): Promise<Started> {
  // In a group of its own: a key press in our terminal is for us, and we stop it. The channel tells it when we go away.
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1], "serve", ...names], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
  });
  const ended = once(child, "close").then(([code, signal]) => (signal ? String(signal) : `exit code ${code}`));
  const said: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (line.startsWith("{")) onLog(line);
      const served = /^scoretree serves at (\S+)/.exec(line);
      if (served) resolve(served[1]);
    });
    createInterface({ input: child.stderr! }).on("line", (line) => said.push(line) > 20 && said.shift());
    void ended.then((how) => {
      const words = said.join("\n") || `It ended (${how}) and said nothing.`;
      reject(new ExpectedError("CONFIGURATION", `${names.join(", ")} cannot be served:\n${words}`));
    });
  });
  return { child, url, ended };
}
