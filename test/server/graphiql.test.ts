import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type BrowserContext } from "playwright-core";
import { zeroCounts } from "../../src/server/live/counts";
import { until } from "../board/open-current";
import { joinedSchema } from "../support/joined";
import { seed } from "../support/seed";
import { openServer, type OpenServer } from "./open-server";

const ROOT = path.resolve(__dirname, "../..");
const BROWSER = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** Without these, Chromium looks for its maker's servers at every start. */
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];

// Skipped where there is no Chromium: it is no package of npm's.
(BROWSER ? describe : describe.skip)("the pages in a browser", () => {
  let folder: string;
  let open: OpenServer;
  let browser: BrowserContext;
  let url: string;
  const faults: string[] = [];
  const hosts = new Set<string>();
  const counts = zeroCounts();

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "scoretree-browser-"));
    const pages = path.join(folder, "pages");
    const vite = path.join(ROOT, "node_modules/vite/bin/vite.js");
    execFileSync(process.execPath, [vite, "build", "web", "--outDir", pages, "--logLevel", "warn"], { cwd: ROOT });
    const { schema, api } = joinedSchema();
    open = await openServer({ pages, endpoints: [{ path: "/graphql", schema }], api, liveCounts: counts });
    await seed(open.database.dataSource)
      .domain("vision")
      .tree("average_vision\n  V1")
      .model("resnet-50x2_untrained")
      .score("resnet-50x2_untrained", "V1", { raw: 0.5, ceiled: 0.6 })
      .write();
    await open.refresh();
    url = await open.server.listen({ port: 0, host: "127.0.0.1" });
    browser = await chromium.launchPersistentContext(path.join(folder, "profile"), { executablePath: BROWSER, args: QUIET });
  });
  afterAll(async () => {
    await browser?.close();
    await open?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function openPage(address: string) {
    const page = await browser.newPage();
    page.on("pageerror", ({ message }) => faults.push(message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("requestfailed", (request) => faults.push(`${request.url()} failed`));
    page.on("request", (request) => hosts.add(new URL(request.url()).origin));
    await page.goto(`${url}${address}`);
    return page;
  }

  test("GraphiQL opens with the model card and runs it, with nothing from elsewhere", async () => {
    const page = await openPage("/graphiql");
    await page.waitForSelector(".graphiql-query-editor .view-line");
    const [firstLine] = readFileSync(path.join(ROOT, "examples/model-card.graphql"), "utf8").split("\n");
    const shown = await page.locator(".graphiql-query-editor .view-line").first().textContent();
    expect(firstLine.startsWith(shown!.replaceAll("\u00a0", " ").slice(0, 40))).toBe(true);
    await page.click(".graphiql-execute-button");
    await page.locator(".result-window", { hasText: "resnet-50x2_untrained" }).waitFor();
    expect(faults).toEqual([]);
    expect([...hosts]).toEqual([url]);
  });

  test("GraphiQL subscribes, and shows what comes", async () => {
    const query = `subscription { standingsChanged(domain: "vision", benchmark: "V1") { movers { model { name } valueGain } } }`;
    const page = await openPage(`/graphiql#${new URLSearchParams({ query }).toString()}`);
    await page.locator(".graphiql-query-editor .view-line", { hasText: "standingsChanged" }).waitFor();
    await page.click(".graphiql-execute-button");
    await until(() => counts.subscriptions === 1);
    await seed(open.database.dataSource)
      .domain("vision")
      .score("resnet-50x2_untrained", "V1", { raw: 0.7, ceiled: 0.8, endedAt: "2022-01-01" })
      .write();
    await open.refresh();
    await page.locator(".result-window", { hasText: "valueGain" }).waitFor();
    await page.close();
    await until(() => counts.subscriptions === 0);
    expect(faults).toEqual([]);
    expect([...hosts]).toEqual([url]);
  });

  test("the landing page leads to GraphiQL and the schema", async () => {
    const page = await openPage("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.title()).toBe("Domains – scoretree");
    for (const [name, text] of [
      ["GraphiQL", "Loading"],
      ["the schema", "type Query"],
    ]) {
      const address = await page.getByRole("main").getByRole("link", { name }).getAttribute("href");
      expect(await (await fetch(new URL(address!, url))).text()).toMatch(text);
    }
    expect(faults).toEqual([]);
  });
});
