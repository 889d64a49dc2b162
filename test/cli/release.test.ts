import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { writeReleaseWorld } from "../flows/release-world";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { runCli } from "./run-cli";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await writeReleaseWorld(database.dataSource);
});
afterAll(() => database.drop());

const release = (...parameters: string[]) => runCli(["release", ...parameters], { DATABASE_URL: database.url });

describe("scoretree release", () => {
  it("makes, lists, shows and verifies releases", async () => {
    expect((await release("list")).out).toMatch(/There is no release yet/);
    const made = await release("create", "2026.1", "--notes", "For the paper.");
    expect(made).toMatchObject({ code: 0, error: "" });
    const checksum = /sha256:[0-9a-f]{64}/.exec(made.out)![0];
    expect(made.out).toBe(`Made the release 2026.1: ${checksum}\n`);
    expect((await release("list")).out).toMatch(new RegExp(`^vision  2026\\.1  \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z  ${checksum}\n$`));
    const shown = await release("show", "2026.1");
    expect(shown).toMatchObject({ code: 0, out: expect.stringMatching(/^2026\.1 of vision\n/) });
    expect(shown.out).toMatch(new RegExp(`revision +\\d+\n +checksum +${checksum}\n +notes +For the paper\\.\n`));
    await seed(database.dataSource).domain("vision").model("later").score("later", "a", 1).write();
    expect(await release("verify")).toMatchObject({ code: 0, out: "vision  2026.1  as it was\n" });
    expect(await release("verify", "2026.1")).toMatchObject({ code: 0, out: "vision  2026.1  as it was\n" });
  });

  it("fails in words: a name that is taken, an unknown one, a domain that is to be named", async () => {
    const taken = await release("create", "2026.1");
    expect(taken.code).toBe(1);
    expect(taken.error).toMatch(/vision has a release "2026\.1" already/);
    for (const command of ["show", "verify"]) {
      const unknown = await release(command, "2025.1");
      expect(unknown).toMatchObject({ code: 1, out: "" });
      expect(unknown.error).toMatch(/release "2025\.1"/);
    }
    expect((await release("create", "x", "--domain", "nowhere")).error).toMatch(/"nowhere"/);
    await seed(database.dataSource).domain("language").write();
    expect((await release("create", "x")).error).toMatch(/--domain language \| vision/);
    expect(await release("create", "2026.1", "--domain", "language")).toMatchObject({ code: 0 });
    expect((await release("list")).out).toMatch(/^language  2026\.1  .*\nvision  2026\.1  .*\n$/);
  });

  it("§9 says which release is not what it was: exit code 1", async () => {
    await database.dataSource.query(`ALTER TABLE observation DISABLE TRIGGER USER`);
    await database.dataSource.query(`UPDATE observation SET ceiled = 0.81 WHERE ceiled = 0.8`);
    const { code, out, error } = await release("verify");
    expect(out).toMatch(/^language  2026\.1  as it was\nvision  2026\.1  WRONG: sha256:\S+, not sha256:\S+\n$/);
    expect(error).toMatch(/The facts of 1 release are not what they were: 2026\.1/);
    expect(error).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });
});
