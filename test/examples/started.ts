import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A process of a server that says where it is. */
export interface Started {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it, if it has not ended. */
  stop(): Promise<void>;
}

/** Resolves with the first address that a process prints. Throws with all that it printed if it ends before. */
export async function started(child: ChildProcess): Promise<Started> {
  const ended = once(child, "exit");
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      const found = /(http:\/\/127[^\s/]*)/.exec((printed += chunk.toString()));
      if (found) resolve(found[1]);
    };
    child.stdout!.on("data", look);
    child.stderr!.on("data", look);
    void ended.then(([code]) => reject(new Error(`The process ended with ${code}:\n${printed}`)));
  });
  return {
    url,
    child,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Starts a program of node in a folder, with nothing of this process's environment but what programs are found by. */
export const startNode = (program: string, folder: string, environment: Readonly<Record<string, string>>): Promise<Started> =>
  started(
    spawn(process.execPath, [program], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
