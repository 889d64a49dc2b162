import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
let folder: string;
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), "scoretree-stop-"))));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process that stops as told, and what came of it: what it wrote, then how it ended. */
async function run(stop: string, ...signals: NodeJS.Signals[]): Promise<string> {
  const program = path.join(folder, "program.ts");
  writeFileSync(
    program,
    `const { stopOnSignal } = require(${JSON.stringify(path.join(ROOT, "src/server/stop-on-signal"))});
     stopOnSignal(${stop}, { info: () => console.log("stopping"), error: () => console.log("failed") });
     setInterval(() => {}, 1000);
     console.log("up");`,
  );
  const child = spawn(process.execPath, ["--require", path.join(ROOT, "test/support/run-typescript.cjs"), program], { cwd: ROOT });
  const exit = once(child, "exit") as Promise<[number | null]>;
  let written = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    written += chunk;
    const signal = signals.shift();
    if (signal) child.kill(signal);
  }
  const [code] = await exit;
  return `${written.trim().split("\n").join(", ")}, ${code}`;
}

test.each(["SIGTERM", "SIGINT"] as const)("%s stops a process once what runs is done", async (signal) => {
  expect(await run(`() => new Promise((done) => setTimeout(done, 100)).then(() => console.log("done"))`, signal)).toBe(
    "up, stopping, done, 0",
  );
});

test("a stop that fails ends with 1", async () => {
  expect(await run(`async () => { throw new Error("no"); }`, "SIGTERM")).toBe("up, stopping, failed, 1");
});

test("a second signal does not wait", async () => {
  expect(await run(`() => new Promise(() => {})`, "SIGTERM", "SIGINT")).toBe("up, stopping, 1");
});
