import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../questions";

/** A server in a process of its own that can be ended and started again at the same address. */
export class Served {
  private child: ChildProcess | null = null;
  private port = "0";
  private printed = "";
  /** When the process of now was started, in milliseconds of `performance`. */
  since = 0;

  private constructor(private readonly environment: Readonly<Record<string, string>>) {}

  static async start(databaseUrl: string, environment: Readonly<Record<string, string>> = {}): Promise<Served> {
    const fixed = { DATABASE_URL: databaseUrl, SCORETREE_DATASET: "none", LOG_LEVEL: "error", SCORETREE_RATE_BY_ADDRESS: "0" };
    const served = new Served({ ...fixed, SCORETREE_RATE_BY_ACCOUNT: "0", SCORETREE_MAX_WAIT: "10000", ...environment });
    await served.again();
    return served;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Lines of the log that tell of mistakes of ours. */
  get mistakes(): readonly string[] {
    return this.printed.match(/^.*"level":[56]0.*$/gm) ?? [];
  }

  /** Starts it, again where it was before. */
  async again(): Promise<void> {
    const { PATH = "", HOME = "" } = process.env;
    const env = { PATH, HOME, NODE_ENV: "production", PORT: this.port, ...this.environment };
    const child = spawn(process.execPath, [path.join(ROOT, "dist/src/cli/main.js"), "serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    this.since = performance.now();
    let told = "";
    const found = new Promise<string>((resolve) => {
      const look = (chunk: Buffer) => {
        this.printed += chunk.toString();
        told += told.length < 10_000 ? chunk.toString() : "";
        const match = /serves at http:\/\/[\d.]+:(\d+)/.exec(told);
        if (match) resolve(match[1]);
      };
      child.stdout.on("data", look);
      child.stderr.on("data", look);
    });
    const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`The server ended with ${code}:\n${told}`)));
    ended.catch(() => undefined);
    this.port = await Promise.race([found, ended]);
  }

  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  /** Ends it and waits for that. Throws, and kills it, if it does not end within a minute. */
  async end(name: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(name);
    const late = setTimeout(() => child.kill("SIGKILL"), 60_000);
    const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    clearTimeout(late);
    if (signal === "SIGKILL" && name !== "SIGKILL") throw new Error(`A process that was sent ${name} did not end.`);
  }

  /** Resident megabytes; NaN while it is not there. */
  get resident(): number {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child!.pid}/status`, "utf8"))![1]) / 1_024;
    } catch {
      return NaN;
    }
  }
}
