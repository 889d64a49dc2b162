import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { readConfig } from "../../src/config";
import { createLogger } from "../../src/server/logger";
import { type Platform, startPlatform } from "../../src/server/platform";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";

const ROOT = path.join(__dirname, "../..");
const PAGE = readFileSync(path.join(ROOT, "docs/accounts.md"), "utf8");

/** What stands on the page for what differs from one installation to the next. */
const ANYTHING = "…";

/** The commands and queries of the page in their order, each with the JSON that follows it. */
const steps = [...PAGE.matchAll(/```(sh|graphql)\n(.*?)```(?:\s+```json\n(.*?)```)?/gs)].map(([, kind, text, answer]) => ({
  kind,
  text,
  answer: answer === undefined ? null : (JSON.parse(answer) as unknown),
}));

/** What the page says, with something that equals anything where it leaves out what. */
function expected(value: unknown): unknown {
  if (value === ANYTHING) return expect.anything();
  if (Array.isArray(value)) return value.map(expected);
  return value !== null && typeof value === "object"
    ? Object.fromEntries(Object.entries(value).map(([key, of]) => [key, expected(of)]))
    : value;
}

let database: TestDatabase;
let platform: Platform;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "scoretree-accounts-"));
  database = await createTestDatabase();
  await seed(database.dataSource).domain("vision").write();
  const config = readConfig({ DATABASE_URL: database.url, PORT: "0", SCORETREE_DATASET: "none" });
  platform = await startPlatform(config, { logger: createLogger("silent") });
});
afterAll(async () => {
  await platform?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs shell commands of the page here, as one script: without a build, against this test's server, and with the key that they set. */
async function runShell(text: string, key: string): Promise<{ out: string; key: string }> {
  const program = `"${process.execPath}" --require "${ROOT}/test/support/run-typescript.cjs" "${ROOT}/src/cli/main.ts"`;
  const script = text.replaceAll("npm run -s scoretree --", program).replaceAll("http://127.0.0.1:4000", platform.url);
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL: database.url, KEY: key };
  const run = promisify(execFile)("bash", ["-euc", `${script}\nprintf '\\n--%s' "$KEY"`], { cwd: folder, env: environment });
  const [, out, last] = /^(.*)\n--(.*)$/s.exec((await run).stdout)!;
  return { out, key: last };
}

async function runQuery(query: string, variables: object, key: string): Promise<object> {
  const response = await fetch(`${platform.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: object; errors?: object[] };
  expect(errors).toBeUndefined();
  return { data };
}

test("the commands and queries of docs/accounts.md, one after the other, do and answer what the page says", async () => {
  expect(steps.length).toBeGreaterThan(7);
  let key = "";
  let id = "";
  const printed: string[] = [];
  for (const { kind, text, answer } of steps) {
    if (kind === "sh") {
      const ran = await runShell(text, key);
      key = ran.key;
      printed.push(ran.out);
      if (answer !== null) expect(JSON.parse(ran.out)).toEqual(expected(answer));
    } else {
      const got = await runQuery(text, { id }, key);
      id = /api-key_[\w-]{22}/.exec(JSON.stringify(got))?.[0] ?? id;
      if (answer !== null) expect(got).toEqual(expected(answer));
    }
  }
  const all = printed.join("\n");
  expect(all).toMatch(/^chief {2}admin .*\nlab-a {2}member .*\nlab-b {2}member /m);
  expect(all).toMatch(new RegExp(`  chief  ${key.slice(0, 11)}  createAccount  added 1 account$`, "m"));
  expect(all).toMatch(/The key st_\w{8} of lab-b is good no longer/);
  expect(all).not.toContain(key);
}, 240_000);

test("docs/accounts.md names every variable of an identity provider that there is", () => {
  const named = [...PAGE.matchAll(/^\| `(OIDC_\w+)`/gm)].map(([, name]) => name);
  const known = readFileSync(path.join(ROOT, "src/config.ts"), "utf8").match(/^ {2}OIDC_\w+(?=:)/gm)!;
  expect(named).toEqual(known.map((name) => name.trim()));
});
