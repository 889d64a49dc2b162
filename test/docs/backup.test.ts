import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { FORMAT } from "../../src/database/backup/manifest";
import { createRelease } from "../../src/subgraphs/scores/create-release";
import { runCli } from "../cli/run-cli";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";

const PAGE = readFileSync(path.join(__dirname, "../../docs/backup.md"), "utf8");

const place = mkdtempSync(path.join(tmpdir(), "scoretree-docs-backup-"));
let database: TestDatabase;
beforeAll(async () => {
  // Started as root, the database of the drill runs as another user, who must come to it.
  chmodSync(place, 0o755);
  mkdirSync(path.join(place, "backups"), { mode: 0o700 });
  database = await createTestDatabase();
  await seed(database.dataSource).domain("vision").tree("average\n  leaf").model("alpha").score("alpha", "leaf", 0.5).write();
  await createRelease(database.dataSource, { domain: "vision", name: "2026.1" });
});
afterAll(async () => {
  await database.drop();
  rmSync(place, { recursive: true });
});

/** The lines of the page's shell blocks, each with the environment that it begins with. */
const commands = [...PAGE.matchAll(/```sh\n(.*?)\n```/gs)].flatMap(([, block]) => block.split("\n"));

test("docs/backup.md: what is backed up is checked, restored and well, by the commands of the page", async () => {
  const empty = await createTestDatabase({ isMigrated: false });
  const said: string[] = [];
  for (const command of commands) {
    const [, drill, rest] = /^(SCORETREE_DATA_DIR=drill )?npm run scoretree -- (.*)$/.exec(command) ?? [];
    if (rest === undefined) {
      const [, folder, sums] = /^cd (\S+) && (sha256sum --check SHA256SUMS)$/.exec(command)!;
      if (process.platform === "linux") execFileSync("sh", ["-c", sums], { cwd: path.join(place, folder), stdio: "ignore" });
      continue;
    }
    const parameters = rest.split(" ").map((part) => (part.startsWith("backups/") ? path.join(place, part) : part));
    const url = parameters[0] === "backup" ? database.url : empty.url;
    const environment: Record<string, string> = drill
      ? { SCORETREE_DATA_DIR: path.join(place, "drill"), PORT: "0" }
      : { DATABASE_URL: url };
    const { code, out, error } = await runCli(parameters, environment);
    expect({ command, code, error }).toEqual({ command, code: 0, error: "" });
    said.push(out);
  }
  await empty.drop();
  expect(said).toEqual([
    expect.stringMatching(/^Wrote everything at revision 7 to .*: \d+ rows in 14 tables/),
    expect.stringMatching(/is whole: everything at revision 7/),
    expect.stringMatching(/^postgresql:\S+ holds what \S+ does: everything at revision 7/),
    expect.stringMatching(/^The embedded Postgres of \S+drill holds what/),
    expect.stringMatching(/ok +ledger +revision 7/),
    expect.stringMatching(/^vision {2}2026\.1 {2}as it was/),
  ]);
}, 180_000);

test("docs/backup.md: the files and the format are those that it names", () => {
  const [folder] = readdirSync(path.join(place, "backups"));
  const files = readdirSync(path.join(place, "backups", folder)).map((file) => file.replace(/^[a-z_]+(?=\.copy\.gz$)/, "TABLE"));
  const named = [...PAGE.matchAll(/^\| `([\w.]+)` +\|/gm)].map(([, file]) => file);
  expect([...new Set(files)].sort()).toEqual(named.sort());
  expect(PAGE).toContain(`\`${FORMAT}\``);
});
