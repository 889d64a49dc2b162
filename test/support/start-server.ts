import { once } from "node:events";
import { startCli } from "../cli/run-cli";

/** A server in a process of its own. */
export interface StartedServer {
  readonly url: string;
  readonly pid: number;
  /** All that it wrote so far, its log included. */
  printed(): string;
  /** Sends it a signal, such as SIGSTOP. */
  signal(name: NodeJS.Signals): void;
  /** Asks it to stop, and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it without a chance to tidy up, as a lost machine would. */
  kill(): Promise<void>;
}

/** Starts `scoretree serve gateway` over subgraphs, from its source, at a free port. */
export const startGateway = (
  subgraphs: Readonly<Record<string, string>>,
  { parameters = [], environment = {} }: { parameters?: readonly string[]; environment?: Readonly<Record<string, string>> } = {},
): Promise<StartedServer> => {
  const places = Object.entries(subgraphs).map((entry) => entry.join("="));
  return start(["serve", "gateway", ...parameters], {
    ...{ PORT: "0", LOG_LEVEL: "silent", SCORETREE_SUBGRAPHS: places.join(",") },
    ...environment,
  });
};

/** Starts `scoretree serve` over a database, from its source, at a free port. `names`: subgraphs to serve alone. */
export async function startServer(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
  names: readonly string[] = [],
): Promise<StartedServer> {
  const fixed = { DATABASE_URL: databaseUrl, PORT: "0", SCORETREE_DATASET: "none", LOG_LEVEL: "silent" };
  return start(["serve", ...names], { ...fixed, ...environment });
}

async function start(parameters: readonly string[], environment: Readonly<Record<string, string>>): Promise<StartedServer> {
  // Tests ask more than anybody may.
  const child = startCli(parameters, { SCORETREE_RATE_BY_ADDRESS: "0", ...environment });
  const ended = once(child, "exit");
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      const found = /serves at (http:\S+)/.exec((printed += chunk.toString()));
      if (found) resolve(found[1]);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    void ended.then(([code]) => reject(new Error(`The server ended with ${code}:\n${printed}`)));
  });
  return {
    url,
    pid: child.pid!,
    printed: () => printed,
    signal: (name) => void child.kill(name),
    async stop() {
      child.kill("SIGTERM");
      return (await ended)[0] as number | null;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
