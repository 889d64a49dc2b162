import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(__dirname, "../..");
const README = readFileSync(path.join(ROOT, "README.md"), "utf8");

/** The commands of the README's shell blocks. */
const commands = [...README.matchAll(/```sh\n(.*?)\n```/gs)].map(([, command]) => command);

/** Runs `npm start` in a place of its own and gives the address that it prints. */
async function start(environment: Record<string, string>): Promise<{ url: string; child: ChildProcess }> {
  // A group of its own, so that npm and what it starts can be stopped together, as Ctrl+C does.
  const child = spawn("npm", ["start"], { cwd: ROOT, env: { ...process.env, ...environment }, detached: true });
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /serves at (http:\S+)/.exec(printed);
      if (found) resolve(found[1]);
    };
    child.stdout!.on("data", look);
    child.stderr!.on("data", look);
    child.once("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${printed}`)));
  });
  return { url, child };
}

const stop = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    child.removeAllListeners("exit");
    child.once("close", () => resolve());
    process.kill(-child.pid!, "SIGINT");
  });

describe("the commands of the README", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "scoretree-readme-"));
  // Started as root, the database runs as another user, who must come to it.
  chmodSync(folder, 0o755);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are the two that this repository's gate and this test run", () => {
    expect(commands).toEqual(["npm ci && npm start", "npm ci && npm test"]);
    expect(readFileSync(path.join(ROOT, ".ci/run"), "utf8")).toMatch(/npm ci.*npm test/s);
  });

  it("start a server that answers the README's query as the README says, and serves its pages", async () => {
    const { url, child } = await start({ PORT: "0", SCORETREE_DATA_DIR: folder, LOG_LEVEL: "error", DATABASE_URL: "" });
    try {
      const [, query, answer] = /```graphql\n(.*?)```\s+```json\n(.*?)```/s.exec(README)!;
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      });
      const { data } = (await response.json()) as { data: unknown };
      expect({ data }).toEqual(JSON.parse(answer));
      for (const page of ["/", "/graphiql", "/schema.graphql", "/health/ready"]) expect((await fetch(url + page)).status).toBe(200);
    } finally {
      await stop(child);
    }
  }, 180_000);

  it("leave no database behind when they are stopped", () => {
    const processes = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
    expect(processes).not.toContain(folder);
  });
});
