import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import { until } from "../board/open-current";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { BROWSER } from "./browser";
import { findBarriers } from "./find-barriers";
import { type OpenPages, openPages } from "./open-pages";

const SEED = path.resolve(__dirname, "../../../shared/seed/model-card.json");
const CARD = "/vision/model/resnet-50x2_untrained";

let pages: OpenPages;

const rowNames = (page: Page) => page.locator(".scores [role=rowheader] a").allTextContents();
const columnNames = (page: Page) => page.locator(".scores [role=columnheader] .sort").allTextContents();
const cell = (page: Page, row: number, column: number) =>
  page.locator(`.scores [aria-rowindex="${row + 1}"] [aria-colindex="${column + 1}"]`).textContent();

/** Opens a leaderboard and waits for its rows. */
async function openLeaderboard(search = "", opening = {}): Promise<Page> {
  const page = await pages.open(`/vision${search}`, opening);
  await page.locator(".scores [role=rowheader]").first().waitFor();
  return page;
}

async function openCard(search = "", opening = {}): Promise<Page> {
  const page = await pages.open(`${CARD}${search}`, opening);
  await page.locator(".card-tree tbody tr").first().waitFor();
  return page;
}

// Skipped where there is no Chromium: it is no package of npm's.
(BROWSER ? describe : describe.skip)("the pages in a browser", () => {
  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.close());
  afterEach(() => expect(pages.faults.splice(0)).toEqual([]));

  describe("a model card", () => {
    // The seed lies beside the project, for its makers only.
    (existsSync(SEED) ? test : test.skip)("shows the seed's 47 rows: value, rank, number of benchmarks", async () => {
      const page = await openCard();
      const rows = await page.locator(".card-tree tbody tr").evaluateAll((all) =>
        all.map((row) => ({
          identifier: row.querySelector(".named")!.getAttribute("title"),
          display: row.querySelector("td.cell")!.textContent,
          rank: /\d+|X/.exec(row.querySelector(".rank-of")!.firstChild!.textContent!)![0],
          leaves: /of (\d+) benchmark/.exec(row.querySelector(".about")!.textContent!)?.[1] ?? "1",
        })),
      );
      const { nodes } = JSON.parse(readFileSync(SEED, "utf8")) as {
        nodes: { identifier: string; display: string; rank: number | null; leafCount: number | null }[];
      };
      expect(nodes).toHaveLength(47);
      expect(rows).toEqual(
        nodes.map(({ identifier, display, rank, leafCount }) => ({
          identifier,
          display,
          rank: String(rank ?? "X"),
          leaves: String(leafCount ?? 1),
        })),
      );
      await page.close();
    });

    test("folds, and the address says what is folded", async () => {
      const page = await openCard();
      await page.getByRole("button", { name: "Fold V1", exact: true }).click();
      expect(new URL(page.url()).searchParams.get("fold")).toBe("V1");
      expect(await page.locator(".card-tree tbody tr").count()).toBe(47 - 31);
      await page.reload();
      await page.getByRole("button", { name: "Unfold V1", exact: true }).waitFor();
      await page.close();
    });

    test("shows stimuli, usage, BibTeX, trend, and the query behind it", async () => {
      const page = await openCard();
      const row = page.locator("tr", { has: page.locator('[title="MajajHong2015.IT-pls"]') });
      expect(await row.textContent()).toMatch("168 sites in IT");
      expect(await row.locator("img").count()).toBe(10);
      await page.getByText('load_model("resnet-50x2_untrained")').waitFor();
      await page.getByText("@article{Kar2019").first().waitFor();
      await page.locator(".plot svg").nth(1).waitFor();
      const link = await page.getByRole("link", { name: "Query in GraphiQL" }).getAttribute("href");
      const asked = new URLSearchParams(link!.slice(link!.indexOf("#") + 1));
      const answer = await fetch(`${pages.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: asked.get("query"), variables: JSON.parse(asked.get("variables")!) as object }),
      });
      expect(await answer.json()).toMatchObject({ data: { model: { name: "resnet-50x2_untrained" } } });
      await page.close();
    });

    test("is under the conditions of the address", async () => {
      const page = await openCard("?asOf=2023-12-31");
      expect(await page.locator(".headline dd").first().textContent()).toMatch(/^\.137rank 216 of/);
      await page.getByText("as of 2023-12-31").waitFor();
      await page.close();
    });
  });

  describe("a leaderboard", () => {
    test("lists models by rank on the first root, in as many rows as there is room for", async () => {
      const page = await openLeaderboard();
      expect((await rowNames(page)).slice(0, 2)).toEqual(["synthetic-resnext50-stylized-450", "synthetic-swint-in21k-132"]);
      expect(await page.getByRole("table").getAttribute("aria-rowcount")).toBe("450");
      expect(await page.locator(".scores [role=row]").count()).toBeLessThan(60);
      await page.close();
    });

    test("sorts by any node, and puts those that failed last", async () => {
      const page = await openLeaderboard();
      await page.getByRole("button", { name: "V4", exact: true }).click();
      expect(new URL(page.url()).searchParams.get("sort")).toBe("V4");
      await page.locator("[role=columnheader][aria-sort=descending]", { hasText: "V4" }).waitFor();
      const first = ["synthetic-resnext50-stylized-450", "synthetic-vgg19-in1k-452", "synthetic-swint-in21k-132"];
      await until(async () => isDeepStrictEqual((await rowNames(page)).slice(0, 3), first));
      await page.close();
    });

    test("unfolds and folds, with columns that are fetched when they are seen", async () => {
      const page = await openLeaderboard("?open=average_vision");
      expect(await columnNames(page)).toEqual(["average_vision", "neural_vision", "behavior_vision", "engineering_vision"]);
      await page.getByRole("button", { name: "neural_vision: 38 benchmarks", expanded: false }).click();
      await page.getByRole("button", { name: "neural_vision: 38 benchmarks", expanded: true }).waitFor();
      expect(await columnNames(page)).toEqual([
        ...["average_vision", "neural_vision", "V1", "V2", "V4", "IT", "behavior_vision", "engineering_vision"],
      ]);
      await page.waitForFunction(() => document.querySelectorAll(".cell.waiting").length === 0);
      expect(await cell(page, 1, 3)).toBe(".526");
      await page.getByRole("button", { name: "average_vision: 81 benchmarks", expanded: true }).click();
      await page.getByRole("button", { name: "average_vision: 81 benchmarks", expanded: false }).waitFor();
      expect(await columnNames(page)).toEqual(["average_vision", "engineering_vision"]);
      await page.close();
    });

    test("finds models by name without ranking anew, and ranks anew when asked", async () => {
      const page = await openLeaderboard();
      await page.getByRole("searchbox").fill("swint");
      await page.getByText(/of 450 models/).waitFor();
      await page.waitForFunction(() => document.querySelectorAll(".scores .first .rank")[1]?.textContent === "5");
      await page.getByRole("button", { name: "Rank among these" }).click();
      await page.getByText("models with swint").waitFor();
      await page.waitForFunction(() => document.querySelectorAll(".scores .first .rank")[1]?.textContent === "2");
      await page.close();
    });

    test("filters, weighs and goes back in time by choices that the address keeps", async () => {
      const page = await openLeaderboard();
      await page.getByText("Conditions", { exact: true }).click();
      await page.getByLabel("resnet", { exact: false }).first().check();
      await page.getByLabel("Benchmark", { exact: true }).selectOption("V1");
      await page.getByLabel("Weight", { exact: true }).fill("3");
      await page.locator(".weights").getByRole("button", { name: "Set" }).click();
      await page.getByLabel("As of a day").fill("2024-06-30");
      await page.getByRole("button", { name: "Take away: as of 2024-06-30" }).waitFor();
      const { searchParams } = new URL(page.url());
      expect([...searchParams]).toEqual([
        ["among.family", "resnet"],
        ["weights", "V1:3"],
        ["asOf", "2024-06-30"],
      ]);
      const query = `query ($under: Conditions) { standings(domain: "vision", under: $under) { populationSize } }`;
      const under = { among: { family: ["resnet"] }, weights: [{ benchmark: "V1", weight: 3 }], asOf: "2024-06-30" };
      const answer = await fetch(`${pages.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables: { under } }),
      });
      const { data } = (await answer.json()) as { data: { standings: { populationSize: number } } };
      await page.getByText(`${data.standings.populationSize} models ranked`).waitFor();
      await page.getByRole("button", { name: "Take away: family resnet" }).click();
      await page.waitForFunction(
        (count) => !document.querySelector(".count")!.textContent!.startsWith(`${count} `),
        data.standings.populationSize,
      );
      await page.close();
    });

    test("counts what is missing as chosen, and shows the same after a reload", async () => {
      const page = await openLeaderboard("?sort=V1&order=worst&scale=one&cells=rank");
      await page.getByText("Conditions", { exact: true }).click();
      await page.getByLabel("What is missing").selectOption("SKIP_NOT_RUN");
      await page.getByRole("button", { name: "Take away: not run is left out of averages" }).waitFor();
      const asked = await openLeaderboard("?sort=V1&order=worst&scale=one&cells=rank&missing=SKIP_NOT_RUN");
      const showsWhatWasAsked = async () => isDeepStrictEqual(await rowNames(page), await rowNames(asked));
      // The table follows what is chosen when it has the time.
      await until(showsWhatWasAsked);
      await page.reload();
      await page.locator(".scores [role=rowheader]").first().waitFor();
      await until(showsWhatWasAsked);
      await asked.close();
      expect(await page.getByLabel("show ranks").isChecked()).toBe(true);
      expect(new URL(page.url()).search).toBe("?sort=V1&order=worst&scale=one&cells=rank&missing=SKIP_NOT_RUN");
      await page.close();
    });

    test("moves the date by a slider, by the keyboard", async () => {
      const page = await openLeaderboard();
      await page.getByText("Conditions", { exact: true }).click();
      await page.getByRole("slider").focus();
      await page.keyboard.press("ArrowLeft");
      await page.waitForFunction(() => /asOf=\d{4}-\d\d-\d\d/.test(location.search));
      await page.close();
    });

    test("is saved as it is shown, with its citations", async () => {
      const page = await openLeaderboard("?open=average_vision&sort=neural_vision&find=alexnet");
      await page.getByText("Download", { exact: true }).click();
      const [table] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /CSV/ }).click()]);
      const lines = readFileSync(await table.path(), "utf8").split("\r\n");
      expect(lines[0]).toBe("rank,model,average_vision,neural_vision,behavior_vision,engineering_vision");
      expect(lines[1]).toMatch(/^\d+,synthetic-alexnet[^,]*,0\.\d+,0\.\d+/);
      expect(lines).toHaveLength((await rowNames(page)).length + 2);
      const [citations] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /BibTeX/ }).click()]);
      expect(readFileSync(await citations.path(), "utf8")).toMatch("@article{Kar2019");
      await page.close();
    });

    test("is there as files under its conditions", async () => {
      const page = await openLeaderboard("?sort=V1&asOf=2022-12-31&among.family=resnet");
      await page.getByText("Download", { exact: true }).click();
      const files = page.locator("dt", { hasText: "Leaderboard by V1" }).locator("+ dd");
      expect(await files.getByRole("link").allTextContents()).toEqual(["CSV", "JSON lines", "Parquet", "Arrow"]);
      const [file] = await Promise.all([page.waitForEvent("download"), files.getByRole("link", { name: "CSV" }).click()]);
      const names = readFileSync(await file.path(), "utf8").split("\r\n").slice(1, -1).map((line) => line.split(",")[1]); // prettier-ignore
      expect(names).toHaveLength(Number(await page.getByRole("table").getAttribute("aria-rowcount")) - 1);
      expect(names.slice(0, 5)).toEqual((await rowNames(page)).slice(0, 5));
      await page.keyboard.press("Escape");
      await files.waitFor({ state: "hidden" });
      await page.close();
    });

    test("that is empty says why, and how to go on", async () => {
      const page = await pages.open("/vision?among.family=no-such-family");
      await page.getByText("No model is left under these conditions").waitFor();
      await page.close();
    });

    test("that cannot be computed says what is wrong", async () => {
      const page = await pages.open("/vision?weights=V9:2");
      await page.getByText('There is no benchmark "V9" to give a weight.').waitFor();
      await page.close();
    });
  });

  test("a benchmark shows its place, versions, spread, first models and what it goes together with", async () => {
    const page = await openCard();
    await page.locator(".card-tree").getByRole("link", { name: "MajajHong2015.IT-pls" }).click();
    await page.getByRole("heading", { level: 1, name: "MajajHong2015.IT-pls" }).waitFor();
    const place = page.getByRole("navigation", { name: "Place in the tree" });
    expect(await place.getByRole("link").allTextContents()).toEqual(["Leaderboard", "average_vision", "neural_vision", "IT"]);
    expect(await page.getByRole("region", { name: "Versions" }).locator("tbody th").allTextContents()).toEqual([
      "v3 current",
      "v2 ",
      "v1 ",
    ]);
    await page.locator(".plot svg").waitFor();
    await page.locator(".correlates").getByRole("link", { name: "Kar2019-ost" }).waitFor();
    await page.getByRole("link", { name: "All 433 models" }).click();
    await page.locator("[role=columnheader][aria-sort=descending]").or(page.locator(".scores")).first().waitFor();
    expect(new URL(page.url()).searchParams.get("sort")).toBe("MajajHong2015.IT-pls");
    await page.close();
  });

  test("models are compared side by side, benchmarks as a scatter and a matrix", async () => {
    const page = await pages.open("/vision/compare?models=resnet-50x2_untrained&x=V4&y=IT");
    await page.getByLabel("Add a model").fill("synthetic-swint-in21k-132");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("wins 26").waitFor();
    await page.getByText(/Pearson’s r \.739 over 444 models/).waitFor();
    await page.getByRole("button", { name: "V2 and V1" }).click();
    await page.waitForFunction(() => new URLSearchParams(location.search).get("x") === "V2");
    await page.close();
  });

  test("changes tell who moved, from where to where, and by what", async () => {
    const page = await pages.open("/vision/changes?from=2026-01-01&benchmark=V4");
    const first = page.locator(".changes tbody tr").first();
    expect(await first.textContent()).toMatch(/^synthetic-densenet201-in1k-438\d+ → \d+▲ 65/);
    await page.close();
  });

  test("who signs in sees the own models, keys and submissions, and publishes", async () => {
    const { dataSource } = pages.server.database;
    await seed(dataSource).domain("vision").model("unseen", { isPublic: false, owner: "ada" }).write();
    await pages.server.refresh();
    const key = await giveKey(dataSource, "ada");
    const page = await pages.open("/account");
    await page.getByLabel("API key").fill(key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "unseen" }).waitFor();
    // Presses a button, waits for the answer, and looks anew at what is there then.
    const press = async (name: string) => {
      const answered = page.waitForResponse((answer) => /mutation/.test(answer.request().postData() ?? ""));
      await page.getByRole("button", { name, exact: true }).click();
      await (await answered).finished();
      await pages.server.refresh();
    };
    await press("Publish unseen");
    await page.reload();
    await page.getByRole("row", { name: "unseen public" }).waitFor();
    await page.getByLabel("A new key for").fill("the evaluation");
    await press("Make");
    await page.getByText("it is not shown again").waitFor();
    await page.reload();
    await press("Revoke the evaluation");
    await page.reload();
    await page.getByRole("row", { name: /^the evaluation .* revoked$/ }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("API key").waitFor();
    await page.close();
  });

  test("colours follow the system, and the switch", async () => {
    const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const page = await openLeaderboard("", { scheme: "dark" });
    const dark = await background(page);
    await page.getByRole("button", { name: "Colours: as the system" }).click();
    const light = await background(page);
    expect(light).not.toBe(dark);
    await page.reload();
    expect(await background(page)).toBe(light);
    await page.evaluate(() => localStorage.clear());
    await page.close();
  });

  test.each([
    ["a leaderboard", "/vision", ".scores [role=row]"],
    ["a leaderboard's conditions", "/vision?asOf=2024-06-30", ".chips"],
    ["a card", `${CARD}?notRun=1`, ".plot svg"],
    ["a benchmark", "/vision/benchmark/MajajHong2015.IT-pls", ".correlates"],
    ["a comparison", "/vision/compare?models=resnet-50x2_untrained&models=synthetic-swint-in21k-132", ".matrix tbody td button"],
    ["changes", "/vision/changes?from=2026-01-01", ".changes tbody tr"],
    ["an account", "/account", "form"],
    ["the domains", "/", ".domains"],
    ["a model that is not there", "/vision/model/nobody", ".state"],
  ])("axe finds nothing serious on %s, light or dark, wide or narrow", async (_, address, sign) => {
    for (const opening of [{ scheme: "light" }, { scheme: "dark", size: [390, 800] }] as const) {
      const page = await pages.open(address, opening);
      await page.locator(sign).first().waitFor();
      if (address.includes("asOf")) await page.getByText("Conditions (1)").click();
      expect(await findBarriers(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.close();
      pages.faults.splice(0, address.includes("nobody") ? 1 : 0);
    }
  });

  // The scripts that index.html names, with those that they need at once.
  test("the first page needs at most 250 kB of compressed script", () => {
    const page = readFileSync(path.join(pages.folder, "index.html"), "utf8");
    const scripts = [...page.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, address]) => path.join(pages.folder, address));
    expect(scripts.length).toBeGreaterThan(1);
    const size = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
    expect(size).toBeLessThanOrEqual(250_000);
    expect(page).not.toMatch(/<script>|<style|style="/);
  });

  test.each(["br", "gzip"])("pages and what they load come compressed by %s, once the asker takes it", async (encoding) => {
    const get = (address: string, accepted: string) =>
      fetch(`${pages.url}${address}`, { headers: { accept: "text/html", "accept-encoding": accepted } });
    const page = await get("/vision", encoding);
    const text = await page.text();
    const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(text)!;
    for (const [answer, cached] of [
      [page, "no-cache"],
      [await get(script, encoding), "public, max-age=31536000, immutable"],
    ] as const) {
      expect(answer.headers.get("content-encoding")).toBe(encoding);
      expect(answer.headers.get("vary")).toMatch(/accept-encoding/);
      expect(answer.headers.get("cache-control")).toBe(cached);
    }
    const plain = await get("/vision", "identity");
    expect(plain.headers.get("content-encoding")).toBe(null);
    expect(plain.headers.get("etag")).not.toBe(page.headers.get("etag"));
    expect(await plain.text()).toBe(text);
    expect((await get(`${script}.br`, "identity")).status).toBe(404);
  });

  // It changes what the others look at, so it comes last.
  test("a page that is open tells of newer data, shows it when asked, and goes on when the connection was lost", async () => {
    const { server, database } = pages.server;
    const page = await pages.open("/vision?find=newcomer");
    await page.getByText("No model’s name has").waitFor();
    const news = page.getByText("There is newer data.");
    const write = async (name: string) => {
      await seed(database.dataSource).domain("vision").model(name).score(name, "MajajHong2015.IT-pls", 0.5).write();
      await pages.server.refresh();
    };
    await write("newcomer-a");
    await news.waitFor();
    expect(await page.getByText("No model’s name has").count()).toBe(1);
    await page.getByRole("button", { name: "Show it" }).click();
    await page.getByRole("link", { name: "newcomer-a" }).waitFor();
    await news.waitFor({ state: "hidden" });
    server.server.closeAllConnections();
    await write("newcomer-b");
    await news.waitFor();
    await page.getByRole("button", { name: "Show it" }).click();
    await page.getByRole("link", { name: "newcomer-b" }).waitFor();
    await page.close();
    pages.faults.splice(0);
  });

  test("nothing comes from another host", () => {
    expect([...pages.hosts]).toEqual([pages.url]);
  });
});
