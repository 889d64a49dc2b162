import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** What a command came to. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Starts `scoretree` in a process of its own, from its source, in the project's folder. */
export const startCli = (parameters: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  spawn(
    process.execPath,
    ["--require", path.join(ROOT, "test/support/run-typescript.cjs"), path.join(ROOT, "src/cli/main.ts"), ...parameters],
    {
      cwd: ROOT,
      // The machine may be busy with other tests: nobody is sent away for that.
      env: { PATH: process.env.PATH, HOME: process.env.HOME, SCORETREE_MAX_WAIT: "60000", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );

/** Runs `scoretree` to its end. */
export async function runCli(parameters: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = startCli(parameters, environment);
  let out = "";
  let error = "";
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (error += text));
  const [code] = await once(child, "close");
  return { code, out, error };
}
