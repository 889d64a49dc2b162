import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCli } from "../cli/run-cli";
import { createTestDatabase } from "../support/database";

const PAGE = readFileSync(path.join(__dirname, "../../docs/importing.md"), "utf8");

test("docs/importing.md: the command brings the example over and reports what the page says, and nothing the second time", async () => {
  const [, command, report] = /```sh\nnpm run scoretree -- (import [^\n]*examples\/site)\n```\s+```text\n(.*?)```/s.exec(PAGE)!;
  const database = await createTestDatabase();
  try {
    const environment = { DATABASE_URL: database.url };
    expect(await runCli(command.split(" "), environment)).toMatchObject({ code: 0, out: report });
    expect((await runCli(command.split(" "), environment)).out).toMatch(
      /\nNothing to write: domain vision has it all already \(20 facts unchanged\)\.\n$/,
    );
    expect((await runCli(["release", "create", "2026.1"], environment)).code).toBe(0);
    const [, release] = /```sh\nnpm run scoretree -- export out (.*)\n```/.exec(PAGE)!;
    const out = mkdtempSync(path.join(tmpdir(), "scoretree-docs-"));
    const ran = await runCli(["export", out, ...release.split(" ")], environment);
    rmSync(out, { recursive: true });
    expect(ran).toMatchObject({ code: 0, error: "" });
  } finally {
    await database.drop();
  }
});
