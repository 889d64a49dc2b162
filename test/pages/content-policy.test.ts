import type { Page } from "playwright-core";
import { BROWSER } from "./browser";
import { type OpenPages, openPages } from "./open-pages";

let pages: OpenPages;

/** What a page was kept from so far. */
const violations = (page: Page) => page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations);

/** Opens a page that notes what it is kept from. */
async function open(address: string): Promise<Page> {
  const page = await pages.open("/health/live");
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(globalThis, { violations });
    globalThis.addEventListener("securitypolicyviolation", (event) => {
      const { violatedDirective, blockedURI, sourceFile, sample } = event as unknown as Record<string, string>;
      violations.push(`${violatedDirective}: ${blockedURI} ${sourceFile} ${sample}`);
    });
  });
  await page.goto(`${pages.url}${address}`);
  return page;
}

// Skipped where there is no Chromium: it is no package of npm's.
(BROWSER ? describe : describe.skip)("the content security policy in a browser", () => {
  beforeAll(async () => {
    pages = await openPages();
  });
  afterAll(() => pages?.close());

  test.each([
    ["/", "main a"],
    ["/vision", ".scores [role=row]"],
    ["/vision/model/resnet-50x2_untrained", ".trend svg"],
    ["/vision/benchmark/V1", "main svg"],
    ["/vision/compare", "main svg"],
    ["/vision/changes", "main h1"],
    ["/account", "main h1"],
  ])("keeps %s from nothing that it does", async (address, shown) => {
    const page = await open(address);
    await page.locator(shown).first().waitFor();
    // What is drawn by then was let or kept from.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test("keeps GraphiQL from nothing: its editor has its colours, and its workers mark what is wrong", async () => {
    const page = await open(`/graphiql#${new URLSearchParams({ query: "{ nothingOfThisName }" }).toString()}`);
    await page.locator(".graphiql-query-editor .squiggly-error").first().waitFor();
    await page.click(".graphiql-execute-button");
    await page.locator(".result-window", { hasText: "GRAPHQL_VALIDATION_FAILED" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test.each(["/", "/graphiql"])("keeps a script that got into %s from running", async (address) => {
    const page = await open(address);
    const ran = await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: Record<string, (text: string) => never> & { body: { append(it: unknown): void } };
      };
      const script = document.createElement("script") as { textContent: string };
      script.textContent = "globalThis.ran = true";
      document.body.append(script);
      return "ran" in globalThis;
    });
    expect(ran).toBe(false);
    expect((await violations(page))[0]).toMatch("script-src-elem: inline");
    await page.close();
  });
});
