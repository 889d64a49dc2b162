import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** What a process writes in which a promise fails that nobody waits for. */
function run(begin: string): { out: string; code: number | null } {
  const folder = mkdtempSync(path.join(tmpdir(), "scoretree-forgotten-"));
  try {
    const program = path.join(folder, "program.ts");
    writeFileSync(
      program,
      `const { logForgotten } = require(${JSON.stringify(path.join(ROOT, "src/server/log-forgotten"))});
       const log = { warn: ({ err }) => console.log(err.message) };
       ${begin}
       void Promise.reject(new Error("forgotten"));
       setTimeout(() => console.log("alive"), 50);`,
    );
    const { stdout, status } = spawnSync(process.execPath, ["--require", path.join(ROOT, "test/support/run-typescript.cjs"), program], {
      cwd: ROOT,
      encoding: "utf8",
    });
    return { out: stdout, code: status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a failure that nobody waits for is in the log, and ends nothing", () => {
  expect(run("logForgotten(log);")).toEqual({ out: "forgotten\nalive\n", code: 0 });
});

test("once taken back, it ends the process as Node has it", () => {
  expect(run("logForgotten(log)();")).toEqual({ out: "", code: 1 });
});
