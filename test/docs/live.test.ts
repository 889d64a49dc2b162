import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { until } from "../board/open-current";
import { seed } from "../support/seed";
import { openLive, type OpenLive } from "../server/live/open-live";

const ROOT = path.join(__dirname, "../..");
const PAGE = readFileSync(path.join(ROOT, "docs/live.md"), "utf8");

const examples = [...PAGE.matchAll(/```(sh|js)\n(.*?)\n```/gs)].map(({ index, 1: language, 2: text }) => ({
  place: `docs/live.md:${PAGE.slice(0, index).split("\n").length}`,
  language,
  text,
}));

const hasCurl = (() => {
  try {
    execFileSync("curl", ["--version"]);
    return true;
  } catch {
    return false;
  }
})();

describe("the examples of live standings (those by curl are skipped where there is none)", () => {
  let live: OpenLive;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    live = await openLive(({ dataSource }) =>
      seed(dataSource)
        .domain("vision")
        .tree("average_vision\n  V1\n    leaf")
        .model("alpha")
        .score("alpha", "leaf", 0.5)
        .model("beta")
        .score("beta", "leaf", 0.4)
        .write(),
    );
  });
  afterEach(() => running.splice(0).forEach((child) => child.kill("SIGKILL")));
  afterAll(() => live.close());

  it("are some of each kind", () => {
    expect(examples.map(({ language }) => language)).toEqual(["sh", "sh", "js", "js"]);
  });

  let written = 0;
  it.each(examples.map((example) => [example.place, example] as const))("%s tells what comes", async (_, { language, text }) => {
    if (language === "sh" && !hasCurl) return;
    const here = text.replaceAll("127.0.0.1:4000", new URL(live.url).host);
    const [program, ...options] =
      language === "sh" ? ["bash", "-c", `exec ${here}`] : [process.execPath, "--input-type=module", "-e", here];
    const child = spawn(program, options, { cwd: ROOT });
    running.push(child);
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (printed += bytes.toString()));
    await until(() => live.counts.subscriptions === 1 || child.exitCode !== null);
    const value = 0.6 + written++ / 100;
    await live
      .elsewhere()
      .score("beta", "leaf", { raw: value, ceiled: value, endedAt: new Date(Date.UTC(2022, 0, written)).toISOString() })
      .write();
    await until(() => printed.includes("beta"));
    child.kill("SIGKILL");
    await until(() => live.counts.subscriptions === 0);
  });
});
